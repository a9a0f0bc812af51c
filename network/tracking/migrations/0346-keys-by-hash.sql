-- Each scan finds the parcel of its number, locks it, writes it and moves it on the map. By hash a place is found in one page of
-- the index, however many parcels there are; by order it is found over a root, one or two levels below it, and in a page.
create index directory_number_hash on tracking.directory using hash (number);
create index parcel_id_hash on tracking.parcel using hash (parcel_id);
create index motion_parcel_id_hash on tracking.motion using hash (parcel_id);
