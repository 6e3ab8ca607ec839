-- A mail that a server took and another gave back later: it stays sent, and agents see that it did not arrive.
alter table notice
    add returned_at     timestamptz,
    add returned_reason text,
    add check ((returned_at is null) = (returned_reason is null));
comment on column notice.returned_at is 'When a delivery report said that the mail will never arrive';
comment on column notice.returned_reason is 'The words of the mail server that did not take it';
