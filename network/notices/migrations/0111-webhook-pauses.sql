-- A receiver that fails again and again, or asks for it, is left alone for a while.
alter table notices.webhook_endpoint
  add column failures integer not null default 0,
  add column resume_at timestamptz;
comment on column notices.webhook_endpoint.resume_at is 'time of this world';
