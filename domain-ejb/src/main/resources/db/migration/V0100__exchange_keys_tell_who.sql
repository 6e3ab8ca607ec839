-- Agents make and revoke keys in the back-office: the key tells who did.
alter table exchange_key
    add made_by    bigint,
    add revoked_by bigint,
    add foreign key (town_id, made_by) references agent,
    add foreign key (town_id, revoked_by) references agent;
comment on column exchange_key.made_by is 'The agent who made it; null for keys that the operator made';
create index exchange_key_of_town on exchange_key (town_id, id);
