-- What happened, in one order that never gets a gap, for whoever reads it by a cursor. Stock and most of what becomes of
-- orders is read from the ledger once it is sealed, so that its writers write nothing more than before. New tables, and
-- triggers on what is written rarely; nothing that exists is blocked for longer than it takes to add a trigger.

-- Adjustments come in, too. The constraints are checked anew, which reads both tables once.
alter table inbox drop constraint inbox_flow_check;
alter table inbox add constraint inbox_flow_check check (flow in ('orders-in', 'receipts-in', 'adjustments-in'));
alter table dead_letter drop constraint dead_letter_flow_check;
alter table dead_letter add constraint dead_letter_flow_check
  check (flow in ('orders-in', 'receipts-in', 'adjustments-in', 'edi-in', 'stock-out'));

-- Whoever holds this row's lock writes events, so that positions become visible in their order. No row: nobody ever read.
create table event_head (
  only_one  boolean primary key default true check (only_one),
  ledger_to bigint not null,                     -- the ledger is told up to here
  position  bigint not null                      -- of the newest event
) with (fillfactor = 50);

create table event (
  position    bigint primary key,
  event_id    text not null,                     -- made of what it tells: told again, it is the same
  type        text not null,
  subject     text not null,
  key         text not null,                     -- events of one key stay in order
  sequence    bigint not null,                   -- which of two about one subject is newer
  happened_at timestamptz not null,
  data        jsonb not null,
  noted_at    timestamptz not null default now()
);

-- Who reads, and how far it is. A claim is a fence: who lost it cannot move the cursor.
create table event_consumer (
  consumer        text primary key,
  cursor          bigint not null,
  claim           bigint not null default 0,
  claimed_until   timestamptz,
  seen_at         timestamptz not null default now(), -- who is not seen for long keeps no events
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  failing_since   timestamptz,
  last_error      text
) with (fillfactor = 50);

-- What the ledger's numbers alone do not tell, written in the commit that it tells of and taken away by the commit that
-- makes an event of it. Only while there is a consumer.
create table event_pending (
  pending_id bigint generated always as identity primary key,
  type       text not null check (type in ('stock', 'order', 'dead-letter.opened', 'dead-letter.closed')),
  subject    text not null,
  number     bigint not null                     -- of the ledger: not before it is sealed
);

-- Lines of orders change without a posting when what waits is cancelled. The number is taken by a transaction that has its
-- own, as those of movements are: what is sealed below it is complete.
create function order_lines_told() returns trigger language plpgsql as $$
begin
  if exists (select from event_consumer) then
    insert into event_pending (type, subject, number)
    select 'order', reservation_id::text, nextval('ledger_sequence')
    from (select distinct reservation_id from changed order by reservation_id) c;
  end if;
  return null;
end $$;
create trigger reservation_line_told after update on reservation_line referencing new table as changed
  for each statement execute function order_lines_told();
create trigger reservation_told after update on reservation referencing new table as changed
  for each statement execute function order_lines_told();

create function dead_letter_told() returns trigger language plpgsql as $$
begin
  if exists (select from event_consumer) then
    insert into event_pending (type, subject, number)
    values (case when new.state in ('open', 'replaying') then 'dead-letter.opened' else 'dead-letter.closed' end,
            new.dead_letter_id::text, 0);
  end if;
  return null;
end $$;
create trigger dead_letter_opened after insert on dead_letter for each row execute function dead_letter_told();
create trigger dead_letter_turned after update of state on dead_letter for each row
  when ((old.state in ('open', 'replaying')) <> (new.state in ('open', 'replaying')))
  execute function dead_letter_told();
