-- Who works on an item, so that a server that was killed takes its own work back at once when it starts again, and when
-- the item's effect on the outside world was there: from then on it only waits to be noted with its notice.
alter table work_due
    add lent_to text,
    add done_at timestamptz;
