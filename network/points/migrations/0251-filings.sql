-- Outlets whose filing with the authority was reminded of and is not here yet.
create index on points.fact (organisation_id, point_id, fact) where fact in ('filing_due', 'record_filing');
