-- Documents, kept in pieces of 1 MiB, encrypted under the town's key: takeover and restore need nothing but the database.
create sequence stored_document_seq increment by 50;
create table stored_document (
    town_id   int not null references town,
    id        bigint not null,
    sha256    bytea not null,
    size      bigint not null check (size >= 0),
    stored_at timestamptz not null,
    primary key (town_id, id)
);
comment on column stored_document.sha256 is 'Of the plain content';
call wall('stored_document');

create table document_chunk (
    town_id     int not null,
    document_id bigint not null,
    n           int not null,
    bytes       bytea not null,
    primary key (town_id, document_id, n),
    foreign key (town_id, document_id) references stored_document on delete cascade
);
-- Cipher text does not compress.
alter table document_chunk alter bytes set storage external;
call wall('document_chunk');
