-- Few of all notices: agents list them with their reasons.
create index notice_unsent on notice (town_id, created_at desc, id desc)
    where state = 'FAILED' or state = 'QUEUED' and last_error is not null or returned_at is not null;
