-- A window takes its decisions in one statement; the e-mails are written after it, in the same transaction.
alter table digest alter column notice_id drop not null;
