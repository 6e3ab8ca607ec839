-- PDFs of invoices: each content once. One that a run stored is pending until the run has merged.
create table invoice_document (
    town_id     int not null,
    document_id bigint not null,
    sha256      bytea not null,
    pending_run bigint,
    primary key (town_id, document_id),
    foreign key (town_id, document_id) references stored_document on delete cascade
);
comment on column invoice_document.pending_run is 'The run that stored it and has not merged yet: taken back if it never does';
create unique index invoice_document_content on invoice_document (town_id, sha256) where pending_run is null;
create index invoice_document_pending on invoice_document (town_id, pending_run) where pending_run is not null;
call wall('invoice_document');
