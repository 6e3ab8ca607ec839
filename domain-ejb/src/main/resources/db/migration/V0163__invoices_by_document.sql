-- A document that is deleted is looked for among what refers to it: without this, in all invoices of the town.
create index invoice_of_document on invoice (town_id, document_id) where document_id is not null;
