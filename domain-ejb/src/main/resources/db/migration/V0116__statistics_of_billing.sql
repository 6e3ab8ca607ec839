-- As before, and of the tables of requests and billing too.
create or replace function refresh_statistics(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    names regclass;
begin
    if of_table not in ('family', 'business_account', 'individual', 'membership', 'pickup_contact', 'allergy', 'vaccination',
                        'class_assignment', 'supporting_document', 'registration', 'booking', 'place_counter', 'schedule',
                        'schedule_date', 'pool_date', 'school_class', 'request_line', 'request_message', 'invoice',
                        'invoice_line', 'payment', 'allocation', 'ledger_entry') then
        raise exception 'No statistics of %', of_table;
    end if;
    names := to_regclass(of_table || '_search');
    if exists (select from pg_class c join pg_am a on a.oid = c.relam where c.oid = names and a.amname = 'gin') then
        perform gin_clean_pending_list(names);
    end if;
    execute format('analyze %I', of_table);
end $$;
