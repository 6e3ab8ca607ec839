-- The lot that lies in the town's drop folder, or is about to: taken when its file is gone.
alter table dispatch_state
    add offered_sequence bigint,
    add offer_written boolean not null default false,
    add foreign key (town_id, offered_sequence) references outgoing_lot,
    add check (offered_sequence is not null or not offer_written);
comment on column dispatch_state.offer_written is 'Its file was seen complete; before, it is written, again if need be';
