-- What an endpoint is for: events of the feed, or documents that a room hands in for it.
alter table notices.webhook_endpoint
  add column purpose text not null default 'events' check (purpose in ('events', 'epcis'));
