-- Movements are chained by hashes after they were committed, in the order in which they became visible: who changes,
-- removes or slips in one later is found and named. Nothing here is written by the writers of the ledger.

-- A text that no neighbour can be mistaken for: its length in bytes, then itself; a missing one is a dash.
create function sealed_text(value text) returns text
  language sql immutable parallel safe
as $$ select coalesce(octet_length(value)::text || ':' || value, '-') $$;

-- Which account it is, whatever its number.
create function sealed_account(a account) returns text
  language sql immutable parallel safe
as $$
  select sealed_text(a.sku) || sealed_text(a.location) || sealed_text(a.state) || sealed_text(a.lot)
    || sealed_text(a.serial) || sealed_text(a.bin) || sealed_text(a.pool) || sealed_text(a.holder)
$$;

-- What is sealed of the movements with numbers above "after" up to "until". The only definition: sealing and verifying
-- both ask it. Times are exact numbers of seconds since 1970, whatever the session's settings.
-- "offset 0": the text of an account is made once and remembered, not once a posting.
create function movement_content(after bigint, until bigint)
  returns table (movement_id bigint, postings integer, content bytea)
  language sql stable parallel safe
as $$
  select m.movement_id, count(p.line)::integer, sha256(convert_to(
    m.movement_id::text || ';' || sealed_text(m.kind) || sealed_text(m.reference) || sealed_text(m.reason)
    || sealed_text(m.actor) || extract(epoch from m.occurred_at)::text || ';'
    || extract(epoch from m.recorded_at)::text || ';' || coalesce(m.reverses::text, '') || ';'
    || count(p.line)::text || ';' || coalesce(string_agg(
      p.line::text || ';' || sealed_text(p.sku) || coalesce(f.account, '-') || coalesce(t.account, '-')
      || p.quantity::text || ';' || coalesce(p.unit_cost::text, '') || ';'
      || coalesce(p.reservation_id::text, '') || ';' || coalesce(p.reservation_line::text, '') || ';',
      '' order by p.line), ''), 'UTF8'))
  from movement m
  left join (select * from posting where movement_id > after and movement_id <= until) p
    on p.movement_id = m.movement_id
  left join lateral (
    select sealed_account(a) as account from account a where a.account_id = p.from_account offset 0) f on true
  left join lateral (
    select sealed_account(a) as account from account a where a.account_id = p.to_account offset 0) t on true
  where m.movement_id > after and m.movement_id <= until
  group by m.movement_id
$$;

-- hash = sha256(hash of the position before || content); before the first are 32 zero bytes.
create table seal (
  position    bigint primary key,
  movement_id bigint not null,
  postings    integer not null,
  content     bytea not null,
  hash        bytea not null,
  sealed_at   timestamptz not null,
  constraint sealed_once unique (movement_id)
);

-- Where the chain ends. Whoever holds this row's lock seals. Every movement with a number up to sealed_to that was ever
-- going to appear is sealed. The note: once no transaction older than noted_by runs any more, the same is known of all
-- numbers up to noted_number.
create table seal_head (
  only_one     boolean primary key default true check (only_one),
  position     bigint not null,
  hash         bytea not null,
  sealed_to    bigint not null,
  noted_number bigint,
  noted_by     xid8
) with (fillfactor = 50);
insert into seal_head (position, hash, sealed_to) values (0, decode(repeat('00', 32), 'hex'), 0);

-- Up to where a check found nothing, and what the accounts held by then, so that the next one reads only what came since.
create table checkpoint (
  only_one  boolean primary key default true check (only_one),
  position  bigint not null,
  hash      bytea not null,
  sealed_to bigint not null,
  movements bigint not null,
  postings  bigint not null,
  passed_at timestamptz not null
);
insert into checkpoint (position, hash, sealed_to, movements, postings, passed_at)
values (0, decode(repeat('00', 32), 'hex'), 0, 0, 0, now());
create table checkpoint_account (
  account_id bigint primary key,
  quantity   bigint not null
) with (fillfactor = 70);
