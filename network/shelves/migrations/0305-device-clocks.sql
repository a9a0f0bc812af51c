-- When an action counts as having happened, where the device's clock was wrong; `occurred_at` stays as the device said.
alter table shelves.device_action add column counted_at timestamptz;
