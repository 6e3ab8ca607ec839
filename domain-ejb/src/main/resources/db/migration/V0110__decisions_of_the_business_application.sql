-- When the business application says it decided. Shown, nothing else: what orders and times is our own decided_at.
alter table request_line add business_decided_at timestamptz;
comment on column request_line.business_decided_at is 'When Enfance decided, as it says; shown only';
comment on column request_line.decided_at is 'When the portal recorded the decision';
