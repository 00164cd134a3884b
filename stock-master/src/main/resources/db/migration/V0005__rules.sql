-- The rules of availability and routing, each version as its file was given. New tables only; nothing that exists is blocked.

create table rule_set (
  version      bigint primary key,
  document     text not null,
  content_hash bytea not null,
  applied_by   text not null,
  applied_at   timestamptz not null,
  comment      text
);

-- A lot expires with nothing being posted. Up to which day (UTC) the SKUs of expired lots were counted as changed.
create table expiry_watch (
  one        boolean primary key default true check (one),
  seen_until date not null
);
insert into expiry_watch (seen_until) values ((now() at time zone 'UTC')::date);
