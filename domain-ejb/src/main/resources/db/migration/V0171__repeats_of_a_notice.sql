create index notice_repeats on notice (town_id, repeats) where repeats is not null;
