-- What stands at the head of a town's e-mails. Without a row they have none.
create table town_logo (
    town_id int primary key references town,
    type    text not null check (type in ('image/png', 'image/jpeg')),
    content bytea not null check (length(content) <= 204800),
    width   int not null check (width between 1 and 600),
    height  int not null check (height between 1 and 600)
);
call wall('town_logo');
