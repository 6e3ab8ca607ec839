-- Any table may be filled by a large lot: a list of those that were thought of made lots fail in their last step.
create or replace function refresh_statistics(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
begin
    if not exists (select from pg_class
                    where relnamespace = 'app'::regnamespace and relname = of_table and relkind in ('r', 'p')) then
        raise exception 'No statistics of %', of_table;
    end if;
    execute format('analyze app.%I', of_table);
end $$;
