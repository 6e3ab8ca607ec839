-- Most changes of a booking change its state, which no index holds: where its page has room for the new version, no index
-- has to hear of it, which halves the cost of a large lot of changes. A seventh of each page is left free for that.
do $$
declare
    leaf regclass;
begin
    for leaf in
        select t.relid from pg_partition_tree('booking') t where t.isleaf
    loop
        execute format('alter table %s set (fillfactor = 85)', leaf);
    end loop;
end $$;

create or replace function create_booking_aside(of_run bigint, of_attempt int) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
declare
    aside text := booking_aside(of_run, of_attempt);
begin
    execute format('create table %I (like booking including defaults including constraints,'
        || ' constraint booking_of_one_town check (town_id = %s)) with (autovacuum_enabled = off, fillfactor = 85)',
        aside, current_setting('portal.town')::int);
    call wall(aside::regclass);
end $$;

-- A run may change hundreds of thousands of bookings, dozens of each child: a line for each would cost as much as the
-- changes themselves, and more than what they are worth.
comment on column change_log.key is 'The row''s key as the exchange writes it; of bookings that a run changes, the child''s reference (in lines written before V0209, with schedule and date)';
comment on column change_log.old_value is 'Of bookings whose key is a child''s: a JSON object, "schedule_ref|date" to the state (field family: the family_ref) before, with the keys that new_value has';
