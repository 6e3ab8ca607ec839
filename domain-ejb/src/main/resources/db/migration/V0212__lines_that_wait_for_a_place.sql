-- Who waits for a place, and in which order. A column of its own, which nothing but waiting ever sets: an index on the
-- state would have to hear of every decision.
alter table request_line add waiting_since timestamptz;
comment on column request_line.waiting_since is 'Since when it stands on a waiting list; null where it does not';

update request_line l
   set waiting_since = coalesce(
           (select b.waiting_since
              from booking b
             where b.town_id = l.town_id and b.individual_id = l.individual_id and b.day = l.day
               and b.schedule_id = l.schedule_id and b.request_id = l.request_id and b.request_line = l.line),
           l.decided_at,
           (select r.submitted_at from request r where r.town_id = l.town_id and r.id = l.request_id))
 where l.state = 'WAITLISTED';

create index request_line_waiting on request_line (town_id, schedule_id, day) where waiting_since is not null;

-- Those whom the portal serves: of activities that it decides by itself, as long as their booking waits for this very
-- line. Who got a rank from the business application is served by it.
create function waiting_of(of_town int)
    returns table (request_id bigint, line int, individual_id bigint, schedule_id bigint, day date, since timestamptz)
    language sql stable as $$
    select l.request_id, l.line, l.individual_id, l.schedule_id, l.day, l.waiting_since
      from request_line l
      join schedule s on s.town_id = of_town and s.id = l.schedule_id
      join activity a on a.town_id = of_town and a.id = s.activity_id and a.decision = 'AUTOMATIC'
      join booking b on b.town_id = of_town and b.individual_id = l.individual_id and b.day = l.day
                    and b.schedule_id = l.schedule_id and b.state = 'WAITLISTED' and b.archived_at is null
                    and b.request_id = l.request_id and b.request_line = l.line
     where l.town_id = of_town and l.waiting_since is not null and l.waiting_rank is null
$$;

-- The place of a line that waits, from 1: as the business application told it, else among those who wait for the same
-- schedule and day. Null where it does not wait, or nobody knows.
create function waiting_rank(of_town int, of_request bigint, of_line int) returns int language sql stable as $$
    select coalesce(l.waiting_rank, nullif((
               select count(*) filter (where (w.since, w.request_id, w.line) <= (l.waiting_since, l.request_id, l.line))
                      * max((w.request_id = l.request_id and w.line = l.line)::int)
                 from waiting_of(of_town) w
                where w.schedule_id = l.schedule_id and w.day = l.day), 0)::int)
      from request_line l
     where l.town_id = of_town and l.request_id = of_request and l.line = of_line and l.state = 'WAITLISTED'
$$;
