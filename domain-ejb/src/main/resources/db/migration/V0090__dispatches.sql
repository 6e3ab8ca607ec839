-- What the business application is to hear of requests: one row for each time. Its position is given later, under the
-- lock of the town's dispatch_state, to rows that have committed: none can come to stand before one already handed out.
create sequence dispatch_seq;
create table dispatch (
    town_id      int not null references town,
    id           bigint not null,
    request_id   bigint not null,
    ref          text not null,
    operation    text not null check (operation in ('NEW', 'WITHDRAW', 'UPDATE')),
    account_code text,
    civility     text not null,
    last_name    text not null,
    first_name   text not null,
    email        text not null,
    at           timestamptz not null,
    position     bigint,
    primary key (town_id, id),
    foreign key (town_id, request_id) references request
);
comment on column dispatch.ref is 'The request''s; a withdrawal has one of its own';
comment on column dispatch.account_code is 'This and who sent it, as they were: a lot asked for again is the same lot';
comment on column dispatch.position is 'Null until it is put in line';
create unique index dispatch_position on dispatch (town_id, position) where position is not null;
create index dispatch_waiting on dispatch (town_id, id) where position is null;
create index dispatch_of_request on dispatch (town_id, request_id);
create unique index dispatch_withdrawal on dispatch (town_id, ref) where operation = 'WITHDRAW';
call wall('dispatch');

create table dispatch_line (
    town_id     int not null,
    dispatch_id bigint not null,
    line        int not null,
    outcome     text not null check (outcome in ('PENDING', 'ACCEPTED', 'REFUSED', 'WAITLISTED')),
    reason_code text,
    reason      text,
    primary key (town_id, dispatch_id, line),
    foreign key (town_id, dispatch_id) references dispatch
);
comment on column dispatch_line.outcome is 'As it stood then, with its reason';
call wall('dispatch_line');

-- How far the town is. Locked by whoever gives positions, cuts lots or acknowledges.
create table dispatch_state (
    town_id       int primary key references town,
    last_position bigint not null default 0,
    last_sequence bigint not null default 0,
    acknowledged  bigint not null default 0,
    check (acknowledged between 0 and last_position)
);
comment on column dispatch_state.acknowledged is 'Everything up to this position was taken by the business application';
call wall('dispatch_state');

-- A lot that was cut: who asks again after the same position for as many gets the same one.
create table outgoing_lot (
    town_id         int not null references town,
    sequence        bigint not null,
    lot_id          uuid not null,
    after_position  bigint not null,
    most            int not null check (most > 0),
    up_to           bigint not null,
    requests        int not null check (requests > 0),
    produced_at     timestamptz not null,
    acknowledged_at timestamptz,
    primary key (town_id, sequence),
    unique (town_id, lot_id),
    unique (town_id, after_position, most),
    check (up_to > after_position)
);
create index outgoing_lot_end on outgoing_lot (town_id, up_to);
call wall('outgoing_lot');
