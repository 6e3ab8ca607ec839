-- What a family writes to the town about one of its requests; goes out with the dispatch that tells of it.
create sequence family_message_seq increment by 50;
create table family_message (
    town_id     int not null references town,
    id          bigint not null,
    request_id  bigint not null,
    dispatch_id bigint not null,
    sent_at     timestamptz not null,
    text        text not null check (length(text) between 1 and 4000),
    primary key (town_id, id),
    foreign key (town_id, request_id) references request,
    foreign key (town_id, dispatch_id) references dispatch
);
create index family_message_of_request on family_message (town_id, request_id, sent_at, id);
create index family_message_of_dispatch on family_message (town_id, dispatch_id);
call wall('family_message');
