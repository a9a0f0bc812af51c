-- Whose rules a mailing keeps: the marketplace of who ordered it, where there is one.
alter table mailings.mailing add column client_platform_id text;
