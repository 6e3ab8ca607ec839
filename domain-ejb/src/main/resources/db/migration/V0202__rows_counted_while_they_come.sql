-- Rows that a transaction has inserted count for nobody else. Where autovacuum looks at a table just then (after an attempt
-- that was taken back), PostgreSQL notes pages without rows, takes any index of the table for as good as any other, and may
-- look through all rows of the town for each row that refers to one of them. Who has inserted them counts them.
create function count_rows_if_none(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp set default_statistics_target = 10 as $$
begin
    if exists (select from pg_class where relnamespace = 'app'::regnamespace and relname = of_table and relkind = 'r'
                                      and reltuples = 0) then
        execute format('analyze app.%I (town_id)', of_table);
    end if;
end $$;
revoke execute on function count_rows_if_none(text) from public;
grant execute on function count_rows_if_none(text) to portal_app;
