-- Reading channels back by risk, drift with a cause and a policy, and up to when a channel is proven.
alter table listing
  add column risk       smallint not null default 4, -- band of the rota, 0 first
  add column read_at    timestamptz,                 -- when the channel was last asked what it shows
  add column proven_at  timestamptz,                 -- when it was last seen to be right, or its drift was known and dealt with
  add column drifted_at timestamptz,                 -- when it was last found to be wrong
  add column held       boolean not null default false, -- nothing is told it before a person has decided
  add column cap        bigint check (cap >= 0),     -- adopted from the channel: it is told no more than this
  add column set_aside  bigint not null default 0 check (set_aside >= 0); -- by the channel, for a promotion: told so much less

update listing set proven_at = verified_at where verified_at is not null;

drop index listing_read_back;
create index listing_read_back on listing (channel, risk, read_back_at) where read_back_at is not null;
-- The oldest proof of a channel is the first row of this; after an incident it is read from here.
create index listing_proven on listing (channel, proven_at nulls first) where confirmed is not null;

-- Since when nothing that was proven before counts: something happened to the channel, or to us.
create table channel_incident (
  channel       text primary key,
  suspect_since timestamptz,
  why           text check (why in ('asked', 'breaker', 'settings', 'hub-was-down', 'dead-letters')),
  alive_at      timestamptz not null default now() -- when a hub last worked for the channel
);

alter table drift drop constraint drift_cause_check;
update drift set cause = 'lost-update' where cause = 'not-applied';
alter table drift
  add constraint drift_cause_check check (cause in ('unexplained', 'sale-in-flight', 'shown-late', 'edited', 'rejected-feed',
    'lost-update', 'wrong-alias', 'promotion', 'not-listed', 'unknown')),
  add column policy      text check (policy in ('overwrite', 'adopt', 'hold')), -- what was done about it; null: nothing yet
  add column decision    text check (decision in ('overwrite', 'adopt')),       -- of a person
  add column decided_by  text,
  add column decided_at  timestamptz,
  add column reason      text,
  add column reserved    bigint;                       -- what the channel said that it had set aside
update drift set policy = 'overwrite' where overwritten;
