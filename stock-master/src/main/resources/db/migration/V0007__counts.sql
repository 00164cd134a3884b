-- Cycle counts, and what the desks look things up by. New tables; the indexes stop writers while they are built.

create table stock_count (
  count_id     bigint generated always as identity primary key,
  location     text collate "C" not null references location,
  blind        boolean not null,
  tolerance    bigint not null check (tolerance >= 0),
  state        text not null check (state in ('open', 'posting', 'posted', 'cancelled')),
  opened_by    text not null,
  opened_at    timestamptz not null default clock_timestamp(),
  posted_by    text,
  ended_at     timestamptz,
  movement_id  bigint references movement,
  -- Of the request that opened it, so that the same request again opens no second count.
  open_key     text collate "C" unique,
  open_request text not null
);
create index stock_count_open on stock_count (count_id) where state in ('open', 'posting');

-- '' is any bin, or any lot. Lines of one count never overlap.
create table count_line (
  count_id bigint not null references stock_count,
  line     integer not null,
  sku      text collate "C" not null references sku,
  bin      text collate "C" not null default '',
  lot      text collate "C" not null default '',
  planned  boolean not null,
  primary key (count_id, line),
  constraint counted_once unique (count_id, sku, bin, lot)
);

-- Who counted what, with what the books said at that moment. Never changed: a recount is another row.
create table count_entry (
  count_id   bigint not null,
  line       integer not null,
  round      integer not null,
  counted    bigint not null check (counted >= 0),
  booked     bigint not null,
  actor      text not null,
  counted_at timestamptz not null,
  primary key (count_id, line, round),
  foreign key (count_id, line) references count_line
);

create index movement_by_document on movement (reference)
  where kind in ('receipt', 'transfer-ship', 'transfer-receive', 'transfer-loss');
create index account_in_transit on account (holder) where state = 'in_transit';
create index discrepancy_open on discrepancy (discrepancy_id) where resolution is null;
-- What is still held, and what happened last to an order: small, or written at the right end only.
create index allocation_held on allocation (account_id) where quantity > shipped + cancelled;
create index posting_by_reservation on posting (reservation_id, movement_id) where reservation_id is not null;
