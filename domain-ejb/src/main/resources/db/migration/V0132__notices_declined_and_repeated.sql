-- A notice that its addressee does not want is kept, so that agents see why nothing came; and one can be sent again.
alter table notice drop constraint notice_state_check;
alter table notice add constraint notice_state_check check (state in ('QUEUED', 'SENT', 'FAILED', 'DECLINED'));
alter table notice
    add repeats bigint,
    add foreign key (town_id, repeats) references notice;
comment on column notice.repeats is 'The notice that an agent had sent again by this one';
create index notice_of_message on notice (town_id, message_id);
