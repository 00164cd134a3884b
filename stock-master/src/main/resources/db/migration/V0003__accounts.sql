-- Accounts instead of balances: units of one SKU at one place may differ in lot, serial, bin, pool and holder, and a
-- posting names its two accounts by number. Rewrites balance, posting and allocation: writers wait until it is done.

alter table sku
  add column tracking  text not null default 'none' check (tracking in ('none', 'lot', 'serial')),
  add column assembled boolean not null default false,
  add column cost      numeric(20, 6) check (cost >= 0);

-- A SKU with components is a bundle: it has no stock of its own. Assembled, it is a kit, which has.
create table sku_component (
  sku       text collate "C" not null references sku,
  component text collate "C" not null references sku,
  quantity  bigint not null check (quantity > 0),
  primary key (sku, component)
);
create index sku_component_by_component on sku_component (component);

-- The moving average of what a unit cost us; of SKUs that were received with a cost.
create table sku_cost (
  sku     text collate "C" primary key references sku,
  average numeric(20, 6) not null check (average >= 0)
);

-- Marketplace-run: only the reports of that channel may write there.
alter table location add column managed_by text;

create table bin (
  location   text collate "C" not null references location,
  bin        text collate "C" not null,
  zone       text,
  pick_order integer not null default 100,
  primary key (location, bin)
);

create table lot (
  sku    text collate "C" not null references sku,
  lot    text collate "C" not null,
  expiry date,
  primary key (sku, lot)
);
create index lot_by_expiry on lot (expiry) where expiry is not null;

-- Where units are. '' means that it does not apply. The holder is for whom units are blocked, the transfer that carries
-- them, or the inbound that announced them. The check is the last guard against selling what is not there.
create sequence account_sequence;
create table account (
  account_id bigint primary key default nextval('account_sequence'),
  sku        text collate "C" not null references sku,
  location   text collate "C" not null references location,
  state      text collate "C" not null check (state in (
    'available', 'reserved', 'picked', 'inspection', 'damaged', 'refurbish', 'blocked', 'in_transit', 'expected',
    'supplier', 'customer', 'shrinkage', 'production', 'disposed')),
  lot        text collate "C" not null default '',
  serial     text collate "C" not null default '',
  bin        text collate "C" not null default '',
  pool       text collate "C" not null default '',
  holder     text collate "C" not null default '',
  quantity   bigint not null,
  constraint one_account unique (sku, location, state, lot, serial, bin, pool, holder),
  constraint stock_not_negative check (
    quantity >= 0 or state in ('supplier', 'customer', 'shrinkage', 'production', 'disposed')),
  constraint serial_is_one_unit check (serial = '' or quantity between 0 and 1)
) with (fillfactor = 50);

-- A serial is one unit and is inside our walls once, at whatever place: two hubs cannot both receive it.
create table serial_inside (
  sku    text collate "C" not null references sku,
  serial text collate "C" not null,
  primary key (sku, serial)
);

insert into account (sku, location, state, quantity)
select sku, location, state, quantity from balance order by sku, location, state;

alter table movement drop constraint movement_kind_check;
alter table movement add constraint movement_kind_check check (kind in (
  'expect', 'receipt', 'putaway', 'reservation', 'release', 'pick', 'ship', 'transfer-ship', 'transfer-receive',
  'transfer-loss', 'return', 'disposition', 'damage', 'block', 'unblock', 'adjustment', 'count', 'assembly',
  'write-off', 'reversal'));
-- A mistake is reversed by another movement, once.
alter table movement add column reverses bigint references movement;
alter table movement add constraint reversed_once unique (reverses);

alter table posting rename to posting_before;
alter index posting_by_sku rename to posting_before_by_sku;
alter table posting_before rename constraint posting_pkey to posting_before_pkey;
create table posting (
  movement_id      bigint not null references movement,
  line             integer not null,
  sku              text collate "C" not null,
  from_account     bigint not null,
  to_account       bigint not null,
  quantity         bigint not null check (quantity > 0),
  unit_cost        numeric(20, 6) check (unit_cost >= 0),
  reservation_id   bigint,
  reservation_line integer,
  primary key (movement_id, line),
  check (from_account <> to_account)
);
create index posting_by_sku on posting (sku, movement_id);
insert into posting (movement_id, line, sku, from_account, to_account, quantity, reservation_id, reservation_line)
select p.movement_id, p.line, p.sku, f.account_id, t.account_id, p.quantity, r.reservation_id, l.line
from posting_before p
join movement m using (movement_id)
join account f on (f.sku, f.location, f.state) = (p.sku, p.from_location, p.from_state)
join account t on (t.sku, t.location, t.state) = (p.sku, p.to_location, p.to_state)
-- Which order it was for was not kept; it is known where only one channel used the order's number.
left join (select order_ref, min(reservation_id) as reservation_id from reservation group by order_ref
           having count(*) = 1) r
  on r.order_ref = m.reference and m.kind in ('reservation', 'release', 'ship')
left join reservation_line l on l.reservation_id = r.reservation_id and l.sku = p.sku;
drop table posting_before;

alter table reservation
  add column customer   text,
  add column priority   integer not null default 5 check (priority between 1 and 9),
  add column hold_until timestamptz,
  add column expired    boolean not null default false;
create index holds_by_end on reservation (hold_until) where hold_until is not null;

alter table reservation_line add column returned bigint not null default 0 check (returned >= 0);

-- What one unit of a bundle was made of when the order was accepted; lines of other SKUs have none.
create table reservation_part (
  reservation_id bigint not null,
  line           integer not null,
  sku            text collate "C" not null references sku,
  per_unit       bigint not null check (per_unit > 0),
  primary key (reservation_id, line, sku),
  foreign key (reservation_id, line) references reservation_line
);

-- What an order holds, by the account that the units were reserved in: quantity in all, of which some were given back or
-- left, and some are picked at this moment.
alter table allocation rename to allocation_before;
alter table allocation_before rename constraint allocation_pkey to allocation_before_pkey;
create table allocation (
  reservation_id bigint not null,
  line           integer not null,
  account_id     bigint not null references account,
  quantity       bigint not null check (quantity > 0),
  picked         bigint not null default 0 check (picked >= 0),
  shipped        bigint not null default 0 check (shipped >= 0),
  cancelled      bigint not null default 0 check (cancelled >= 0),
  primary key (reservation_id, line, account_id),
  foreign key (reservation_id, line) references reservation_line,
  constraint held_once check (picked + shipped + cancelled <= quantity)
);
insert into allocation (reservation_id, line, account_id, quantity, shipped, cancelled)
select a.reservation_id, a.line, c.account_id, a.quantity, a.shipped, a.cancelled
from allocation_before a
join reservation_line l using (reservation_id, line)
join account c on (c.sku, c.location, c.state) = (l.sku, a.location, 'reserved');
drop table allocation_before;

-- What was announced to come, by purchase order or shipping notice; what came is in the postings.
create table inbound (
  location    text collate "C" not null references location,
  reference   text collate "C" not null,
  since       bigint not null, -- receipts with older numbers were not against it
  expected_at timestamptz,
  closed_at   timestamptz,
  primary key (location, reference)
);
create index inbound_open on inbound (expected_at) where closed_at is null;
create table inbound_line (
  location  text collate "C" not null,
  reference text collate "C" not null,
  sku       text collate "C" not null references sku,
  announced bigint not null check (announced >= 0),
  primary key (location, reference, sku),
  foreign key (location, reference) references inbound
);

create table transfer (
  transfer_id   text collate "C" primary key,
  from_location text collate "C" not null references location,
  to_location   text collate "C" not null references location,
  expected_at   timestamptz,
  movement_id   bigint not null references movement
);

-- What did not agree with its document. An inbound closes only when each of its own is resolved.
create table discrepancy (
  discrepancy_id bigint generated always as identity primary key,
  document       text not null check (document in ('inbound', 'transfer')),
  location       text collate "C" not null,
  reference      text collate "C" not null,
  sku            text collate "C" not null,
  kind           text not null check (kind in ('short', 'over', 'damaged', 'missing')),
  quantity       bigint not null check (quantity > 0),
  movement_id    bigint,
  noted_at       timestamptz not null,
  resolution     text,
  note           text,
  resolved_by    text,
  resolved_at    timestamptz
);
create index discrepancy_by_document on discrepancy (document, location, reference);

drop table balance;
create view balance as
select sku, location, state, sum(quantity)::bigint as quantity from account group by sku, location, state;
