-- The family name, or what follows the first character of a name without blanks: how people ask for a parcel.
alter table vault.party add column name_tail_index bytea;
create index on vault.party (organisation_id, name_tail_index) where name_tail_index is not null;
alter table vault.party add constraint party_name_tail_check check (erased_at is null or name_tail_index is null);

-- A look-up that found a person is logged like a reveal.
alter table vault.audit_entry drop constraint audit_entry_action_check;
alter table vault.audit_entry add constraint audit_entry_action_check check (action in ('reveal', 'erase', 'search'));
