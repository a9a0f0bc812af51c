-- What the merchant says that the parcel weighs.
alter table external.shipment add column weight_grams integer check (weight_grams > 0);
