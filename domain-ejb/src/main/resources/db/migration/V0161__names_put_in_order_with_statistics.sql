-- Together again: statistics of any table, and the names that wait for their place in a table's index for searches.
create or replace function refresh_statistics(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    names regclass;
begin
    if not exists (select from pg_class
                    where relnamespace = 'app'::regnamespace and relname = of_table and relkind in ('r', 'p')) then
        raise exception 'No statistics of %', of_table;
    end if;
    names := to_regclass(of_table || '_search');
    if exists (select from pg_class c join pg_am a on a.oid = c.relam where c.oid = names and a.amname = 'gin') then
        perform gin_clean_pending_list(names);
    end if;
    execute format('analyze app.%I', of_table);
end $$;
