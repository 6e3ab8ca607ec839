-- What the acknowledgement of receipt has to say by law, as the town sets it. A town without a row has the law's own
-- rule: after two months silence means acceptance (code des relations entre le public et l'administration, L. 231-1).
create table notice_settings (
    town_id       int primary key references town,
    service       text check (length(service) <= 200),
    service_email text check (length(service_email) <= 254),
    reply_months  int not null default 2 check (reply_months between 1 and 24),
    silence       text not null default 'ACCEPTED' check (silence in ('ACCEPTED', 'REFUSED')),
    recourse      text check (length(recourse) <= 1000),
    version       int not null default 0
);
comment on column notice_settings.silence is 'How a request counts that nobody has answered after reply_months';
comment on column notice_settings.recourse is 'Where and until when a refusal can be contested; empty = the general sentence';
call wall('notice_settings');
