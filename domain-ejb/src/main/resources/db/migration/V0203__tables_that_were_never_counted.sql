-- A table that was never counted (-1) is counted too: autovacuum might do it for the first time while the rows that fill
-- it are nobody's but their transaction's. The lock that counting takes keeps autovacuum away until that transaction ends.
create or replace function count_rows_if_none(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp set default_statistics_target = 10 as $$
begin
    if exists (select from pg_class where relnamespace = 'app'::regnamespace and relname = of_table and relkind = 'r'
                                      and reltuples <= 0) then
        execute format('analyze app.%I (town_id)', of_table);
    end if;
end $$;
