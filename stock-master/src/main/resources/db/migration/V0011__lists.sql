-- What the lists and searches read by. Both indexes stop writers of their table while they are built; neither costs an
-- ordinary order anything: the first is of master data, the second is empty but for holds that ran out.

create index reservation_expired on reservation (reservation_id) where expired;

-- Any part of a code or title. A server without the extension, or a role that may not create it, searches without: the
-- answers are the same, and a word that hardly any SKU has costs a reading of all of them.
do $$
begin
  create extension if not exists pg_trgm;
  execute 'create index sku_search on sku using gin (lower((sku || '' '' || title) collate "default") gin_trgm_ops)';
exception
  when feature_not_supported or undefined_file or insufficient_privilege or undefined_object then
    raise notice 'SKUs are searched without an index: %', sqlerrm;
end $$;
