-- Agents of the town, their profiles, and the menus that a profile opens. Their one-time links stand with those of families.
create sequence agent_seq;
create table agent (
    town_id         int not null references town,
    id              bigint not null default nextval('agent_seq'),
    email           text not null check (length(email) <= 254),
    email_key       text not null,
    last_name       text,
    first_name      text,
    password_hash   text,
    state           text not null check (state in ('INVITED', 'ACTIVE', 'DISABLED')),
    created_at      timestamptz not null,
    activated_at    timestamptz,
    last_sign_in_at timestamptz,
    version         int not null default 0,
    primary key (town_id, id),
    unique (town_id, email_key),
    check (state <> 'ACTIVE' or password_hash is not null)
);
comment on column agent.version is 'Grows with every change of password, state or profiles: a session of an earlier one ends';
call wall('agent');

create sequence profile_seq;
create table profile (
    town_id   int not null references town,
    id        bigint not null default nextval('profile_seq'),
    name      text not null check (length(name) <= 100),
    all_menus boolean not null default false,
    primary key (town_id, id),
    unique (town_id, name)
);
comment on column profile.all_menus is 'Opens every menu, those of later versions too';
call wall('profile');

create table profile_menu (
    town_id    int not null references town,
    profile_id bigint not null,
    menu       text not null,
    primary key (town_id, profile_id, menu),
    foreign key (town_id, profile_id) references profile
);
call wall('profile_menu');

create table agent_profile (
    town_id    int not null references town,
    agent_id   bigint not null,
    profile_id bigint not null,
    primary key (town_id, agent_id, profile_id),
    foreign key (town_id, agent_id) references agent,
    foreign key (town_id, profile_id) references profile
);
create index agent_profile_of_profile on agent_profile (town_id, profile_id);
call wall('agent_profile');

grant usage on sequence agent_seq, profile_seq to portal_app;
