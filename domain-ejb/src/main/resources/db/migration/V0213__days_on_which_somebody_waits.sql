-- Days on which somebody waits are looked at by the sweep that serves them: one row for each town and day (the item is the
-- day's number since 1970-01-01), due when a place may have come free or somebody's time is over.
insert into work_due (kind, town_id, item_id, due_at)
select 'WAITING', t.id, w.day - date '1970-01-01', min(w.since)
  from town t, waiting_of(t.id) w
 group by t.id, w.day
    on conflict do nothing;
