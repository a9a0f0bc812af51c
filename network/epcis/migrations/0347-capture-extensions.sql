-- Prefix -> namespace, of the header GS1-Extensions that came with the document.
alter table epcis.capture add column extensions jsonb not null default '{}';
