-- Links sent by e-mail that work once: activation, new password, change of address. Only a hash is kept.
create sequence one_time_link_seq increment by 50;
create table one_time_link (
    town_id    int not null references town,
    id         bigint not null default nextval('one_time_link_seq'),
    purpose    text not null,
    subject_id bigint not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (town_id, id),
    unique (town_id, token_hash)
);
comment on column one_time_link.subject_id is 'The citizen account or agent it was sent to, by purpose';
create index one_time_link_of_subject on one_time_link (town_id, purpose, subject_id);
call wall('one_time_link');

-- How often something was tried within a window. The key is a keyed hash: no address stands here in clear.
create table throttle (
    town_id      int not null references town,
    what         text not null,
    key_mac      bytea not null,
    window_start timestamptz not null,
    tries        int not null,
    primary key (town_id, what, key_mac)
);
call wall('throttle');
