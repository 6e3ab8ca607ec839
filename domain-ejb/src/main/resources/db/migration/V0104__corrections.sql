-- Rows that were rejected, corrected by hand and sent again: a lot that uses no sequence of the business application.
alter table lot
    add correction    boolean not null default false,
    add corrected_run bigint,
    drop constraint lot_sequence_check,
    add constraint lot_sequence_check check (case when correction then sequence = 0 else sequence > 0 end);
comment on column lot.correction is 'Uses no sequence (0 stands for it) and is never in conflict with those that do';
comment on column lot.corrected_run is 'The run whose rejected rows it corrects, where the agent came from one';
