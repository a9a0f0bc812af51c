-- When other fields last took the place of the first ones: what was asked with the old ones says nothing of the new.
alter table polling.credential add column rotated_at timestamptz;
alter table polling.push_subscription add column rotated_at timestamptz;
