-- The operator may have given a town that is new a partition, in which its first bookings would be written one by one. As
-- long as nothing is in it, it gives way to the one that they are put aside in. Everybody waits from here to the end of the
-- transaction, in which there must be nothing left to do. False where it is not empty, or where others are busy for seconds:
-- then the lot is merged as any other.
create function leave_empty_partition() returns boolean language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    own    text := 'booking_town_' || current_setting('portal.town')::int;
    before text := current_setting('lock_timeout');
    filled boolean;
begin
    if to_regclass(own) is null then
        return true;
    end if;
    for tries in 1 .. 20 loop
        begin
            perform set_config('lock_timeout', '150ms', true);
            execute format('select exists (select from %I)', own) into filled;
            if not filled then
                lock table only booking in access exclusive mode;
                execute format('lock table %I in access exclusive mode', own);
                -- A family may have been quicker than the lock.
                execute format('select exists (select from %I)', own) into filled;
            end if;
            if not filled then
                execute format('drop table %I', own);
            end if;
            perform set_config('lock_timeout', before, true);
            return not filled;
        exception when lock_not_available then
            perform pg_sleep(0.25);
        end;
    end loop;
    perform set_config('lock_timeout', before, true);
    return false;
end $$;
revoke execute on function leave_empty_partition() from public;
grant execute on function leave_empty_partition() to portal_app;
