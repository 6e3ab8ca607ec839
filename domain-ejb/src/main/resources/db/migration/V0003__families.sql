-- Families and people as Enfance knows them. Every imported table bears created_run, changed_run and archived_at.
-- Columns *_enc are encrypted by the application under the town's key; *_mac is their keyed hash, which serves equality.

create sequence family_seq increment by 50;
create table family (
    town_id                  int not null references town,
    id                       bigint not null,
    ref                      text not null,
    name                     text not null,
    street                   text,
    complement               text,
    postcode                 text,
    city                     text,
    caf_number               text,
    quotient                 int,
    quotient_date            date,
    tax_reference_income_enc bytea,
    tax_reference_income_mac bytea,
    tax_shares               numeric(5, 2),
    iban_enc                 bytea,
    iban_mac                 bytea,
    bic_enc                  bytea,
    bic_mac                  bytea,
    account_holder_enc       bytea,
    account_holder_mac       bytea,
    mandate_ref_enc          bytea,
    mandate_ref_mac          bytea,
    mandate_date             date,
    created_run              bigint,
    changed_run              bigint,
    archived_at              timestamptz,
    primary key (town_id, id),
    unique (town_id, ref)
);
call wall('family');
alter table business_account add foreign key (town_id, family_id) references family;

create sequence individual_seq increment by 50;
create table individual (
    town_id              int not null references town,
    id                   bigint not null,
    ref                  text not null,
    civility             text check (civility in ('M', 'MME')),
    last_name            text not null,
    birth_name           text,
    first_name           text not null,
    search_name          text not null,
    birth_date           date,
    sex                  text check (sex in ('M', 'F')),
    email                text,
    phone                text,
    mobile               text,
    accepts_email        boolean not null default false,
    accepts_sms          boolean not null default false,
    marital_status       text,
    quality              text,
    street               text,
    complement           text,
    postcode             text,
    city                 text,
    insurer              text,
    insurance_number     text,
    glasses_enc          bytea,
    glasses_mac          bytea,
    dental_device_enc    bytea,
    dental_device_mac    bytea,
    hearing_device_enc   bytea,
    hearing_device_mac   bytea,
    may_do_sport         boolean,
    may_be_photographed  boolean,
    may_leave_alone      boolean,
    may_go_on_outings    boolean,
    may_be_hospitalised  boolean,
    diet_enc             bytea,
    diet_mac             bytea,
    has_pai_enc          bytea,
    has_pai_mac          bytea,
    pai_until_enc        bytea,
    pai_until_mac        bytea,
    photo                text,
    created_run          bigint,
    changed_run          bigint,
    archived_at          timestamptz,
    primary key (town_id, id),
    unique (town_id, ref)
);
call wall('individual');
do $$
begin
    if exists (select from pg_extension where extname = 'pg_trgm') then
        create index individual_search on individual using gin (search_name gin_trgm_ops);
    end if;
end $$;
create index individual_email on individual (town_id, lower(email)) where email is not null;

create sequence membership_seq increment by 50;
create table membership (
    town_id       int not null references town,
    id            bigint not null,
    family_id     bigint not null,
    individual_id bigint not null,
    role          text not null check (role in ('CHILD', 'GUARDIAN', 'PARTNER')),
    payer         boolean not null default false,
    access        text not null default 'FULL' check (access in ('FULL', 'READ', 'NONE')),
    custody       text not null default 'ALL' check (custody in ('ALL', 'EVEN_WEEKS', 'ODD_WEEKS')),
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, id),
    unique (town_id, family_id, individual_id),
    foreign key (town_id, family_id) references family,
    foreign key (town_id, individual_id) references individual
);
create index membership_of_individual on membership (town_id, individual_id);
call wall('membership');

create sequence pickup_contact_seq increment by 50;
create table pickup_contact (
    town_id       int not null references town,
    id            bigint not null,
    ref           text not null,
    individual_id bigint not null,
    family_id     bigint,
    name          text not null,
    mobile        text,
    phone         text,
    relationship  text,
    emergency     boolean not null,
    may_collect   boolean not null,
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, family_id) references family
);
create index pickup_contact_of_individual on pickup_contact (town_id, individual_id);
call wall('pickup_contact');

create sequence allergy_seq increment by 50;
create table allergy (
    town_id       int not null references town,
    id            bigint not null,
    individual_id bigint not null,
    allergy_enc   bytea not null,
    allergy_mac   bytea not null,
    note_enc      bytea,
    note_mac      bytea,
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, id),
    unique (town_id, individual_id, allergy_mac),
    foreign key (town_id, individual_id) references individual
);
call wall('allergy');

create sequence vaccination_seq increment by 50;
create table vaccination (
    town_id          int not null references town,
    id               bigint not null,
    individual_id    bigint not null,
    vaccine_enc      bytea not null,
    vaccine_mac      bytea not null,
    date_enc         bytea not null,
    date_mac         bytea not null,
    booster_date_enc bytea,
    booster_date_mac bytea,
    created_run      bigint,
    changed_run      bigint,
    archived_at      timestamptz,
    primary key (town_id, id),
    unique (town_id, individual_id, vaccine_mac),
    foreign key (town_id, individual_id) references individual
);
call wall('vaccination');

-- A person erased at their wish: later lots skip the reference. The keyed hash tells nothing to who lacks the key.
create table erased_ref (
    town_id   int not null references town,
    ref_mac   bytea not null,
    erased_at timestamptz not null,
    primary key (town_id, ref_mac)
);
call wall('erased_ref');
