-- What the parcel weighed, as the source of the scan says. Null: it does not say.
alter table tracking.scan add column weight_grams integer check (weight_grams > 0);
