-- Prefix -> namespace: of the header GS1-Extensions that came with the document; when that was worked through and has master
-- data, of its context as well.
alter table epcis.capture add column extensions jsonb not null default '{}';
