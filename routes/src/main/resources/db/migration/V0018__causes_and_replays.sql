-- Dead letters by cause, with what they keep from being sold or shipped; replays that can be paced, paused and cancelled.
-- Nullable columns and columns with constant defaults: no row is rewritten but those of open dead letters.
alter table dead_letter
  add column connector       text,                     -- the system that the account is at; null: from before
  add column field           text,                     -- the place that the failure names, indexes as *; or its words
  add column mapping_version text,                     -- hash of the mapping's text
  add column units           bigint,                   -- base units that the message would move; null when unknown
  add column money           numeric(20, 6),           -- what those cost us, of the SKUs whose cost is known
  add column closed_by       text,                     -- who discarded it, and why
  add column closed_reason   text;

-- Groups are read from this index alone: a hundred thousand open ones in less than 0.2 s.
drop index dead_letter_open;
create index dead_letter_cause on dead_letter (state, cause, sku)
  include (dead_letter_id, channel, first_failed_at, last_failed_at, units, money);
create index dead_letter_page on dead_letter (state, dead_letter_id);
create index dead_letter_sku on dead_letter (sku, dead_letter_id) where sku is not null;

alter table replay drop constraint replay_state_check;
alter table replay
  add constraint replay_state_check check (state in ('running', 'paused', 'cancelled', 'done')),
  add column rate       numeric check (rate > 0),      -- messages a second; null: as fast as they are taken
  add column paced_to   timestamptz not null default now(), -- with a rate: up to when its share is used up
  add column served_at  timestamptz,                   -- when it had its last turn; jobs take turns
  add column changed_by text,                          -- who paused, resumed or cancelled it last
  add column ended_at   timestamptz;
create index replay_running on replay (served_at) where state = 'running';

alter table replay_item drop constraint replay_item_outcome_check;
alter table replay_item
  add constraint replay_item_outcome_check check (
    outcome in ('applied', 'already-applied', 'superseded', 'conflict', 'failed', 'cancelled')),
  add column lane  text collate "C" not null default '', -- items of one lane go one after another, whatever job they are in
  add column place bigint not null default 0;            -- in their lane
update replay_item i set lane = md5('dead letter ' || dead_letter_id), place = dead_letter_id where outcome is null;
drop index replay_item_open;
create index replay_item_open on replay_item (replay_id, place) where outcome is null;
create index replay_item_lane on replay_item (lane, place) where outcome is null;

-- What was done about a cause. Rows are kept.
create table dead_letter_fix (
  fix_id    bigint generated always as identity primary key,
  cause     text not null,
  kind      text not null check (kind in ('alias', 'mapping', 'unit', 'other')),
  sku       text,                                      -- with an alias: whose it is now
  reason    text,
  fixed_by  text not null,
  fixed_at  timestamptz not null default now(),
  replay_id bigint references replay
);
create index dead_letter_fix_cause on dead_letter_fix (cause, fix_id);
