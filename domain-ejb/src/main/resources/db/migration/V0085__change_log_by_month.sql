-- Months of the change log are made ahead; the application owns nothing and asks this function. What is written for a
-- month that nobody provided for lies in the default partition, and that month then stays there as a whole: moving lines
-- of an append-only table is not worth a lock on it.
create function provide_change_log(of_day date) returns boolean language plpgsql security definer
    set search_path = app, pg_temp set timezone = 'Europe/Paris' set lock_timeout = '2s' as $$
declare
    first_day timestamptz := date_trunc('month', of_day::timestamp);
    after_last timestamptz := date_trunc('month', of_day::timestamp) + interval '1 month';
    month text := 'change_log_' || to_char(of_day, 'YYYY_MM');
begin
    if of_day not between '2020-01-01' and '2099-12-31' then
        raise exception 'No month for a change log: %', of_day;
    end if;
    -- Two nodes may ask at the same time.
    perform pg_advisory_xact_lock(hashtext('provide_change_log'));
    if to_regclass('app.' || month) is not null then
        return false;
    end if;
    if exists (select from change_log_default where at >= first_day and at < after_last) then
        return false;
    end if;
    execute format('create table %I partition of change_log for values from (%L) to (%L)', month, first_day, after_last);
    return true;
end $$;
comment on function provide_change_log is 'Whether the partition of that day''s month was made; false where there is one, or lines of that month in the default one';
revoke execute on function provide_change_log(date) from public;
grant execute on function provide_change_log(date) to portal_app;
