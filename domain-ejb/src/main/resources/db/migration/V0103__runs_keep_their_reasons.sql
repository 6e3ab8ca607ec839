-- A lot may have several runs: held and confirmed, failed and restarted. Each keeps why it ended as it did. Lots that
-- were never applied (superseded, cancelled) get a line too, so that none vanishes.
alter table processing_run
    add reasons text not null default '[]',
    drop constraint processing_run_result_check,
    add constraint processing_run_result_check check (result in ('RUNNING', 'DONE', 'DONE_WITH_REJECTS', 'SIMULATED',
        'REFUSED', 'GUARD', 'CONFIRMED', 'FAILED', 'CANCELLED', 'SUPERSEDED'));
comment on column processing_run.reasons is 'As those of its lot, when it ended';
update processing_run r set reasons = l.reasons from lot l where l.town_id = r.town_id and l.run_id = r.id;
create index processing_run_live on processing_run (town_id, id) where ended_at is null;
