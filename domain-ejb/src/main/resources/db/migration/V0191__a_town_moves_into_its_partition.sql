-- A town that has grown, or that is known to be large from the start, gets its partition of booking without a lot. What
-- V0080 does for a run is done for run 0 here, whose attempt is the town: it has no other. Families read on all the time;
-- from hold_shared_bookings to the end of the transaction of move_shared_bookings, whoever books in this one town is told
-- to try again in a moment.

-- What stands now, in nobody's way. What changes afterwards is caught up with.
create function copy_shared_bookings() returns bigint language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town   int := current_setting('portal.town')::int;
    copied bigint;
begin
    execute format('insert into %I select b.* from booking b where b.town_id = %s', booking_aside(0, town), town);
    get diagnostics copied = row_count;
    return copied;
end $$;

-- Waits for those who are booking, and lets nobody in behind them.
create function hold_shared_bookings() returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town int := current_setting('portal.town')::int;
begin
    call run_without_queueing(format('alter table booking_shared drop constraint if exists booking_moving_%1$s,'
        || ' add constraint booking_moving_%1$s check (town_id <> %1$s) not valid', town));
end $$;

-- In the transaction that then attaches the partition: until it commits, everybody sees the bookings where they were.
create function move_shared_bookings() returns bigint language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town  int := current_setting('portal.town')::int;
    aside text := booking_aside(0, town);
    moved bigint;
begin
    execute format('delete from %I a using booking b where b.town_id = %s and b.individual_id = a.individual_id'
        || ' and b.day = a.day and b.schedule_id = a.schedule_id and row(a.*) is distinct from row(b.*)', aside, town);
    execute format('insert into %I select b.* from booking b where b.town_id = %s and not exists (select from %1$I a'
        || ' where a.individual_id = b.individual_id and a.day = b.day and a.schedule_id = b.schedule_id)', aside, town);
    delete from booking b where b.town_id = town;
    get diagnostics moved = row_count;
    execute format('alter table booking_shared validate constraint booking_moving_%s', town);
    return moved;
end $$;

do $$
declare
    made regprocedure;
begin
    foreach made in array array['copy_shared_bookings()', 'hold_shared_bookings()', 'move_shared_bookings()']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to portal_app', made);
    end loop;
end $$;
