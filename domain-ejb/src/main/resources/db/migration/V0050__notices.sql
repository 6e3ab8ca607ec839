-- E-mails on their way (transactional outbox) and the digests of decisions.

create sequence notice_seq;
create table notice (
    town_id         int not null references town,
    id              bigint not null,
    template        text not null,
    recipient       text not null,
    subject         text not null,
    model_enc       bytea,
    message_id      text not null,
    state           text not null check (state in ('QUEUED', 'SENT', 'FAILED')),
    attempts        int not null default 0,
    next_attempt_at timestamptz,
    last_error      text,
    created_at      timestamptz not null,
    sent_at         timestamptz,
    request_id      bigint,
    account_id      bigint,
    primary key (town_id, id),
    foreign key (town_id, request_id) references request,
    foreign key (town_id, account_id) references citizen_account,
    check ((state = 'SENT') = (sent_at is not null)),
    check (state <> 'QUEUED' or (model_enc is not null and next_attempt_at is not null))
);
comment on column notice.model_enc is 'What the template is filled with, as JSON, encrypted: children''s days, and links that open an account. Erased once sent where it bears such a link';
comment on column notice.message_id is 'Drawn once and kept over all tries, so that a mail server that got it twice can tell';
create index notice_of_request on notice (town_id, request_id) where request_id is not null;
create index notice_of_account on notice (town_id, account_id, id) where account_id is not null;
create index notice_by_date on notice (town_id, created_at desc, id desc);
call wall('notice');

-- A window that was closed: everything undelivered and recorded at or before its end went into its digests.
create table digest_window (
    town_id   int not null references town,
    ends_at   timestamptz not null,
    forced    boolean not null,
    closed_at timestamptz not null,
    accounts  int not null,
    decisions int not null,
    primary key (town_id, ends_at)
);
call wall('digest_window');

create sequence digest_seq;
create table digest (
    town_id    int not null references town,
    id         bigint not null,
    account_id bigint not null,
    ends_at    timestamptz not null,
    notice_id  bigint not null,
    primary key (town_id, id),
    unique (town_id, ends_at, account_id),
    foreign key (town_id, account_id) references citizen_account,
    foreign key (town_id, ends_at) references digest_window,
    foreign key (town_id, notice_id) references notice
);
call wall('digest');

-- The key says it: a decision is in one digest at most, whatever runs twice.
create table digest_entry (
    town_id     int not null references town,
    decision_id bigint not null,
    digest_id   bigint not null,
    primary key (town_id, decision_id),
    foreign key (town_id, decision_id) references decision,
    foreign key (town_id, digest_id) references digest
);
create index digest_entry_of_digest on digest_entry (town_id, digest_id);
call wall('digest_entry');
revoke update, delete on digest_entry, digest_window from portal_app;

alter table town add sender_address text;
comment on column town.sender_address is 'No-reply address of the town''s e-mails; empty = that of the server''s mail session';

grant usage on all sequences in schema app to portal_app;
