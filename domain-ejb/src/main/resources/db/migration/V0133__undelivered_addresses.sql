-- Addresses that mail came back from, until their owner or an agent says that they work again.
create table undelivered_address (
    town_id     int not null references town,
    address_key text not null check (length(address_key) <= 254),
    reason      text not null,
    since       timestamptz not null,
    last_at     timestamptz not null,
    times       int not null default 1,
    primary key (town_id, address_key)
);
comment on column undelivered_address.address_key is 'The address in lower case';
call wall('undelivered_address');
