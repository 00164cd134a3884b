-- What became of a number after the channel accepted it, each with the newest movement of the ledger that it knows of.
alter table listing
  add column wanted_sequence    bigint not null default 0,
  add column sent_sequence      bigint,
  add column confirmed_sequence bigint,
  add column replaced           bigint,      -- what the channel was showing when it accepted the last number
  add column applied            bigint,      -- last number that customers of the channel surely saw
  add column applied_sequence   bigint,
  add column verified           bigint,      -- last number that was read back as it should be
  add column verified_sequence  bigint,
  add column verified_at        timestamptz,
  add column read_back_at       timestamptz; -- when it is read back; null: there is nothing to prove
create index listing_read_back on listing (channel, read_back_at) where read_back_at is not null;

-- What channels accepted before is read back some time, spread over a day.
update listing set read_back_at = now() + random() * interval '1 day' where confirmed is not null;

-- A channel showed what it should not. Rows are kept: how often, and why, is what one wants to know.
create table drift (
  drift_id    bigint generated always as identity primary key,
  channel     text collate "C" not null,
  sku         text collate "C" not null,
  channel_sku text not null,
  expected    bigint not null,
  shown       bigint,                        -- null: it lists no such item any more
  cause       text not null check (cause in ('unexplained', 'sale-in-flight', 'shown-late', 'not-applied', 'edited', 'not-listed')),
  found_by    text not null check (found_by in ('compare', 'read-back')),
  found_at    timestamptz not null default now(),
  closed_at   timestamptz,
  overwritten boolean not null default false -- our number was sent again
);
create unique index one_open_drift on drift (channel, sku, channel_sku) where closed_at is null;
create index drift_by_listing on drift (channel, sku, channel_sku, drift_id);

-- How long a new number may wait for those that are more urgent: the rules say it for each class of SKU.
alter table listing add column may_wait interval not null default '1 minute';

-- An index that reads "told" would be written with every number that leaves. This one only when it turns.
drop index listing_unsettled;
alter table listing add column unsettled boolean not null generated always as (jsonb_array_length(told) > 1) stored;
create index listing_unsettled on listing (channel) where unsettled;
