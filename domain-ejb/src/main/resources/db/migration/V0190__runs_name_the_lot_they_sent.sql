-- A line « Export des demandes » names the lot that it tells of, so that agents see how far it came and can fetch it again.
alter table processing_run
    add outgoing_sequence bigint,
    add foreign key (town_id, outgoing_sequence) references outgoing_lot;
comment on column processing_run.outgoing_sequence is 'Of the lot of requests that was cut; null for all other runs';

update processing_run r
   set outgoing_sequence = o.sequence
  from outgoing_lot o
 where o.town_id = r.town_id and o.produced_at = r.started_at and r.type = 'EXPORT_REQUESTS';
