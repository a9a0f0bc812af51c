-- Who saw whose personal data, over all parties: read by its time, as the ids are.
create index on vault.audit_entry (audit_id);
create index on vault.audit_entry (organisation_id, audit_id);
