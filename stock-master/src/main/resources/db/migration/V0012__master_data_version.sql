-- The writers of the ledger remember locations, bins, the number of the rules and recipes between batches. Each change of
-- them counts this row up in its own transaction, so that a batch that asks for it under its locks knows what holds.
create table master_data (
  only_one boolean primary key default true check (only_one),
  version  bigint not null
) with (fillfactor = 10);
insert into master_data (version) values (0);

create function master_data_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'TRUNCATE' then
    if not exists (select from changed) then
      return null;
    end if;
  end if;
  update master_data set version = version + 1;
  return null;
end $$;

do $$
declare
  changing text;
begin
  foreach changing in array array['sku_component', 'location', 'bin', 'rule_set'] loop
    execute format('create trigger %1$s_added after insert on %1$s referencing new table as changed
                    for each statement execute function master_data_changed()', changing);
    execute format('create trigger %1$s_changed after update on %1$s referencing new table as changed
                    for each statement execute function master_data_changed()', changing);
    execute format('create trigger %1$s_removed after delete on %1$s referencing old table as changed
                    for each statement execute function master_data_changed()', changing);
    execute format('create trigger %1$s_emptied after truncate on %1$s
                    for each statement execute function master_data_changed()', changing);
  end loop;
end $$;

-- Of a SKU's own columns only this one says what a recipe means; the others are read with its lock.
create function recipe_meaning_changed() returns trigger language plpgsql as $$
begin
  update master_data set version = version + 1;
  return null;
end $$;
create trigger assembled_changed after update of assembled on sku
  for each row when (old.assembled is distinct from new.assembled) execute function recipe_meaning_changed();
