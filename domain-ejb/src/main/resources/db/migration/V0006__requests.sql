create sequence request_seq increment by 50;
create table request (
    town_id        int not null references town,
    id             bigint not null,
    ref            text not null,
    account_id     bigint not null,
    family_id      bigint,
    kind           text not null,
    type           text not null,
    operation      text not null check (operation in ('NEW', 'WITHDRAW', 'UPDATE')),
    origin         text not null check (origin in ('FAMILY', 'AGENT', 'PORTAL')),
    agent_reason   text,
    comment        text,
    state          text not null check (state in ('IN_PROGRESS', 'ACCEPTED', 'PARTLY_ACCEPTED', 'REFUSED', 'WITHDRAWN')),
    line_count     int not null,
    decided_count  int not null default 0,
    unseen_events  int not null default 0,
    submitted_at   timestamptz not null,
    submission_key uuid not null,
    version        int not null default 0,
    primary key (town_id, id),
    foreign key (town_id, account_id) references citizen_account,
    foreign key (town_id, family_id) references family
);
comment on column request.ref is 'Public, random, never used again: {year}-{10 of Crockford base32}';
comment on column request.submission_key is 'Drawn when the form was shown: the same form sent twice is one request';
create unique index request_ref on request (town_id, ref);
create unique index request_submission on request (town_id, account_id, submission_key);
create index request_of_account on request (town_id, account_id, submitted_at desc);
create index request_of_family on request (town_id, family_id, submitted_at desc);
create index request_by_date on request (town_id, submitted_at desc, id desc);
call wall('request');

-- One child, activity and day (booking and absence lines).
create table request_line (
    town_id       int not null references town,
    request_id    bigint not null,
    line          int not null,
    action        text not null check (action in ('BOOK', 'CANCEL')),
    individual_id bigint not null,
    schedule_id   bigint not null,
    day           date not null,
    state         text not null
        check (state in ('SUBMITTED', 'TRANSMITTED', 'ACCEPTED', 'REFUSED', 'WAITLISTED', 'WITHDRAWN')),
    absence_code  text,
    reason_code   text,
    reason        text,
    waiting_rank  int,
    decided_at    timestamptz,
    version       int not null default 0,
    primary key (town_id, request_id, line),
    foreign key (town_id, request_id) references request,
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, schedule_id) references schedule
);
create index request_line_of_booking on request_line (town_id, individual_id, day, schedule_id);
call wall('request_line');

-- The historique of a request. Append-only.
create sequence request_event_seq increment by 50;
create table request_event (
    town_id    int not null references town,
    id         bigint not null,
    request_id bigint not null,
    line       int,
    kind       text not null,
    detail     text,
    at         timestamptz not null,
    primary key (town_id, id),
    foreign key (town_id, request_id) references request
);
create index request_event_of_request on request_event (town_id, request_id, at);
call wall('request_event');

-- A decision on a booking or absence line. Every one of them ends in exactly one digest: digest_entry's key says so.
create sequence decision_seq increment by 50;
create table decision (
    town_id     int not null references town,
    id          bigint not null,
    account_id  bigint not null,
    request_id  bigint not null,
    line        int not null,
    outcome     text not null check (outcome in ('ACCEPTED', 'REFUSED', 'WAITLISTED')),
    reason      text,
    recorded_at timestamptz not null,
    digested    boolean not null default false,
    primary key (town_id, id),
    foreign key (town_id, account_id) references citizen_account,
    foreign key (town_id, request_id, line) references request_line
);
create index decision_undelivered on decision (town_id, recorded_at) where not digested;
call wall('decision');

-- Who or which run changed what. Append-only; first loads write nothing here. Values of encrypted columns stay encrypted.
create table change_log (
    town_id    int not null references town,
    at         timestamptz not null,
    actor      text not null,
    run_id     bigint,
    table_name text not null,
    key        text not null,
    field      text not null,
    old_value  text,
    new_value  text
) partition by range (at);
create table change_log_default partition of change_log default;
create index change_log_of_key on change_log (town_id, table_name, key, at);
call wall('change_log');
revoke update, delete on change_log, request_event from portal_app;

grant usage on all sequences in schema app to portal_app;
alter default privileges in schema app grant usage on sequences to portal_app;
