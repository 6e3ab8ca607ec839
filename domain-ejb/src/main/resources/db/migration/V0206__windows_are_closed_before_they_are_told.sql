-- What a digest tells is a matter of instants alone: what was recorded after a window's begin and at or before its end.
-- Nothing is marked one by one. What makes it true: a window is closed in an instant in which nobody records, and whoever
-- records gets an instant after the last window that was closed. It is told afterwards, while everybody goes on.
alter table digest_window
    add begins_at timestamptz,
    add told_at timestamptz;
update digest_window w
   set told_at = closed_at,
       begins_at = coalesce((select max(before.ends_at) from digest_window before
                              where before.town_id = w.town_id and before.ends_at < w.ends_at), '-infinity');
alter table digest_window
    alter begins_at set not null,
    alter accounts set default 0,
    alter decisions set default 0,
    add check (begins_at < ends_at);
create index digest_window_untold on digest_window (town_id, ends_at) where told_at is null;
comment on column digest_window.begins_at is 'The end of the window closed before it, which this one begins after';
comment on column digest_window.told_at is 'When its digests were written; null while that is still to be done';

-- What was told later than its instant says, or is still to be, was recorded after the window that it was too late for.
update decision d set recorded_at = w.begins_at + interval '1 microsecond'
  from digest g
  join digest_window w on w.town_id = g.town_id and w.ends_at = g.ends_at
 where g.town_id = d.town_id and g.id = d.digest_id and d.recorded_at <= w.begins_at;
update decision d set recorded_at = w.closed + interval '1 microsecond'
  from (select town_id, max(ends_at) as closed from digest_window group by town_id) w
 where w.town_id = d.town_id and d.digest_id is null and d.recorded_at <= w.closed;
update booking_change c set recorded_at = w.begins_at + interval '1 microsecond'
  from digest g
  join digest_window w on w.town_id = g.town_id and w.ends_at = g.ends_at
 where g.town_id = c.town_id and g.id = c.digest_id and c.recorded_at <= w.begins_at;
update booking_change c set recorded_at = w.closed + interval '1 microsecond'
  from (select town_id, max(ends_at) as closed from digest_window group by town_id) w
 where w.town_id = c.town_id and c.digest_id is null and c.recorded_at <= w.closed;

drop policy told_once on decision;
drop policy recorded_untold on decision;
alter table decision drop digest_id;
create index decision_by_instant on decision (town_id, recorded_at);
drop policy told_once on booking_change;
drop policy recorded_untold on booking_change;
alter table booking_change drop digest_id;
create index booking_change_by_instant on booking_change (town_id, recorded_at);

-- A digest is the notice that tells it; a row of its own beside it said no more.
alter table notice
    add window_ends_at timestamptz,
    add foreign key (town_id, window_ends_at) references digest_window;
update notice n set window_ends_at = g.ends_at from digest g where g.town_id = n.town_id and g.notice_id = n.id;
create unique index notice_of_window on notice (town_id, window_ends_at, account_id) where window_ends_at is not null;
comment on column notice.window_ends_at is 'The window that the notice tells an account of, once; null for what is no digest, and where a digest is sent again';
drop table digest;
drop sequence digest_seq;

-- Until when the town's windows are closed. To the end of the transaction that asks, none is closed beyond that: who
-- records asks first. Waits while one is being closed, which takes no longer than a commit.
create function digests_closed_until() returns timestamptz language plpgsql volatile security definer
    set search_path = app, pg_temp as $$
declare
    town int := current_setting('portal.town')::int;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise 'A snapshot taken earlier does not show which windows are closed';
    end if;
    perform pg_advisory_xact_lock_shared(x'444947'::int, town);
    return coalesce((select max(ends_at) from digest_window where town_id = town), '-infinity');
end $$;

-- Closes the window that ends then, unless it is closed. False where somebody has been recording for half a second, in a
-- lot of decisions perhaps: those who come after would have to wait too.
create function close_digests(until timestamptz, out_of_turn boolean, at timestamptz) returns boolean
    language plpgsql security definer set search_path = app, pg_temp set lock_timeout = '500ms' as $$
declare
    town int := current_setting('portal.town')::int;
begin
    perform pg_advisory_xact_lock(x'444947'::int, town);
    insert into digest_window (town_id, begins_at, ends_at, forced, closed_at)
    select town, last.ends_at, until, out_of_turn, at
      from (select coalesce(max(ends_at), '-infinity') as ends_at from digest_window where town_id = town) last
     where last.ends_at < until;
    return true;
exception
    when lock_not_available then
        return false;
end $$;

do $$
declare
    made regprocedure;
begin
    foreach made in array array['digests_closed_until()', 'close_digests(timestamptz, boolean, timestamptz)']::regprocedure[]
    loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to portal_app', made);
    end loop;
end $$;

-- Nobody who serves families can record something into a window that is closed, change what was recorded or take it away,
-- or tell a window twice.
create policy recorded_in_time on decision as restrictive for insert
    with check (recorded_at > (select digests_closed_until()));
create policy recorded_in_time on booking_change as restrictive for insert
    with check (recorded_at > (select digests_closed_until()));
revoke update, delete on decision, booking_change from portal_app;
revoke insert, update, delete on digest_window from portal_app;
grant update (told_at, accounts, decisions, changes) on digest_window to portal_app;
create policy told_once on digest_window as restrictive for update using (told_at is null) with check (true);

-- Which notice tells of a decision.
create view decision_told with (security_invoker = true) as
select d.town_id, d.id as decision_id, d.request_id, n.id as notice_id
  from decision d
 cross join lateral (select w.ends_at from digest_window w
                      where w.town_id = d.town_id and w.ends_at >= d.recorded_at
                      order by w.ends_at limit 1) w
  join notice n on n.town_id = d.town_id and n.window_ends_at = w.ends_at and n.account_id = d.account_id;
grant select on decision_told to portal_app;
