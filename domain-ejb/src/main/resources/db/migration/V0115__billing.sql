-- What Enfance bills and collects. Amounts are whole cents; credits are negative. Columns given_* are what Enfance says
-- where an empty cell means something: the column of the same name without it is what holds.

-- Partitioned as bookings are: a city may have its own.
create sequence invoice_seq increment by 50;
create table invoice (
    town_id            int not null,
    id                 bigint not null,
    ref                text not null,
    number             text not null,
    family_id          bigint not null,
    regie_id           bigint not null,
    context            text,
    nature             text,
    issued_on          date not null,
    due_on             date not null,
    payable_until      date,
    given_deposited_on date,
    deposited_on       date not null,
    amount             bigint not null,
    remaining          bigint not null,
    payable_online     boolean not null,
    emission_code      text,
    payment_reference  text,
    status             text not null check (status in ('ISSUED', 'CANCELLED')),
    document           text,
    document_id        bigint,
    created_run        bigint,
    changed_run        bigint,
    archived_at        timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, family_id) references family,
    foreign key (town_id, regie_id) references regie,
    foreign key (town_id, document_id) references invoice_document,
    check (document_id is null or document is not null)
) partition by list (town_id);
comment on column invoice.context is 'What it is about: Restauration …';
comment on column invoice.remaining is 'As Enfance says; what is shown also takes off online payments that no lot bears yet';
comment on column invoice.deposited_on is 'As given, else the day on which its first lot was applied';
comment on column invoice.document is 'The name of its PDF in the lot';
create index invoice_of_family on invoice (town_id, family_id, issued_on desc);
create index invoice_by_date on invoice (town_id, issued_on desc, id desc);
create index invoice_by_payment on invoice (town_id, payment_reference, emission_code) where payment_reference is not null;
comment on index invoice_by_payment is 'A family finds its account by code émission, référence and amount';
create table invoice_shared partition of invoice default partition by hash (town_id);
create table invoice_shared_0 partition of invoice_shared for values with (modulus 4, remainder 0);
create table invoice_shared_1 partition of invoice_shared for values with (modulus 4, remainder 1);
create table invoice_shared_2 partition of invoice_shared for values with (modulus 4, remainder 2);
create table invoice_shared_3 partition of invoice_shared for values with (modulus 4, remainder 3);
call wall('invoice');

create table invoice_line (
    town_id       int not null,
    invoice_id    bigint not null,
    line_no       int not null,
    label         text not null,
    individual_id bigint,
    activity_id   bigint,
    quantity      numeric(12, 2),
    unit_price    bigint,
    amount        bigint not null,
    created_run   bigint,
    changed_run   bigint,
    archived_at   timestamptz,
    primary key (town_id, invoice_id, line_no),
    foreign key (town_id, invoice_id) references invoice,
    foreign key (town_id, individual_id) references individual,
    foreign key (town_id, activity_id) references activity
) partition by list (town_id);
create table invoice_line_shared partition of invoice_line default partition by hash (town_id);
create table invoice_line_shared_0 partition of invoice_line_shared for values with (modulus 4, remainder 0);
create table invoice_line_shared_1 partition of invoice_line_shared for values with (modulus 4, remainder 1);
create table invoice_line_shared_2 partition of invoice_line_shared for values with (modulus 4, remainder 2);
create table invoice_line_shared_3 partition of invoice_line_shared for values with (modulus 4, remainder 3);
call wall('invoice_line');

create sequence payment_seq increment by 50;
create table payment (
    town_id            int not null references town,
    id                 bigint not null,
    ref                text not null,
    number             text not null,
    family_id          bigint not null,
    given_regie_id     bigint,
    regie_id           bigint,
    given_context      text,
    context            text,
    given_nature       text,
    nature             text,
    given_payer        text,
    payer              text,
    paid_on            date not null,
    mode               text not null,
    description        text,
    collected          bigint not null,
    allocated          bigint not null,
    online             boolean not null,
    transaction_number text,
    given_deposited_on date,
    deposited_on       date not null,
    created_run        bigint,
    changed_run        bigint,
    archived_at        timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, family_id) references family,
    foreign key (town_id, given_regie_id) references regie,
    foreign key (town_id, regie_id) references regie,
    check (abs(allocated) <= abs(collected))
);
comment on column payment.regie_id is 'As given, else that of the first invoice it is allocated to; so are context and nature';
comment on column payment.payer is 'As given, else the family''s payer';
comment on column payment.deposited_on is 'As given, else the day on which its first lot was applied';
create index payment_of_family on payment (town_id, family_id, paid_on desc);
create index payment_by_date on payment (town_id, paid_on desc, id desc);
create index payment_by_transaction on payment (town_id, transaction_number) where transaction_number is not null;
call wall('payment');

create table allocation (
    town_id     int not null references town,
    payment_id  bigint not null,
    invoice_id  bigint not null,
    amount      bigint not null,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, payment_id, invoice_id),
    foreign key (town_id, payment_id) references payment,
    foreign key (town_id, invoice_id) references invoice
);
create index allocation_of_invoice on allocation (town_id, invoice_id);
call wall('allocation');

create sequence ledger_entry_seq increment by 50;
create table ledger_entry (
    town_id     int not null references town,
    id          bigint not null,
    ref         text not null,
    family_id   bigint not null,
    regie_id    bigint not null,
    entry_date  date not null,
    description text not null,
    credit      bigint,
    debit       bigint,
    invoice_id  bigint,
    created_run bigint,
    changed_run bigint,
    archived_at timestamptz,
    primary key (town_id, id),
    unique (town_id, ref),
    foreign key (town_id, family_id) references family,
    foreign key (town_id, regie_id) references regie,
    foreign key (town_id, invoice_id) references invoice,
    check (credit is not null or debit is not null)
);
create index ledger_entry_of_family on ledger_entry (town_id, family_id, entry_date desc);
call wall('ledger_entry');

-- What is allocated is never more than what was collected. Looked at once per statement, over what it wrote.
create function allocations_within_payments() returns trigger language plpgsql as $$
begin
    if exists (
        select from (select distinct town_id, payment_id from written) w
          join payment p on p.town_id = w.town_id and p.id = w.payment_id
          join lateral (select coalesce(sum(a.amount), 0) as amount from allocation a
                         where a.town_id = w.town_id and a.payment_id = w.payment_id and a.archived_at is null) s on true
         where case when p.collected >= 0 then s.amount > p.collected else s.amount < p.collected end)
    then
        raise exception 'A payment is allocated beyond what was collected' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger allocation_inserted after insert on allocation referencing new table as written
    for each statement execute function allocations_within_payments();
create trigger allocation_updated after update on allocation referencing new table as written
    for each statement execute function allocations_within_payments();
