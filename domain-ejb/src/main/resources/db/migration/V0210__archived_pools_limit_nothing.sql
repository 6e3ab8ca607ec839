-- A pool that the business application has archived limits nothing and counts nothing, while its schedules go on.
create or replace function capacity_of(of_town int, of_counter bigint, of_day date) returns int language sql stable as $$
    select coalesce(d.capacity, s.capacity)
      from schedule s
      left join schedule_date d on d.town_id = of_town and d.schedule_id = s.id and d.day = of_day and d.archived_at is null
     where s.town_id = of_town and s.id = of_counter
    union all
    select coalesce(d.capacity, p.capacity)
      from pool p
      left join pool_date d on d.town_id = of_town and d.pool_id = p.id and d.day = of_day and d.archived_at is null
     where p.town_id = of_town and p.id = of_counter and p.archived_at is null
$$;

create or replace function counters_of(of_town int, of_schedule bigint) returns setof bigint language sql stable as $$
    select of_schedule
    union all
    select m.pool_id
      from pool_schedule m
      join pool p on p.town_id = of_town and p.id = m.pool_id and p.archived_at is null
     where m.town_id = of_town and m.schedule_id = of_schedule and m.archived_at is null
    order by 1
$$;

update place_counter c
   set capacity = null
  from pool p
 where p.town_id = c.town_id and p.id = c.counter_id and p.archived_at is not null and c.capacity is not null;
