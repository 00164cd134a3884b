-- What each order costs the database. Foreign keys between rows that one transaction of the ledger writes together are a
-- look-up for every row, at the hottest place there is; the ledger writes them or nothing, and "ledger verify" looks for
-- rows that hang on nothing. Takes exclusive locks for a moment; the index is built anew, writers wait for it.
alter table posting drop constraint posting_movement_id_fkey1;
alter table reservation_line
  drop constraint reservation_line_reservation_id_fkey,
  drop constraint reservation_line_sku_fkey;
alter table reservation_part
  drop constraint reservation_part_reservation_id_line_fkey,
  drop constraint reservation_part_sku_fkey;
alter table allocation
  drop constraint allocation_reservation_id_line_fkey1,
  drop constraint allocation_account_id_fkey;

-- Nearly every movement reverses nothing.
alter table movement drop constraint reversed_once;
create unique index reversed_once on movement (reverses) where reverses is not null;

-- The first movement of an order has the order's own number; only what happened to it later has to be looked up.
drop index posting_by_reservation;
create index posting_by_reservation on posting (reservation_id, movement_id)
  where reservation_id is not null and reservation_id <> movement_id;

-- What a batch of orders reads of each SKU. Never changed by a sale: no column of it is.
create index account_of_orders on account (sku) where state in ('available', 'reserved');

-- Who has units to promise has the account that they are promised in from then on, so that the first order need not make it.
insert into account (sku, location, state, quantity)
select sku, location, 'reserved', 0 from account
where state = 'available' and lot = '' and serial = '' and bin = '' and pool = '' and holder = ''
order by sku, location
on conflict on constraint one_account do nothing;

-- Which orders still hold something is asked by going through them, not account by account: in the order of their numbers
-- a new one goes to the right end of the index.
drop index allocation_held;
create index allocation_open on allocation (reservation_id) where quantity > shipped + cancelled;
