-- Desks list what has to be answered first.
create index on returns.return_case (organisation_id, coalesce(due_at, changed_at), return_id);
create index on returns.return_case (client_platform_id, coalesce(due_at, changed_at), return_id);
create index on returns.return_case (coalesce(due_at, changed_at), return_id);
