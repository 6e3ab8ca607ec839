create sequence regie_seq increment by 50;
create table regie (
    town_id       int not null references town,
    id            bigint not null,
    ref           text not null,
    name          text not null,
    issuer        text not null,
    payfip_client text,
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, id),
    unique (town_id, ref)
);
call wall('regie');

create sequence facility_seq increment by 50;
create table facility (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    name        text not null,
    kind        text not null check (kind in ('SCHOOL', 'LEISURE_CENTRE', 'NURSERY', 'CANTEEN', 'OTHER')),
    uai         text,
    street      text,
    postcode    text,
    city        text,
    phone       text,
    email       text,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref)
);
call wall('facility');

create sequence school_class_seq increment by 50;
create table school_class (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    facility_id bigint not null,
    school_year text not null,
    name        text not null,
    level       text,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, facility_id) references facility
);
call wall('school_class');

-- Which class a child is in, per school year: the roll-over in summer keeps the past.
create table class_assignment (
    town_id       int not null references town,
    individual_id bigint not null,
    school_year   text not null,
    class_id      bigint not null,
    primary key (town_id, individual_id, school_year),
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, class_id) references school_class
);
call wall('class_assignment');

create sequence activity_seq increment by 50;
create table activity (
    town_id         int not null references town,
    id              bigint not null,
    ref             text not null,
    name            text not null,
    kind            text not null
        check (kind in ('CANTEEN', 'BEFORE_SCHOOL', 'AFTER_SCHOOL', 'WEDNESDAY', 'HOLIDAY', 'NURSERY', 'OTHER')),
    regie_id        bigint,
    decision        text not null check (decision in ('AUTOMATIC', 'BUSINESS')),
    tax_certificate boolean not null default false,
    description     text,
    sort_order      int,
    created_run     bigint,
    changed_run     bigint,
    archived_at     timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, regie_id) references regie
);
call wall('activity');

-- Schedules and pools share one sequence: both are counted in place_counter under their id.
create sequence place_seq increment by 50;

create table schedule (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    activity_id bigint not null,
    facility_id bigint not null,
    start_time  time not null,
    end_time    time not null,
    weekdays    text check (weekdays ~ '^[1-7]*$'),
    capacity    int check (capacity >= 0),
    valid_from  date not null,
    valid_to    date not null,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, activity_id) references activity,
    foreign key (town_id, facility_id) references facility
);
comment on column schedule.weekdays is 'ISO weekday digits on which it is usually open; empty or null = none (schedule_date opens days)';
comment on column schedule.capacity is 'Null = no limit';
call wall('schedule');

create table schedule_date (
    town_id     int not null references town,
    schedule_id bigint not null,
    day         date not null,
    open        boolean not null,
    capacity    int check (capacity >= 0),
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, schedule_id, day),
    foreign key (town_id, schedule_id) references schedule
);
call wall('schedule_date');

create table pool (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    name        text not null,
    capacity    int not null check (capacity >= 0),
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref)
);
call wall('pool');

create table pool_schedule (
    town_id     int not null references town,
    pool_id     bigint not null,
    schedule_id bigint not null,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, schedule_id, pool_id),
    foreign key (town_id, pool_id) references pool,
    foreign key (town_id, schedule_id) references schedule
);
call wall('pool_schedule');

create table pool_date (
    town_id     int not null references town,
    pool_id     bigint not null,
    day         date not null,
    capacity    int not null check (capacity >= 0),
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, pool_id, day),
    foreign key (town_id, pool_id) references pool
);
call wall('pool_date');

create sequence period_seq increment by 50;
create table period (
    town_id        int not null references town,
    id             bigint not null,
    ref            text not null,
    name           text not null,
    kind           text not null check (kind in ('SCHOOL_YEAR', 'TERM', 'HOLIDAYS', 'OTHER')),
    start_day      date not null,
    end_day        date not null,
    activity_id    bigint,
    bookable_from  timestamptz,
    bookable_until timestamptz,
    created_run    bigint,
    changed_run    bigint,
    archived_at    timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, activity_id) references activity
);
call wall('period');

create sequence closure_seq increment by 50;
create table closure (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    start_day   date not null,
    end_day     date not null,
    reason      text not null,
    facility_id bigint,
    activity_id bigint,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, facility_id) references facility,
    foreign key (town_id, activity_id) references activity
);
call wall('closure');

-- Unordered pairs: the smaller id stands first.
create table incompatibility (
    town_id              int not null references town,
    activity_id          bigint not null,
    excluded_activity_id bigint not null,
    created_run          bigint,
    changed_run          bigint,
    archived_at          timestamptz,
    primary key (town_id, activity_id, excluded_activity_id),
    check (activity_id < excluded_activity_id),
    foreign key (town_id, activity_id) references activity,
    foreign key (town_id, excluded_activity_id) references activity
);
call wall('incompatibility');

create sequence booking_rule_seq increment by 50;
create table booking_rule (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    activity_id bigint not null,
    action      text not null check (action in ('BOOK', 'CANCEL')),
    weekday     smallint check (weekday between 1 and 7),
    kind        text not null check (kind in ('DAYS_BEFORE', 'WEEK_BEFORE', 'MONTH_BEFORE', 'FIXED')),
    n           int check (n >= 0),
    day_kind    text check (day_kind in ('CALENDAR', 'WORKING', 'SERVICE')),
    at_weekday  smallint check (at_weekday between 1 and 7),
    at_day      smallint check (at_day between 1 and 31),
    at_time     time,
    until       timestamptz,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, activity_id) references activity
);
call wall('booking_rule');

create sequence document_type_seq increment by 50;
create table document_type (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    name        text not null,
    per         text not null check (per in ('CHILD', 'FAMILY')),
    validity    text not null check (validity in ('PERMANENT', 'SCHOOL_YEAR', 'YEAR', 'SEMESTER', 'MONTHS')),
    months      int,
    mandatory   boolean not null,
    kind        text check (kind in ('PAI', 'INSURANCE', 'CAF', 'OTHER')),
    activity_id bigint,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, activity_id) references activity
);
call wall('document_type');

create sequence supporting_document_seq increment by 50;
create table supporting_document (
    town_id          int not null references town,
    id               bigint not null,
    document_type_id bigint not null,
    family_id        bigint,
    individual_id    bigint,
    status           text not null check (status in ('MISSING', 'RECEIVED', 'VALID', 'REFUSED', 'EXPIRED')),
    valid_until      date,
    file_name        text,
    document         text,
    received_on      date,
    created_run      bigint,
    changed_run      bigint,
    archived_at      timestamptz,
    primary key (town_id, id),
    check ((family_id is null) <> (individual_id is null)),
    foreign key (town_id, document_type_id) references document_type,
    foreign key (town_id, family_id) references family,
    foreign key (town_id, individual_id) references individual
);
create unique index supporting_document_key
    on supporting_document (town_id, document_type_id, family_id, individual_id) nulls not distinct;
call wall('supporting_document');

create table code (
    town_id     int not null references town,
    list        text not null,
    code        text not null,
    label       text not null,
    grouping    text,
    sort_order  int,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, list, code)
);
call wall('code');
