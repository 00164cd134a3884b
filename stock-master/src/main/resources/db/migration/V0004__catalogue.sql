-- The whole of the master data: units, components, names that two SKUs claim, places with bins.
-- New columns with defaults and new tables; nothing that exists is rewritten. Tracking, components, cost and bins came
-- with V0003, for the ledger stands on them.

alter table sku
  add column base_unit    text collate "C" not null default 'EA',
  add column weight_grams bigint check (weight_grams >= 0),
  add column abc_class    text check (abc_class in ('A', 'B', 'C'));

-- The same number may be written with 8, 12, 13 or 14 digits. Not unique: older rows may hold one twice; such a number
-- resolves to nothing until one of the SKUs is corrected.
create index sku_by_gtin on sku (lpad(gtin, 14, '0'));

-- Whose name is this, in whatever system: for GTINs and for codes of new SKUs.
create index sku_alias_by_alias on sku_alias (alias);

create table sku_unit (
  sku    text collate "C" not null references sku,
  unit   text collate "C" not null,
  factor bigint not null check (factor >= 1),
  primary key (sku, unit)
);

-- Units that were taken away after the SKU had moved. Documents of then were counted in them, so that the name never
-- comes back with another factor.
create table sku_unit_past (
  sku    text collate "C" not null references sku,
  unit   text collate "C" not null,
  factor bigint not null,
  primary key (sku, unit)
);

-- A name that two SKUs claim. No references: the SKU that wanted it may never come to be.
create table alias_conflict (
  conflict_id   bigint generated always as identity primary key,
  system        text collate "C" not null,
  alias         text collate "C" not null,
  wanted_by     text collate "C" not null,
  owner         text collate "C" not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  times         bigint not null default 1,
  state         text not null default 'open' check (state in ('open', 'settled')),
  settled_by    text,
  settled_at    timestamptz,
  constraint one_conflict unique (system, alias, wanted_by, owner),
  constraint settled_when check ((state = 'settled') = (settled_at is not null))
);
create index alias_conflict_open_by_wanted on alias_conflict (wanted_by) where state = 'open';
create index alias_conflict_open_by_owner on alias_conflict (owner) where state = 'open';

alter table location
  add column latitude  double precision check (latitude between -90 and 90),
  add column longitude double precision check (longitude between -180 and 180),
  add column time_zone text;
