create sequence registration_seq increment by 50;
create table registration (
    town_id       int not null references town,
    id            bigint not null,
    ref           text not null,
    individual_id bigint not null,
    family_id     bigint not null,
    schedule_id   bigint not null,
    start_day     date not null,
    end_day       date not null,
    weekdays      text check (weekdays ~ '^[1-7]*$'),
    status        text not null check (status in ('ACTIVE', 'WAITING', 'ENDED')),
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, family_id) references family,
    foreign key (town_id, schedule_id) references schedule
);
create index registration_of_individual on registration (town_id, individual_id, schedule_id);
call wall('registration');

-- One row per child, schedule and day that ever had a booking; the key itself forbids two of them.
create table booking (
    town_id       int not null,
    individual_id bigint not null,
    schedule_id   bigint not null,
    day           date not null,
    state         text not null check (state in ('NOT_BOOKED', 'BOOKING_PENDING', 'BOOKED', 'BOOKING_REFUSED',
                                                 'ABSENCE_PENDING', 'ABSENT', 'WAITLISTED')),
    family_id     bigint,
    reason        text,
    waiting_since timestamptz,
    request_id    bigint,
    request_line  int,
    changed_at    timestamptz not null,
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    version       int not null default 0,
    primary key (town_id, individual_id, day, schedule_id),
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, schedule_id) references schedule
) partition by list (town_id);
comment on column booking.family_id is 'The family of the registration that covers the day; if several, the one with custody that week';
comment on column booking.reason is 'Why it was refused, as shown in the cell';
create index booking_of_schedule on booking (town_id, schedule_id, day);
create table booking_shared partition of booking default partition by hash (town_id);
create table booking_shared_0 partition of booking_shared for values with (modulus 4, remainder 0);
create table booking_shared_1 partition of booking_shared for values with (modulus 4, remainder 1);
create table booking_shared_2 partition of booking_shared for values with (modulus 4, remainder 2);
create table booking_shared_3 partition of booking_shared for values with (modulus 4, remainder 3);
call wall('booking');

-- Places taken per counter (a schedule's or a pool's id, see place_seq) and day. Locked in (day, counter) order.
create table place_counter (
    town_id    int not null references town,
    counter_id bigint not null,
    day        date not null,
    taken      int not null default 0 check (taken >= 0),
    capacity   int check (capacity >= 0),
    primary key (town_id, counter_id, day)
) with (fillfactor = 70);
comment on column place_counter.capacity is 'As of now for that day; null = no limit. Kept by take_place at creation and by imports of reference data';
call wall('place_counter');

create function capacity_of(of_town int, of_counter bigint, of_day date) returns int language sql stable as $$
    select coalesce(d.capacity, s.capacity)
      from schedule s
      left join schedule_date d on d.town_id = of_town and d.schedule_id = s.id and d.day = of_day and d.archived_at is null
     where s.town_id = of_town and s.id = of_counter
    union all
    select coalesce(d.capacity, p.capacity)
      from pool p
      left join pool_date d on d.town_id = of_town and d.pool_id = p.id and d.day = of_day and d.archived_at is null
     where p.town_id = of_town and p.id = of_counter
$$;

-- The counters that one place of a schedule takes: its own and those of its pools.
create function counters_of(of_town int, of_schedule bigint) returns setof bigint language sql stable as $$
    select of_schedule
    union all
    select pool_id from pool_schedule where town_id = of_town and schedule_id = of_schedule and archived_at is null
    order by 1
$$;

-- Locks everything that lines on these schedules and days will touch, in (day, counter) order, so that requests
-- of several lines cannot deadlock one another. The two arrays run in parallel.
create function lock_places(of_town int, schedules bigint[], days date[]) returns void language plpgsql as $$
begin
    insert into place_counter (town_id, counter_id, day, capacity)
    select distinct of_town, c.id, w.day, capacity_of(of_town, c.id, w.day)
      from unnest(schedules, days) as w (schedule, day), counters_of(of_town, w.schedule) as c (id)
     order by 3, 2
    on conflict do nothing;
    perform 1
       from place_counter p
      where p.town_id = of_town
        and (p.counter_id, p.day) in (
            select c.id, w.day from unnest(schedules, days) as w (schedule, day), counters_of(of_town, w.schedule) as c (id))
      order by p.day, p.counter_id
        for no key update;
end $$;

-- Takes one place on a schedule and in its pools, all or none, and never beyond a capacity.
-- Returns null when taken, else the counter that is full.
create function take_place(of_town int, of_schedule bigint, of_day date) returns bigint language plpgsql as $$
declare
    counter bigint;
    done    bigint[] := '{}';
begin
    for counter in select id from counters_of(of_town, of_schedule) as c (id) order by id loop
        update place_counter set taken = taken + 1
         where town_id = of_town and counter_id = counter and day = of_day and (capacity is null or taken < capacity);
        if not found then
            if not exists (select from place_counter where town_id = of_town and counter_id = counter and day = of_day) then
                insert into place_counter (town_id, counter_id, day, capacity)
                values (of_town, counter, of_day, capacity_of(of_town, counter, of_day)) on conflict do nothing;
                update place_counter set taken = taken + 1
                 where town_id = of_town and counter_id = counter and day = of_day and (capacity is null or taken < capacity);
            end if;
            if not found then
                update place_counter set taken = taken - 1
                 where town_id = of_town and counter_id = any (done) and day = of_day;
                return counter;
            end if;
        end if;
        done := done || counter;
    end loop;
    return null;
end $$;

create function release_place(of_town int, of_schedule bigint, of_day date) returns void language sql as $$
    update place_counter set taken = taken - 1
     where town_id = of_town and day = of_day
       and counter_id in (select p.counter_id from place_counter p
                           where p.town_id = of_town and p.day = of_day
                             and p.counter_id in (select id from counters_of(of_town, of_schedule) as c (id))
                           order by p.counter_id for no key update)
$$;
