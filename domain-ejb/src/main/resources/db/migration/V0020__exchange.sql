-- Lots from the business application, their runs as agents see them, and what was rejected and why.

create sequence lot_seq;
create table lot (
    town_id                 int not null references town,
    id                      bigint not null,
    lot_id                  uuid not null,
    flow                    text not null check (flow in ('REFERENCE', 'INDIVIDUALS', 'REGISTRATIONS', 'BOOKINGS', 'DECISIONS', 'BILLING')),
    mode                    text not null check (mode in ('FULL', 'DELTA')),
    sequence                bigint not null check (sequence > 0),
    universe                text not null,
    producer                text,
    produced_at             timestamptz,
    from_day                date,
    to_day                  date,
    includes_requests_up_to text,
    dry_run                 boolean not null,
    state                   text not null check (state in ('RECEIVED', 'WAITING', 'RUNNING', 'APPLIED', 'REFUSED', 'GUARD', 'FAILED', 'CANCELLED', 'SUPERSEDED')),
    waiting_for             text,
    manifest                text not null,
    reasons                 text not null default '[]',
    zipped_size             bigint not null,
    unzipped_size           bigint not null,
    sha256                  bytea not null,
    received_at             timestamptz not null,
    started_at              timestamptz,
    ended_at                timestamptz,
    erased_at               timestamptz,
    run_id                  bigint,
    primary key (town_id, id),
    unique (town_id, lot_id)
);
comment on column lot.sha256 is 'Of the content (flow, mode, sequence, files and their hashes), not of the ZIP: packed anew, a lot is still the same';
comment on column lot.waiting_for is 'flow/sequence of what is missing or not finished';
comment on column lot.reasons is 'JSON array of {code, file, line, column, detail}: why the lot as a whole was refused, held or failed';
comment on column lot.erased_at is 'When its chunks were erased (30 days after it was received)';
create index lot_of_flow on lot (town_id, flow, sequence);
create index lot_open on lot (town_id, id) where state in ('RECEIVED', 'WAITING', 'RUNNING', 'GUARD');
call wall('lot');

-- The ZIP as it came, in pieces of 1 MiB, encrypted under the town's key.
create table lot_chunk (
    town_id int not null,
    lot_id  bigint not null,
    n       int not null,
    bytes   bytea not null,
    primary key (town_id, lot_id, n),
    foreign key (town_id, lot_id) references lot on delete cascade
);
-- Cipher text does not compress.
alter table lot_chunk alter bytes set storage external;
call wall('lot_chunk');

-- The last sequence that a flow has used up; a lot that was refused or failed leaves its sequence open.
create table flow_state (
    town_id       int not null references town,
    flow          text not null,
    last_sequence bigint not null,
    primary key (town_id, flow)
);
call wall('flow_state');

-- One line of « État des traitements ».
create sequence processing_run_seq;
create table processing_run (
    town_id    int not null references town,
    id         bigint not null,
    universe   text not null,
    type       text not null,
    lot_id     bigint,
    started_at timestamptz not null,
    ended_at   timestamptz,
    progress   int not null default 0 check (progress between 0 and 100),
    received   bigint not null default 0,
    created    bigint not null default 0,
    changed    bigint not null default 0,
    unchanged  bigint not null default 0,
    archived   bigint not null default 0,
    rejected   bigint not null default 0,
    warnings   bigint not null default 0,
    result     text not null check (result in ('RUNNING', 'DONE', 'DONE_WITH_REJECTS', 'SIMULATED', 'REFUSED', 'GUARD', 'FAILED', 'CANCELLED')),
    attempt    int not null default 1,
    merged     boolean not null default false,
    primary key (town_id, id),
    foreign key (town_id, lot_id) references lot
);
comment on column processing_run.attempt is 'Grows with every restart: what an earlier attempt still writes is refused';
comment on column processing_run.merged is 'Set in the transaction that merges: from then on a restart only reports';
create index processing_run_by_date on processing_run (town_id, started_at desc, id desc);
call wall('processing_run');

create table processing_file (
    town_id   int not null,
    run_id    bigint not null,
    file      text not null,
    received  bigint not null default 0,
    created   bigint not null default 0,
    changed   bigint not null default 0,
    unchanged bigint not null default 0,
    archived  bigint not null default 0,
    rejected  bigint not null default 0,
    warnings  bigint not null default 0,
    primary key (town_id, run_id, file),
    foreign key (town_id, run_id) references processing_run
);
call wall('processing_file');

create table rejected_row (
    town_id     int not null,
    run_id      bigint not null,
    n           bigint not null,
    file        text not null,
    line        bigint,
    column_name text,
    code        text not null,
    severity    text not null check (severity in ('REJECT', 'WARNING')),
    value_enc   bytea,
    detail      text,
    primary key (town_id, run_id, n),
    foreign key (town_id, run_id) references processing_run
);
comment on column rejected_row.detail is 'Completes the reason: the file referred to, the bounds; never a person''s data';
call wall('rejected_row');

-- Statistics of live tables after a large merge: the application owns none of them and may not gather any itself.
create function refresh_statistics(of_table text) returns void language plpgsql security definer
    set search_path = app, pg_temp as $$
begin
    if of_table not in ('family', 'business_account', 'individual', 'membership', 'pickup_contact', 'allergy', 'vaccination',
                        'class_assignment', 'supporting_document', 'registration', 'booking', 'place_counter', 'schedule',
                        'schedule_date', 'pool_date', 'school_class') then
        raise exception 'No statistics of %', of_table;
    end if;
    execute format('analyze %I', of_table);
end $$;
revoke execute on function refresh_statistics(text) from public;
grant execute on function refresh_statistics(text) to portal_app;

grant usage on all sequences in schema app to portal_app;
