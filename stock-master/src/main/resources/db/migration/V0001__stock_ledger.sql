-- The stock ledger: double entry, append only, balances kept in the same commit.
-- New tables only; nothing that exists is blocked.

create table location (
  location_id text collate "C" primary key,
  title       text not null,
  kind        text not null,
  country     text,
  region      text,
  postal_code text,
  priority    integer not null default 100
);

create table sku (
  sku        text collate "C" primary key,
  title      text not null,
  gtin       text,
  created_at timestamptz not null default now()
);

-- What other systems call a SKU: many names to one SKU, never one name to two.
create table sku_alias (
  system text collate "C" not null,
  alias  text collate "C" not null,
  sku    text collate "C" not null references sku,
  primary key (system, alias)
);
create index sku_alias_by_sku on sku_alias (sku);

-- Numbers movements and reservations; taken after the locks, so that numbers of one SKU grow with time.
create sequence ledger_sequence;

-- A cache of the postings, written in their transaction. The check is the last guard against selling what is not there.
create table balance (
  sku      text collate "C" not null references sku,
  location text collate "C" not null references location,
  state    text collate "C" not null check (state in ('available', 'reserved', 'supplier', 'customer', 'shrinkage')),
  quantity bigint not null,
  primary key (sku, location, state),
  constraint stock_not_negative check (quantity >= 0 or state in ('supplier', 'customer', 'shrinkage'))
) with (fillfactor = 50);

create table movement (
  movement_id bigint primary key,
  kind        text not null check (kind in ('receipt', 'reservation', 'release', 'ship', 'adjustment')),
  reference   text,
  reason      text,
  actor       text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null
);

-- Units leave one account and enter another, in one row.
create table posting (
  movement_id   bigint not null references movement,
  line          integer not null,
  sku           text collate "C" not null,
  from_location text collate "C" not null,
  from_state    text not null,
  to_location   text collate "C" not null,
  to_state      text not null,
  quantity      bigint not null check (quantity > 0),
  primary key (movement_id, line)
);
create index posting_by_sku on posting (sku, movement_id);

-- Only effects are remembered; a rejection is decided anew.
create table idempotency (
  key            text collate "C" primary key,
  content_hash   bytea not null,
  movement_id    bigint,
  reservation_id bigint,
  recorded_at    timestamptz not null
);

-- One order of one channel is one reservation, whoever asks and however often.
create table reservation (
  reservation_id bigint primary key,
  channel        text collate "C" not null,
  order_ref      text collate "C" not null,
  content_hash   bytea not null,
  policy         text not null,
  country        text,
  region         text,
  postal_code    text,
  movement_id    bigint,
  actor          text not null,
  recorded_at    timestamptz not null,
  constraint one_reservation_per_order unique (channel, order_ref)
);

create table reservation_line (
  reservation_id bigint not null references reservation,
  line           integer not null,
  sku            text collate "C" not null references sku,
  quantity       bigint not null check (quantity > 0),
  backordered    bigint not null default 0 check (backordered >= 0 and backordered <= quantity),
  primary key (reservation_id, line)
);
create index backorders on reservation_line (sku) where backordered > 0;

create table allocation (
  reservation_id bigint not null,
  line           integer not null,
  location       text collate "C" not null references location,
  quantity       bigint not null check (quantity > 0),
  shipped        bigint not null default 0 check (shipped >= 0),
  cancelled      bigint not null default 0 check (cancelled >= 0),
  primary key (reservation_id, line, location),
  foreign key (reservation_id, line) references reservation_line,
  constraint held_once check (shipped + cancelled <= quantity)
);

-- SKUs whose available stock changed, written with the change: what has to be told to the channels. Rows are taken away
-- by whoever works out the new numbers.
create table changed_sku (
  change_id   bigint generated always as identity primary key,
  sku         text collate "C" not null,
  movement_id bigint not null,
  changed_at  timestamptz not null
);
