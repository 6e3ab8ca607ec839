-- Requests that were submitted before there was a way out wait for it like all others.
insert into dispatch (town_id, id, request_id, ref, operation, account_code, civility, last_name, first_name, email, at)
select r.town_id, nextval('dispatch_seq'), r.id, r.ref, 'NEW',
       (select b.account_code from business_account b
         where b.town_id = r.town_id and b.family_id = r.family_id
         order by b.archived_at is not null, b.id limit 1),
       a.civility, a.last_name, a.first_name, a.email, r.submitted_at
  from (select * from request order by submitted_at, id) r
  join citizen_account a on a.town_id = r.town_id and a.id = r.account_id;

insert into dispatch_line (town_id, dispatch_id, line, outcome, reason_code, reason)
select d.town_id, d.id, l.line,
       case when l.state in ('ACCEPTED', 'REFUSED', 'WAITLISTED') then l.state else 'PENDING' end, l.reason_code, l.reason
  from dispatch d
  join request_line l on l.town_id = d.town_id and l.request_id = d.request_id;
