-- Who sent a lot, and to what effect of which run an agent agreed when the guard held it.
alter table lot
    add sender        text not null default 'KEY' check (sender in ('KEY', 'AGENT', 'FOLDER')),
    add sender_id     bigint,
    add confirmed_run bigint;
comment on column lot.sender is 'How it came: with an exchange key, by hand of an agent, through the drop folder';
comment on column lot.sender_id is 'The key or the agent';
comment on column lot.confirmed_run is 'The held run whose effect an agent saw and confirmed';
