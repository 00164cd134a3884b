-- Units of a SKU that channels in escrow may still sell on numbers that they were told: orders that we may refuse cannot
-- have them. Kept with the SKU, because a batch of orders locks and reads it there anyway.
alter table sku add column leased bigint not null default 0 check (leased >= 0);
