-- What comes in, what goes out and what failed. New tables only; nothing that exists is blocked.

-- A message is a row from the moment it is acknowledged. Retries, order and duplicates are this row, not memory.
create table inbox (
  inbox_id        bigint generated always as identity primary key,
  flow            text not null check (flow in ('orders-in', 'receipts-in')),
  source          text not null,                 -- channel or EDI partner
  message_id      text not null,                 -- the sender's id: duplicates end here
  lane            text not null,                 -- messages of one lane are handled in the order in which they came
  mapping         text not null,
  content_type    text not null,
  payload         bytea not null,                -- as received, never changed
  edited_payload  bytea,                         -- what a person made of it for a replay
  received_at     timestamptz not null default now(),
  state           text not null default 'received'
                  check (state in ('received', 'running', 'retrying', 'done', 'dead', 'discarded')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  claim           bigint not null default 0,     -- fencing: a worker that lost its lease cannot write
  claimed_until   timestamptz,
  history         jsonb not null default '[]',
  outcome         text,
  done_at         timestamptz,
  constraint received_once unique (source, flow, message_id)
) with (fillfactor = 70);
create index inbox_open on inbox (next_attempt_at, inbox_id) where state in ('received', 'running', 'retrying');
create index inbox_lane on inbox (source, flow, lane, inbox_id);

-- The newest word about each order of a channel: what came earlier and arrives later is history.
create table order_version (
  channel    text collate "C" not null,
  order_ref  text collate "C" not null,
  updated_at timestamptz not null,               -- by the channel's clock
  primary key (channel, order_ref)
);

create sequence claim_token;

-- How far the orders of an account were read. It moves only after what was read is in the inbox.
create table watermark (
  account     text primary key,
  read_until  timestamptz not null,
  order_id    text not null default '',
  asked_until timestamptz,                       -- up to when the last complete reading asked
  updated_at  timestamptz not null default now()
);

-- What each channel should show, what it was told, and what it accepted.
create table listing (
  channel           text collate "C" not null,
  sku               text collate "C" not null,
  channel_sku       text not null,
  channel_item      text,                        -- the channel's own id of the item, learnt by reading
  wanted            bigint not null check (wanted >= 0),
  version           bigint not null default 1,   -- grows with every change of wanted: newest wins
  dirty_since       timestamptz,                 -- since when wanted is not confirmed; null when it is
  sent              bigint,
  sent_at           timestamptz,
  confirmed         bigint,
  confirmed_at      timestamptz,
  delay_ms          bigint,                      -- from the change in the ledger to the last confirmation
  expected          bigint,                      -- what the channel should be showing now, its own sales taken off
  mismatch_since    timestamptz,                 -- since when the channel shows something else
  attempts          integer not null default 0,
  next_attempt_at   timestamptz not null default now(),
  claim             bigint not null default 0,
  claimed_until     timestamptz,
  history           jsonb not null default '[]',
  stopped           boolean not null default false, -- refused for good: in the dead letters until it changes or is replayed
  retired           boolean not null default false, -- the SKU has another name there now: this item goes to zero and stays
  primary key (channel, sku, channel_sku)
) with (fillfactor = 50);
create index listing_dirty on listing (channel, next_attempt_at) where dirty_since is not null and not stopped;
create index listing_by_sku on listing (sku);

-- A channel whose settings are refused waits here for a person: one incident, not a thousand dead letters.
create table channel_state (
  channel       text primary key,
  paused_since  timestamptz,
  retry_at      timestamptz,
  last_error    text,
  last_error_at timestamptz,
  last_order_at timestamptz,
  rules         text                             -- those that the wanted numbers were worked out by
);

create table dead_letter (
  dead_letter_id  bigint generated always as identity primary key,
  channel         text not null,
  flow            text not null check (flow in ('orders-in', 'receipts-in', 'edi-in', 'stock-out')),
  inbox_id        bigint references inbox,
  stage           text not null,
  kind            text not null,
  code            text not null,
  cause           text not null,                 -- fingerprint: same cause, same fix
  message         text not null,
  sku             text,
  order_ref       text,
  mapping         text,
  payload         bytea not null,
  content_type    text not null,
  attempts        integer not null,
  history         jsonb not null,
  first_failed_at timestamptz not null,
  last_failed_at  timestamptz not null,
  state           text not null default 'open' check (state in ('open', 'replaying', 'resolved', 'discarded')),
  resolved_at     timestamptz
);
create index dead_letter_open on dead_letter (state, cause, dead_letter_id);
-- A message or a listing that fails again is the same dead letter with one more attempt.
create unique index one_dead_letter_per_message on dead_letter (inbox_id) where inbox_id is not null;
create unique index one_open_dead_letter_per_listing on dead_letter (channel, sku)
  where flow = 'stock-out' and state in ('open', 'replaying');

create table replay (
  replay_id    bigint generated always as identity primary key,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  reason       text,
  dry_run      boolean not null,
  state        text not null default 'running' check (state in ('running', 'done')),
  payload      bytea
);

create table replay_item (
  replay_id      bigint not null references replay,
  dead_letter_id bigint not null references dead_letter,
  outcome        text check (outcome in ('applied', 'already-applied', 'superseded', 'failed')),
  message        text,
  claimed_until  timestamptz,                    -- one hub at a time
  primary key (replay_id, dead_letter_id)
);
create index replay_item_open on replay_item (replay_id, dead_letter_id) where outcome is null;

-- Interchanges as received, each with the answer that was given: the same one again gets the same answer.
create table edi_interchange (
  interchange_id    bigint generated always as identity primary key,
  standard          text not null,
  sender            text not null,
  receiver          text not null,
  control_number    text not null,
  content_hash      bytea not null,
  raw               bytea not null,
  source            text not null,
  outcome           text not null,
  message           text not null,
  acknowledgement   bytea,
  received_at       timestamptz not null default now(),
  constraint received_interchange_once unique (standard, sender, receiver, control_number, content_hash)
);

-- Numbers of the interchanges that we send to a partner; never used twice.
create table edi_counter (
  partner text primary key,
  last    bigint not null
);
