-- What the accounts of a SKU held after every few hundred of its postings: stock as of then, and a page in the middle of a
-- long life, are read from the mark before and a few postings, not from all there ever were. Written from the sealed
-- ledger, after the fact; a copy of what the postings say, and made anew from them when it is deleted.
-- New tables only; nothing that exists is blocked.
create table sku_mark (
  sku            text collate "C" not null,
  movement_id    bigint not null,          -- the last that counts
  since          bigint not null,          -- the mark before, 0 for the first
  first_occurred timestamptz not null,     -- of what came since the mark before
  first_recorded timestamptz not null,
  last_occurred  timestamptz not null,     -- of all that counts
  last_recorded  timestamptz not null,
  accounts       bigint[] not null,
  quantities     bigint[] not null,
  primary key (sku, movement_id) include (since, first_occurred, first_recorded, last_occurred, last_recorded)
);

-- How many postings of a SKU came after its last mark, and with how many it gets the next.
create table sku_unmarked (
  sku      text collate "C" primary key,
  postings bigint not null,
  mark_at  bigint not null
) with (fillfactor = 50);

-- Up to which number the postings were looked at. Whoever holds this row's lock writes marks.
create table mark_head (
  only_one  boolean primary key default true check (only_one),
  marked_to bigint not null
) with (fillfactor = 50);
insert into mark_head (marked_to) values (0);
