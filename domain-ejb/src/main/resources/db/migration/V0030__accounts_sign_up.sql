-- What a visitor gave at sign-up to be subscribed with, until the address is confirmed.
alter table citizen_account
    add sign_up_code       text check (length(sign_up_code) <= 64),
    add sign_up_birth_date date;
comment on column citizen_account.sign_up_code is 'Code abonné given at sign-up; tried, and forgotten, when the account is activated';
comment on column citizen_account.version is 'Grows with every change of password or state: a session of an earlier one ends';

-- The searched name follows from the others, whoever writes them.
create function name_citizen_account() returns trigger language plpgsql as $$
begin
    new.search_name := search_text(new.last_name || ' ' || new.first_name || ' ' || new.email);
    return new;
end $$;
create trigger citizen_account_name before insert or update of last_name, first_name, email on citizen_account
    for each row execute function name_citizen_account();
