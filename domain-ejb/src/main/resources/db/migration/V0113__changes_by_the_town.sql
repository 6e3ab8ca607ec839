-- « Modifié par la ville »: a future day that a lot of bookings changed without a request, and the account that the next
-- digest tells of it. As with decisions, the key of digest_change says that it is told once.
create sequence booking_change_seq increment by 50;
create table booking_change (
    town_id       int not null references town,
    id            bigint not null,
    account_id    bigint not null,
    individual_id bigint not null,
    schedule_id   bigint not null,
    day           date not null,
    old_state     text not null check (old_state in ('BOOKED', 'ABSENT', 'NOT_BOOKED')),
    new_state     text not null check (new_state in ('BOOKED', 'ABSENT', 'NOT_BOOKED')),
    run_id        bigint not null,
    recorded_at   timestamptz not null,
    digested      boolean not null default false,
    primary key (town_id, id),
    foreign key (town_id, account_id) references citizen_account,
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, schedule_id) references schedule,
    check (old_state <> new_state)
);
create index booking_change_undelivered on booking_change (town_id, recorded_at) where not digested;
call wall('booking_change');

create table digest_change (
    town_id   int not null references town,
    change_id bigint not null,
    digest_id bigint not null,
    primary key (town_id, change_id),
    foreign key (town_id, change_id) references booking_change,
    foreign key (town_id, digest_id) references digest
);
create index digest_change_of_digest on digest_change (town_id, digest_id);
call wall('digest_change');
revoke update, delete on digest_change from portal_app;

alter table digest_window add changes int not null default 0;
