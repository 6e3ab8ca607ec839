-- Towns, and the wall that keeps one town's rows from another's (row-level security).
-- portal_owner owns everything here and bypasses the wall; portal_app owns nothing and never does.

create table town (
    id             int generated always as identity primary key,
    code           text not null unique check (code ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])$'),
    name           text not null,
    zone           text not null default 'Europe/Paris',
    holiday_region text not null default 'metropole',
    digest_hours   time[] not null default '{13:00,18:00}',
    brand_colour   text not null default '#0B5CAD' check (brand_colour ~ '^#[0-9A-F]{6}$'),
    sender_name    text,
    service_phone  text,
    service_hours  text,
    postal_address text,
    website        text,
    receipt_text   text,
    outcome_text   text,
    data_key       bytea not null,
    opened_at      timestamptz not null,
    version        int not null default 0
);
comment on column town.data_key is 'The town''s data key, wrapped by the master key that never enters the database';
comment on column town.receipt_text is 'Variable part of the acknowledgement of receipt, written by agents';
comment on column town.outcome_text is 'Variable part of the acknowledgement of treatment, written by agents';

-- Keys of the business application. Global and without personal data: the key is looked up before its town is known.
create table exchange_key (
    id           bigint generated always as identity primary key,
    town_id      int not null references town,
    name         text not null,
    hash         bytea not null unique,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- What is due, over all towns, so that a worker finds work without seeing into any town.
create table work_due (
    kind    text not null,
    town_id int not null references town,
    item_id bigint not null,
    due_at  timestamptz not null,
    primary key (kind, town_id, item_id)
);
create index work_due_next on work_due (kind, due_at);

grant usage on schema app to portal_app;
grant select, insert, update on town to portal_app;
grant select, insert, update on exchange_key to portal_app;
grant select, insert, update, delete on work_due to portal_app;

-- Puts a table behind the wall. A statement without a town raises an error (current_setting without missing_ok)
-- instead of quietly finding, or archiving, nothing.
create procedure wall(walled regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', walled);
    execute format('alter table %s force row level security', walled);
    execute format('create policy town on %s using (town_id = current_setting(''portal.town'')::int) '
        || 'with check (town_id = current_setting(''portal.town'')::int)', walled);
    execute format('grant select, insert, update, delete on %s to portal_app', walled);
end $$;
revoke execute on procedure wall(regclass) from public;

-- What a search compares: lower case, without accents, ligatures resolved, runs of blanks and hyphens as one blank.
create function search_text(original text) returns text language sql immutable parallel safe as $$
    select btrim(regexp_replace(
        translate(
            replace(replace(replace(lower(coalesce(original, '')), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
            'àâäáãåçćčéèêëęíìîïłñńòôöóõøśšúùûüýÿźżž', 'aaaaaaccceeeeeiiiilnnoooooossuuuuyyzzz'),
        '[\s''’_-]+', ' ', 'g'))
$$;

do $$
begin
    if exists (select from pg_available_extensions where name = 'pg_trgm') then
        create extension if not exists pg_trgm with schema app;
    end if;
end $$;
