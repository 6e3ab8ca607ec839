-- Whether no key of a file is there twice, noted while it is read: to look for it among staged rows takes longer. Unknown of
-- files with too many keys.
alter table processing_file add column keys_differ boolean;
