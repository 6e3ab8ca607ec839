-- A repeat that was itself sent again named the repeat; all name the notice that was written first.
with recursive sent as (
    select town_id, id, id as root from notice where repeats is null
    union all
    select n.town_id, n.id, sent.root
      from sent
      join notice n on n.town_id = sent.town_id and n.repeats = sent.id
)
update notice n set repeats = sent.root
  from sent
 where sent.town_id = n.town_id and sent.id = n.id and n.repeats <> sent.root;
comment on column notice.repeats is 'The notice, written first, that an agent had sent again by this one';
