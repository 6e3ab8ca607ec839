-- What a restart needs to know of a run, and what one step tells the next.
alter table processing_run add job_execution bigint;
comment on column processing_run.job_execution is 'The latest execution in the job repository, restarted after a crash';
alter table processing_file
    add columns text[],
    add unreadable_keys boolean not null default false,
    add read_warnings bigint not null default 0,
    add missing bigint not null default 0;
comment on column processing_file.missing is 'Rows in place that a full lot lacks: they are to be archived';
comment on column processing_file.columns is 'Those that the header has: an absent column leaves what is stored';
comment on column processing_file.unreadable_keys is 'Some row''s key could not be read: nothing of the file is archived';

-- A simulation is never a conflict with the lot itself.
alter table lot drop constraint lot_town_id_lot_id_key;
create unique index lot_once on lot (town_id, lot_id) where not dry_run;
create index lot_by_uuid on lot (town_id, lot_id);
