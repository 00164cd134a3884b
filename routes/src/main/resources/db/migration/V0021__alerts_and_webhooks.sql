-- What is wrong, whom it was told, and who follows stock.

-- One row is one incident, from when it was first seen until it is over.
create table alert (
  alert_id        bigint generated always as identity primary key,
  key             text collate "C" not null,     -- kind, and of what: channel-paused/shop
  kind            text not null,
  subject         text,                          -- channel or subscription; null: the whole hub
  severity        text not null check (severity in ('critical', 'warning')),
  title           text not null,                 -- the words of when it was seen last
  meaning         text not null,
  action          text not null,
  docs            text not null,
  since           timestamptz not null,          -- when it was first seen
  opened_at       timestamptz,                   -- null: it has not lasted long enough to be told
  seen_at         timestamptz not null,          -- when it was seen last
  closed_at       timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz
);
create unique index one_alert_per_incident on alert (key) where closed_at is null;

-- What one hub does for all, now and then.
create table watch (
  name       text primary key,
  due_at     timestamptz not null default now(), -- while one is at it: when another may take over
  claim      bigint not null default 0,          -- fencing: who was taken over from writes nothing
  fact       jsonb,                              -- what it found last
  found_at   timestamptz,
  took_ms    bigint
);

-- A message for one receiver. Its id and body never change: what is sent again is the same message.
create table delivery (
  delivery_id     bigint generated always as identity primary key,
  target          text collate "C" not null,     -- alerts/ID, mail/ID or subscription/ID
  lane            text collate "C" not null,     -- deliveries of one lane are made one after another
  message_id      text not null,
  type            text not null,
  body            text not null,
  state           text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  claim           bigint not null default 0,
  claimed_until   timestamptz,
  last_error      text,
  created_at      timestamptz not null default now(),
  ended_at        timestamptz,
  constraint delivered_once unique (target, message_id)
) with (fillfactor = 70);
create index delivery_lane on delivery (target, lane, delivery_id) where state = 'waiting';
create index delivery_ended on delivery (ended_at) where state <> 'waiting';

-- A number is lowered by one and put back, to see that the channel shows what it is told.
create table self_test (
  self_test_id bigint generated always as identity primary key,
  channel      text collate "C" not null,
  sku          text collate "C" not null,
  channel_sku  text not null,
  asked_by     text not null,
  begun_at     timestamptz not null default now(),
  stage        text not null check (stage in ('lowering', 'reading', 'restoring', 'reading-again', 'passed', 'failed',
                 'disturbed')),
  stage_since  timestamptz not null default now(),
  before       bigint,                           -- the number that the channel showed
  told         bigint,                           -- the number that it was told instead
  lowered_ms   bigint,                           -- how long each step took
  read_ms      bigint,
  restored_ms  bigint,
  reread_ms    bigint,
  failure      text,
  ended_at     timestamptz
);
create unique index one_self_test_at_a_time on self_test (channel) where ended_at is null;
create index self_test_newest on self_test (channel, self_test_id);

-- Who is sent what happens. Secrets are made of a key that is not in the database.
create table subscription (
  subscription_id bigint generated always as identity primary key,
  url             text not null,
  types           text[] not null,               -- of events; none means all
  salt            text not null,                 -- of which, and of the key, its secret is made
  salt_before     text,                          -- that of the secret before,
  before_until    timestamptz,                   --   which signs as well until then
  key_id          text not null,                 -- which key
  state           text not null default 'on' check (state in ('on', 'off')),
  off_reason      text,
  failing_since   timestamptz,
  last_error      text,
  last_arrived_at timestamptz,
  created_by      text not null,
  created_at      timestamptz not null default now()
);
