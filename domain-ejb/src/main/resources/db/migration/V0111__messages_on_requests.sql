-- What the business application writes to a family about one of its requests.
create sequence request_message_seq increment by 50;
create table request_message (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    request_id  bigint not null,
    sent_at     timestamptz not null,
    text        text not null check (length(text) <= 4000),
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, request_id) references request
);
create index request_message_of_request on request_message (town_id, request_id, sent_at, id);
call wall('request_message');
