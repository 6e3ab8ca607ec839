-- Twenty thousand digests are as many checks that their town exists: a tenth of writing them. A notice can only be written
-- behind the wall of a town that was entered, and what is due is written with it; towns are never deleted.
alter table notice drop constraint notice_town_id_fkey;
alter table work_due drop constraint work_due_town_id_fkey;
