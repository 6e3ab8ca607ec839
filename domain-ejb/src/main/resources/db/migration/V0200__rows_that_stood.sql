-- Rows that stood before in what a file covers, where it lacks some of them: the guard compares the two.
alter table processing_file add column standing bigint not null default 0;
