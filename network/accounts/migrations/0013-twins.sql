-- Only in the test world: a copy of an organisation or a person of the live world, which follows it. `version` of a
-- twin is the one that was copied. The password of a person's twin is no text that any password fits: it is judged
-- where the person lives.
alter table accounts.organisation add column is_twin boolean not null default false;
alter table accounts.person add column is_twin boolean not null default false;
