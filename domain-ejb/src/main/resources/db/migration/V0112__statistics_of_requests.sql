-- Decisions come by the hundred thousand too.
create or replace function refresh_statistics(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
begin
    if of_table not in ('family', 'business_account', 'individual', 'membership', 'pickup_contact', 'allergy', 'vaccination',
                        'class_assignment', 'supporting_document', 'registration', 'booking', 'place_counter', 'schedule',
                        'schedule_date', 'pool_date', 'school_class', 'request_line', 'request_message') then
        raise exception 'No statistics of %', of_table;
    end if;
    execute format('analyze %I', of_table);
end $$;
