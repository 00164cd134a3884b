-- What each channel was told and may still be selling on, so that what it could sell at worst is known: a list, oldest
-- first, of {number, sequence (of the ledger, when it left), sentAt, appliedBy (null while nobody knows)}.
alter table listing
  add column told        jsonb not null default '[]',
  add column sold_since  timestamptz,                  -- sales up to then were made on older numbers; null: none were
  add column demand      double precision not null default 1,
  add column demand_at   timestamptz not null default now(),
  add column divided     boolean not null default false; -- its SKU is in escrow
create index listing_divided on listing (sku) where divided;
-- Up to when the orders of a channel are in the ledger: no number is raised on older knowledge.
alter table watermark add column applied_until timestamptz;
-- Where old numbers still count until the channel's orders were read.
create index listing_unsettled on listing (channel) where jsonb_array_length(told) > 1;

-- What channels have accepted so far they may be selling on. What else they were told before is not known any more.
update listing set told = jsonb_build_array(jsonb_build_object('number', confirmed, 'sequence', 0,
    'sentAt', coalesce(sent_at, confirmed_at, now()), 'appliedBy', coalesce(confirmed_at, now()))),
  sold_since = coalesce(confirmed_at, now())
where confirmed is not null;
