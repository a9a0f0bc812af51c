-- Control references of the CONTRL interchanges by which senders are answered: ten digits at most (ISO 9735, 0020).
create sequence tracking.contrl_reference minvalue 1 maxvalue 9999999999 cycle;
grant usage on sequence tracking.contrl_reference to postroad_app;
