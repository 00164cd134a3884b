-- Undoing what came in together. New tables; the indexes are a few pages, whatever the size of what they are on.
create table undo (
  undo_id       bigint generated always as identity primary key,
  run           text not null,                         -- as a person named it
  reason        text not null,
  requested_by  text not null,
  requested_at  timestamptz not null default now(),
  state         text not null default 'running' check (state in ('running', 'done')),
  claimed_until timestamptz,                           -- one hub at a time; the ledger's keys make two harmless
  ended_at      timestamptz
);
create index undo_running on undo (undo_id) where state = 'running';

-- One movement or order, by its number in the ledger; the newest is undone first.
create table undo_item (
  undo_id bigint not null references undo,
  number  bigint not null,
  kind    text not null,
  what    text not null,
  outcome text check (outcome in ('undone', 'in-part', 'kept', 'already-undone')),
  message text,
  primary key (undo_id, number)
);
create index undo_item_open on undo_item (undo_id, number) where outcome is null;

-- What was recorded in a span of time. Rows are written in that order, near enough.
create index movement_recorded on movement using brin (recorded_at) with (pages_per_range = 16);
create index reservation_recorded on reservation using brin (recorded_at) with (pages_per_range = 16);
create index inbox_received on inbox using brin (received_at) with (pages_per_range = 16);
