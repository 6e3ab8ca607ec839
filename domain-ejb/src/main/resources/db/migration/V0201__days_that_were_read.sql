-- First and last of the days in a file's keys, noted while it is read: to look for them in millions of staged rows takes
-- longer than anybody notices while reading.
alter table processing_file add column first_day date, add column last_day date;
