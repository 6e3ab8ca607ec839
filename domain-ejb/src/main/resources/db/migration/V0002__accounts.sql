create sequence citizen_account_seq increment by 50;
create table citizen_account (
    town_id              int not null references town,
    id                   bigint not null,
    email                text not null check (length(email) <= 254),
    email_key            text not null,
    password_hash        text not null,
    civility             text not null check (civility in ('M', 'MME')),
    last_name            text not null,
    first_name           text not null,
    search_name          text not null,
    state                text not null check (state in ('PENDING', 'ACTIVE', 'DISABLED')),
    partner_organisation boolean not null default false,
    locale               text not null default 'fr',
    created_at           timestamptz not null,
    activated_at         timestamptz,
    last_sign_in_at      timestamptz,
    version              int not null default 0,
    primary key (town_id, id)
);
comment on column citizen_account.email_key is 'The address in lower case: one live account per address and town';
create unique index citizen_account_email on citizen_account (town_id, email_key);
call wall('citizen_account');

-- The account a business application knows a family by. Columns edited_* are ours: imports never touch them.
create sequence business_account_seq increment by 50;
create table business_account (
    town_id           int not null references town,
    id                bigint not null,
    ref               text not null,
    family_id         bigint,
    universe          text not null,
    issuer            text,
    account_code      text not null,
    personal_code     text,
    name              text not null,
    email             text,
    search_name       text not null,
    edited_last_name  text,
    edited_first_name text,
    edited_email      text,
    edited_over_email text,
    edited_over_name  text,
    created_run       bigint,
    changed_run       bigint,
    archived_at       timestamptz,
    version           int not null default 0,
    primary key (town_id, id)
);
comment on column business_account.edited_over_email is 'What Enfance said when an agent edited the address: the edit holds until Enfance says something else';
create unique index business_account_ref on business_account (town_id, universe, ref);
create index business_account_code on business_account (town_id, account_code);
create index business_account_family on business_account (town_id, family_id);
call wall('business_account');

create sequence subscription_seq increment by 50;
create table subscription (
    town_id             int not null references town,
    id                  bigint not null,
    account_id          bigint not null,
    business_account_id bigint not null,
    proof               text not null check (proof in ('KNOWN_EMAIL', 'CHILD_BIRTH_DATE', 'AGENT', 'INVOICE')),
    created_at          timestamptz not null,
    ended_at            timestamptz,
    version             int not null default 0,
    primary key (town_id, id),
    foreign key (town_id, account_id) references citizen_account,
    foreign key (town_id, business_account_id) references business_account
);
create unique index subscription_active on subscription (town_id, account_id, business_account_id) where ended_at is null;
create index subscription_of_business_account on subscription (town_id, business_account_id);
call wall('subscription');
