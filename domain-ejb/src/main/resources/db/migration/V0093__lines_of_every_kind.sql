-- One space of line numbers for each request, whatever its lines ask for: each has a state and is decided the same way.
alter table request_line
    add kind text not null default 'BOOKING' check (kind in ('BOOKING', 'CHANGE', 'UPLOAD')),
    alter action drop not null,
    alter individual_id drop not null,
    alter schedule_id drop not null,
    alter day drop not null,
    add check (num_nonnulls(action, individual_id, schedule_id, day) = case kind when 'BOOKING' then 4 else 0 end);
comment on column request_line.kind is 'BOOKING lines are whole here; of the others change_line and upload_line tell';

-- One value that a family asks to change. Values and what they belong to may be about health or a bank account.
create table change_line (
    town_id      int not null,
    request_id   bigint not null,
    line         int not null,
    operation    text not null check (operation in ('CHANGE', 'ADD', 'REMOVE')),
    subject_kind text not null
        check (subject_kind in ('FAMILY', 'INDIVIDUAL', 'PICKUP_CONTACT', 'ALLERGY', 'VACCINATION', 'PHOTO')),
    subject_enc  bytea,
    parent_ref   text,
    item         text,
    field        text not null check (field ~ '^[a-z][a-z0-9_]{0,39}$'),
    old_enc      bytea,
    new_enc      bytea,
    primary key (town_id, request_id, line),
    foreign key (town_id, request_id, line) references request_line
);
comment on column change_line.subject_enc is 'The reference of what changes; nothing yet for what is added. That of an allergy is its code';
comment on column change_line.item is 'Lines with the same item make one new row';
call wall('change_line');

-- A paper that a family hands in.
create table upload_line (
    town_id       int not null,
    request_id    bigint not null,
    line          int not null,
    type_ref      text not null,
    subject_ref   text not null,
    file_name_enc bytea not null,
    comment_enc   bytea,
    extension     text not null check (extension ~ '^[a-z0-9]{1,8}$'),
    document_id   bigint not null,
    primary key (town_id, request_id, line),
    foreign key (town_id, request_id, line) references request_line,
    foreign key (town_id, document_id) references stored_document
);
comment on column upload_line.type_ref is 'Of a document type, or _PHOTO or _OTHER';
create index upload_line_of_document on upload_line (town_id, document_id);
call wall('upload_line');
