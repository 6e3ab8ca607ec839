-- Short messages that go beside a notice to those who accept them. A town sends none until it says so.
alter table notice_settings add sms boolean not null default false;
comment on column notice_settings.sms is 'Whether the town''s families are told by SMS too, where a gateway is installed';

create sequence text_message_seq;
create table text_message (
    town_id         int not null references town,
    id              bigint not null,
    notice_id       bigint not null,
    phone           text not null check (phone ~ '^\+[1-9][0-9]{7,14}$'),
    words           text not null check (length(words) <= 1000),
    key             uuid not null,
    state           text not null check (state in ('QUEUED', 'SENT', 'FAILED')),
    attempts        int not null default 0,
    next_attempt_at timestamptz,
    last_error      text,
    created_at      timestamptz not null,
    sent_at         timestamptz,
    primary key (town_id, id),
    unique (town_id, notice_id, phone),
    foreign key (town_id, notice_id) references notice,
    check ((state = 'SENT') = (sent_at is not null)),
    check ((state = 'QUEUED') = (next_attempt_at is not null))
);
comment on column text_message.words is 'That there is news and where to read it: nothing about anybody';
comment on column text_message.key is 'Drawn once and kept over all tries, so that a gateway that got the message twice can tell';
call wall('text_message');

grant usage on sequence text_message_seq to portal_app;
