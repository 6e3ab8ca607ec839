-- A city's first bookings are loaded aside: into a table of its own that gets its keys and indexes when it is full, and
-- then becomes the city's partition of booking. The application may neither make nor attach tables: these functions do,
-- for the caller's town and a run of it, and nothing else. A table is named after run and attempt, so that a late write
-- of an earlier attempt meets nothing.

create function booking_aside(of_run bigint, of_attempt int) returns text language sql immutable as $$
    select 'booking_aside_' || of_run || '_' || of_attempt
$$;

-- Runs a statement that must have tables for itself. While it waits for them, all who come later wait behind it: so it
-- waits for an instant only and tries again. Now and then it waits a little longer, which makes autovacuum give way.
create procedure run_without_queueing(statement text) language plpgsql as $$
declare
    tries  int := 0;
    before text := current_setting('lock_timeout');
begin
    loop
        begin
            perform set_config('lock_timeout', case when tries % 20 = 19 then '1500ms' else '150ms' end, true);
            execute statement;
            perform set_config('lock_timeout', before, true);
            return;
        exception when lock_not_available then
            tries := tries + 1;
            if tries = 300 then
                raise;
            end if;
            perform pg_sleep(0.25);
        end;
    end loop;
end $$;
revoke execute on procedure run_without_queueing(text) from public;

create function create_booking_aside(of_run bigint, of_attempt int) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    aside text := booking_aside(of_run, of_attempt);
begin
    execute format('create table %I (like booking including defaults including constraints,'
        || ' constraint booking_of_one_town check (town_id = %s)) with (autovacuum_enabled = off)',
        aside, current_setting('portal.town')::int);
    call wall(aside::regclass);
end $$;

-- Whether the rows have distinct keys; if not, there is no index and the table is of no use.
create function index_booking_aside(of_run bigint, of_attempt int) returns boolean language plpgsql security definer
    set search_path = app, pg_temp set maintenance_work_mem = '256MB' as $$
declare
    aside text := booking_aside(of_run, of_attempt);
begin
    begin
        execute format('alter table %I add primary key (town_id, individual_id, day, schedule_id)', aside);
    exception when unique_violation then
        return false;
    end;
    execute format('create index %I on %I (town_id, schedule_id, day)', aside || '_of_schedule', aside);
    return true;
end $$;

-- The foreign keys as such, which is a matter of an instant; what they hold is checked by validate_booking_aside, which
-- is in nobody's way.
create function refer_booking_aside(of_run bigint, of_attempt int) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
begin
    call run_without_queueing(format('alter table %I'
        || ' add constraint booking_of_individual foreign key (town_id, individual_id) references individual not valid,'
        || ' add constraint booking_of_a_schedule foreign key (town_id, schedule_id) references schedule not valid',
        booking_aside(of_run, of_attempt)));
end $$;

create function validate_booking_aside(of_run bigint, of_attempt int) returns void language plpgsql security definer
    set search_path = app, pg_temp set maintenance_work_mem = '256MB' as $$
begin
    execute format('alter table %I validate constraint booking_of_individual, validate constraint booking_of_a_schedule',
        booking_aside(of_run, of_attempt));
end $$;

-- From here on until its partition is attached nobody can book in the town; whoever tries is told to try again. Returns
-- false, and forbids nothing, where somebody was quicker.
create function forbid_shared_bookings() returns boolean language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town int := current_setting('portal.town')::int;
begin
    call run_without_queueing(format('alter table booking_shared drop constraint if exists booking_moving_%1$s,'
        || ' add constraint booking_moving_%1$s check (town_id <> %1$s) not valid', town));
    if exists (select from booking_shared b where b.town_id = town) then
        execute format('alter table booking_shared drop constraint booking_moving_%s', town);
        return false;
    end if;
    return true;
end $$;

-- Looks through all bookings of the other towns, in nobody's way, so that attaching need not.
create function confirm_shared_bookings() returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
begin
    execute format('alter table booking_shared validate constraint booking_moving_%s', current_setting('portal.town')::int);
end $$;

-- The last act of the transaction that merges: all who look at shared bookings wait from here to its end. As with every
-- partition, the application gets at it through booking only.
create function attach_booking_aside(of_run bigint, of_attempt int) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town  int := current_setting('portal.town')::int;
    aside text := booking_aside(of_run, of_attempt);
begin
    call run_without_queueing(format('alter table booking attach partition %1$I for values in (%2$s);'
        || ' alter table booking_shared drop constraint booking_moving_%2$s;'
        || ' alter table %1$I drop constraint booking_of_one_town;'
        || ' alter table %1$I reset (autovacuum_enabled);'
        || ' revoke all on %1$I from portal_app;'
        || ' alter table %1$I rename constraint %3$I to booking_town_%2$s_pkey;'
        || ' alter index %4$I rename to booking_town_%2$s_of_schedule;'
        || ' alter table %1$I rename to booking_town_%2$s', aside, town, aside || '_pkey', aside || '_of_schedule'));
end $$;

-- What attempts of a run have left, of which nothing was attached. Done again, it does nothing.
create function drop_booking_aside(of_run bigint) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    town int := current_setting('portal.town')::int;
    aside text;
begin
    for aside in
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'app' and c.relkind = 'r' and not c.relispartition
           and c.relname like 'booking\_aside\_' || of_run || '\_%'
           and exists (select from pg_constraint k where k.conrelid = c.oid and k.conname = 'booking_of_one_town'
                          and pg_get_constraintdef(k.oid) = format('CHECK ((town_id = %s))', town))
    loop
        call run_without_queueing(format('drop table %I', aside));
    end loop;
    if exists (select from pg_constraint where conrelid = 'booking_shared'::regclass and conname = 'booking_moving_' || town) then
        call run_without_queueing(format('alter table booking_shared drop constraint booking_moving_%s', town));
    end if;
end $$;

do $$
declare
    made regprocedure;
begin
    foreach made in array array['create_booking_aside(bigint, int)', 'index_booking_aside(bigint, int)',
        'refer_booking_aside(bigint, int)', 'validate_booking_aside(bigint, int)', 'forbid_shared_bookings()',
        'confirm_shared_bookings()', 'attach_booking_aside(bigint, int)', 'drop_booking_aside(bigint)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to portal_app', made);
    end loop;
end $$;
