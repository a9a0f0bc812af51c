-- Doors at which couriers of a carrier are to fetch goods that go back.
create index on returns.return_case ((route ->> 'carrierId'), return_id) where route ->> 'method' = 'door' and state = 'code_issued';
