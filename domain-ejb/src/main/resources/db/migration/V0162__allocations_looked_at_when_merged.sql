-- What is allocated is never more than what was collected, seen from either side. A lot goes through states of which that
-- is not true yet: it changes a payment before its allocations, archives before it changes and changes before it adds. A
-- merge says so (portal.merging) and has all that it touched looked at when it is done.
create function refuse_beyond_collected(of_town int, of_payments bigint[]) returns void language plpgsql as $$
begin
    if exists (
        select from payment p
          join (select a.payment_id, sum(a.amount) as amount from allocation a
                 where a.town_id = of_town and a.payment_id = any (of_payments) and a.archived_at is null
                 group by a.payment_id) s on s.payment_id = p.id
         where p.town_id = of_town and p.id = any (of_payments)
           and case when p.collected >= 0 then s.amount > p.collected else s.amount < p.collected end)
    then
        raise exception 'A payment is allocated beyond what was collected' using errcode = 'check_violation';
    end if;
end $$;

create or replace function allocations_within_payments() returns trigger language plpgsql as $$
begin
    if current_setting('portal.merging', true) = 'on' then
        return null;
    end if;
    perform refuse_beyond_collected(w.town_id, array_agg(distinct w.payment_id)) from written w group by w.town_id;
    return null;
end $$;

create function payments_cover_allocations() returns trigger language plpgsql as $$
begin
    if current_setting('portal.merging', true) = 'on' then
        return null;
    end if;
    perform refuse_beyond_collected(w.town_id, array_agg(w.id))
       from written w join before b on b.town_id = w.town_id and b.id = w.id
      where b.collected <> w.collected group by w.town_id;
    return null;
end $$;
create trigger payment_updated after update on payment referencing old table as before new table as written
    for each statement execute function payments_cover_allocations();
