-- What each channel was told, and when: one row each time a listing's wanted, sent or confirmed number changes, written
-- with the change. Rows are never changed. What is known now is where it begins.
create table listing_log (
  log_id      bigint generated always as identity primary key,
  sku         text collate "C" not null,
  channel     text collate "C" not null,
  channel_sku text not null,
  wanted      bigint not null,
  sent        bigint,
  confirmed   bigint,
  retired     boolean not null,
  told_at     timestamptz not null default clock_timestamp()
);
create index listing_log_by_sku on listing_log (sku, channel, channel_sku, log_id);

insert into listing_log (sku, channel, channel_sku, wanted, sent, confirmed, retired)
select sku, channel, channel_sku, wanted, sent, confirmed, retired from listing order by sku, channel, channel_sku;
