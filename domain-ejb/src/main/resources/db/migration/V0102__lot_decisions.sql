-- What agents decided on lots: kept for ever, beside what the runs did.
create sequence lot_decision_seq;
create table lot_decision (
    town_id  int not null,
    id       bigint not null default nextval('lot_decision_seq'),
    lot_id   bigint not null,
    run_id   bigint,
    kind     text not null check (kind in ('CONFIRMED', 'CANCELLED', 'RESTARTED', 'CORRECTIONS_READ')),
    agent_id bigint not null,
    at       timestamptz not null,
    primary key (town_id, id),
    foreign key (town_id, lot_id) references lot,
    foreign key (town_id, agent_id) references agent
);
comment on column lot_decision.run_id is 'The run that the agent had in view';
create index lot_decision_of_lot on lot_decision (town_id, lot_id, id);
call wall('lot_decision');
grant usage on sequence lot_decision_seq to portal_app;
