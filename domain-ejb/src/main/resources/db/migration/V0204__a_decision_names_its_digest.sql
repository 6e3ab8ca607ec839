-- What a digest tells names that digest, in place of a mark and a row beside it: half of the work of closing a window.
-- That it is told once is a matter of walls: it is recorded untold, and once it names a digest nobody who serves families
-- can change it, or take it away.
alter table decision add digest_id bigint;
update decision d set digest_id = e.digest_id
  from digest_entry e where e.town_id = d.town_id and e.decision_id = d.id;
drop table digest_entry;
alter table decision drop digested;
alter table decision add foreign key (town_id, digest_id) references digest;
create index decision_untold on decision (town_id, recorded_at) where digest_id is null;
create policy told_once on decision as restrictive for update using (digest_id is null) with check (true);
create policy recorded_untold on decision as restrictive for insert with check (digest_id is null);
revoke delete on decision from portal_app;
comment on column decision.digest_id is 'The digest that tells of it; null until a window takes it';

alter table booking_change add digest_id bigint;
update booking_change c set digest_id = e.digest_id
  from digest_change e where e.town_id = c.town_id and e.change_id = c.id;
drop table digest_change;
alter table booking_change drop digested;
alter table booking_change add foreign key (town_id, digest_id) references digest;
create index booking_change_untold on booking_change (town_id, recorded_at) where digest_id is null;
create policy told_once on booking_change as restrictive for update using (digest_id is null) with check (true);
create policy recorded_untold on booking_change as restrictive for insert with check (digest_id is null);
revoke delete on booking_change from portal_app;
comment on column booking_change.digest_id is 'As of decisions';
