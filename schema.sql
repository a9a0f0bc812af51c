-- Made by `npm run generate` from the migrations; do not edit.

create schema accounts;

create schema allocation;

create schema audit;

create schema authenticity;

create schema carriers;

create schema commissions;

create schema coverage;

create schema deliveries;

create schema epcis;

create schema external;

create schema handovers;

create schema ledger;

create schema lines;

create schema mailings;

create schema notices;

create schema offers;

create schema orders;

create schema pickups;

create schema platform;

create schema points;

create schema polling;

create schema programmes;

create schema queries;

create schema remittances;

create schema returns;

create schema rulebooks;

create schema shelves;

create schema shipments;

create schema tracking;

create schema vault;

create schema waybills;

create sequence tracking.contrl_reference as bigint increment 1 start 1 cycle;

create table accounts.api_key (
  organisation_id text not null,
  api_key_id text not null,
  lookup text not null,
  secret_hash bytea not null,
  role text not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (organisation_id, api_key_id)
);
CREATE INDEX api_key_lookup_idx ON accounts.api_key USING btree (lookup);
alter table accounts.api_key enable row level security;
alter table accounts.api_key force row level security;
create policy acts_for on accounts.api_key using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.api_key to postroad_app;
comment on table accounts.api_key is '@group organisation organisation_id';

create table accounts.device (
  organisation_id text not null,
  device_id text not null,
  thumbprint text not null,
  public_x text not null,
  public_y text not null,
  name text,
  registered_at timestamp with time zone not null,
  last_log_in_at timestamp with time zone not null,
  last_person_id text not null,
  blocked_at timestamp with time zone,
  block_reason text,
  version integer default 1 not null,
  constraint device_check CHECK (((blocked_at IS NULL) = (block_reason IS NULL))),
  constraint device_organisation_id_last_person_id_fkey FOREIGN KEY (organisation_id, last_person_id) REFERENCES accounts.person(organisation_id, person_id),
  constraint device_organisation_id_thumbprint_key UNIQUE (organisation_id, thumbprint),
  constraint device_pkey PRIMARY KEY (organisation_id, device_id)
);
CREATE INDEX device_device_id_idx ON accounts.device USING btree (device_id);
alter table accounts.device enable row level security;
alter table accounts.device force row level security;
create policy acts_for on accounts.device using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.device to postroad_app;
comment on table accounts.device is '@group organisation organisation_id';

create table accounts.device_policy (
  organisation_id text not null,
  bound_roles text[] not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint device_policy_pkey PRIMARY KEY (organisation_id)
);
alter table accounts.device_policy enable row level security;
alter table accounts.device_policy force row level security;
create policy acts_for on accounts.device_policy using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.device_policy to postroad_app;
comment on table accounts.device_policy is '@group organisation organisation_id';

create table accounts.email_claim (
  email_key text not null,
  organisation_id text not null,
  person_id text not null,
  constraint email_claim_pkey PRIMARY KEY (email_key)
);
grant delete, insert, select, update on accounts.email_claim to postroad_app;
comment on table accounts.email_claim is '@group reference';

create table accounts.invitation (
  organisation_id text not null,
  invitation_id text not null,
  token_hash bytea not null,
  email text not null,
  role text not null,
  invited_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  person_id text,
  constraint invitation_pkey PRIMARY KEY (organisation_id, invitation_id)
);
CREATE INDEX invitation_invitation_id_idx ON accounts.invitation USING btree (invitation_id);
CREATE INDEX invitation_invited_by_idx ON accounts.invitation USING btree (invited_by) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX invitation_token_hash_idx ON accounts.invitation USING btree (token_hash);
alter table accounts.invitation enable row level security;
alter table accounts.invitation force row level security;
create policy acts_for on accounts.invitation using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.invitation to postroad_app;
comment on table accounts.invitation is '@group organisation organisation_id';

create table accounts.log_in_attempt (
  attempt_key text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  blocked_until timestamp with time zone not null,
  constraint log_in_attempt_pkey PRIMARY KEY (attempt_key)
);
CREATE INDEX log_in_attempt_last_at_idx ON accounts.log_in_attempt USING btree (last_at);
grant delete, insert, select, update on accounts.log_in_attempt to postroad_app;
comment on table accounts.log_in_attempt is '@group local';

create table accounts.organisation (
  organisation_id text not null,
  kind text not null,
  name text not null,
  country text not null,
  client_platform_id text,
  carrier_code text,
  opened_at timestamp with time zone not null,
  version integer default 1 not null,
  is_twin boolean default false not null,
  constraint organisation_pkey PRIMARY KEY (organisation_id)
);
CREATE INDEX organisation_carrier_code_idx ON accounts.organisation USING btree (carrier_code) WHERE (carrier_code IS NOT NULL);
CREATE INDEX organisation_client_platform_id_idx ON accounts.organisation USING btree (client_platform_id) WHERE (client_platform_id IS NOT NULL);
alter table accounts.organisation enable row level security;
alter table accounts.organisation force row level security;
create policy acts_for on accounts.organisation using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true))));
grant delete, insert, select, update on accounts.organisation to postroad_app;
comment on table accounts.organisation is '@group organisation organisation_id';

create table accounts.person (
  organisation_id text not null,
  person_id text not null,
  name text not null,
  email text not null,
  role text not null,
  state text not null,
  password_hash text not null,
  version integer default 1 not null,
  joined_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  is_twin boolean default false not null,
  constraint person_pkey PRIMARY KEY (organisation_id, person_id),
  constraint person_state_check CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX person_person_id_idx ON accounts.person USING btree (person_id);
alter table accounts.person enable row level security;
alter table accounts.person force row level security;
create policy acts_for on accounts.person using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.person to postroad_app;
comment on table accounts.person is '@group organisation organisation_id';

create table accounts.session (
  organisation_id text not null,
  session_id text not null,
  person_id text not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  device_id text,
  constraint session_organisation_id_device_id_fkey FOREIGN KEY (organisation_id, device_id) REFERENCES accounts.device(organisation_id, device_id),
  constraint session_organisation_id_person_id_fkey FOREIGN KEY (organisation_id, person_id) REFERENCES accounts.person(organisation_id, person_id),
  constraint session_pkey PRIMARY KEY (organisation_id, session_id)
);
CREATE INDEX session_organisation_id_device_id_idx ON accounts.session USING btree (organisation_id, device_id) WHERE (device_id IS NOT NULL);
CREATE INDEX session_organisation_id_person_id_idx ON accounts.session USING btree (organisation_id, person_id) WHERE (revoked_at IS NULL);
CREATE INDEX session_session_id_idx ON accounts.session USING btree (session_id);
CREATE INDEX session_token_hash_idx ON accounts.session USING btree (token_hash);
alter table accounts.session enable row level security;
alter table accounts.session force row level security;
create policy acts_for on accounts.session using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.session to postroad_app;
comment on table accounts.session is '@group organisation organisation_id';

create table accounts.used_proof (
  organisation_id text not null,
  proof bytea not null,
  ends_at timestamp with time zone not null,
  constraint used_proof_pkey PRIMARY KEY (organisation_id, proof),
  constraint used_proof_proof_check CHECK ((length(proof) = 32))
);
CREATE INDEX used_proof_ends_at_idx ON accounts.used_proof USING btree (ends_at);
alter table accounts.used_proof enable row level security;
alter table accounts.used_proof force row level security;
create policy acts_for on accounts.used_proof using (platform.acts_for(organisation_id));
grant delete, insert, select, update on accounts.used_proof to postroad_app;
comment on table accounts.used_proof is '@group organisation organisation_id';

create table allocation.capacity_rule (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  day text not null,
  hour smallint not null,
  capacity integer not null,
  constraint capacity_rule_capacity_check CHECK ((capacity >= 0)),
  constraint capacity_rule_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint capacity_rule_organisation_id_point_id_fkey FOREIGN KEY (organisation_id, point_id) REFERENCES allocation.plan(organisation_id, point_id),
  constraint capacity_rule_pkey PRIMARY KEY (organisation_id, point_id, service, day, hour)
);
alter table allocation.capacity_rule enable row level security;
alter table allocation.capacity_rule force row level security;
create policy acts_for on allocation.capacity_rule using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.capacity_rule to postroad_app;
comment on table allocation.capacity_rule is '@group organisation organisation_id';

create table allocation.decision (
  organisation_id text not null,
  decision_id text not null,
  made_for text,
  country text not null,
  service text not null,
  rulebook_version_id text,
  point_id text,
  reservation_id text,
  how text not null,
  decided_at timestamp with time zone not null,
  body jsonb not null,
  constraint decision_how_check CHECK ((how = ANY (ARRAY['best'::text, 'chosen'::text, 'next_best'::text, 'unserved'::text]))),
  constraint decision_pkey PRIMARY KEY (organisation_id, decision_id)
);
CREATE INDEX decision_decided_at_decision_id_idx ON allocation.decision USING btree (decided_at, decision_id);
CREATE INDEX decision_decision_id_idx ON allocation.decision USING btree (decision_id);
CREATE INDEX decision_expr_decided_at_decision_id_idx ON allocation.decision USING btree ((((body -> 'demand'::text) ->> 'clientPlatformId'::text)), decided_at, decision_id);
CREATE INDEX decision_point_id_decision_id_idx ON allocation.decision USING btree (point_id, decision_id) WHERE (point_id IS NOT NULL);
alter table allocation.decision enable row level security;
alter table allocation.decision force row level security;
create policy acts_for on allocation.decision using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.decision to postroad_app;
comment on table allocation.decision is '@group organisation organisation_id';

create table allocation.occupancy (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamp with time zone not null,
  is_full boolean not null,
  change_xid xid8 default pg_current_xact_id() not null,
  constraint occupancy_pkey PRIMARY KEY (organisation_id, point_id, service, starts_at)
);
CREATE INDEX occupancy_change_xid_idx ON allocation.occupancy USING btree (change_xid);
CREATE INDEX occupancy_starts_at_idx ON allocation.occupancy USING btree (starts_at);
alter table allocation.occupancy enable row level security;
alter table allocation.occupancy force row level security;
create policy acts_for on allocation.occupancy using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.occupancy to postroad_app;
comment on table allocation.occupancy is '@group organisation organisation_id';

create table allocation.plan (
  organisation_id text not null,
  point_id text not null,
  accept_percent smallint default 100 not null,
  accept_until timestamp with time zone,
  changed_at timestamp with time zone not null,
  constraint plan_accept_percent_check CHECK (((accept_percent >= 0) AND (accept_percent <= 100))),
  constraint plan_pkey PRIMARY KEY (organisation_id, point_id)
);
alter table allocation.plan enable row level security;
alter table allocation.plan force row level security;
create policy acts_for on allocation.plan using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.plan to postroad_app;
comment on table allocation.plan is '@group organisation organisation_id';

create table allocation.reservation (
  organisation_id text not null,
  reservation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamp with time zone not null,
  parcels integer not null,
  subject_kind text not null,
  subject_id text not null,
  made_for text,
  state text not null,
  reason text,
  decision_id text not null,
  version integer not null,
  expires_at timestamp with time zone not null,
  made_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint reservation_parcels_check CHECK ((parcels > 0)),
  constraint reservation_pkey PRIMARY KEY (organisation_id, reservation_id),
  constraint reservation_state_check CHECK ((state = ANY (ARRAY['held'::text, 'used'::text, 'released'::text, 'expired'::text])))
);
CREATE INDEX reservation_changed_at_idx ON allocation.reservation USING btree (changed_at) WHERE (state <> 'held'::text);
CREATE INDEX reservation_made_for_reservation_id_idx ON allocation.reservation USING btree (made_for, reservation_id);
CREATE INDEX reservation_organisation_id_point_id_service_expires_at_idx ON allocation.reservation USING btree (organisation_id, point_id, service, expires_at) WHERE (state = 'held'::text);
CREATE INDEX reservation_reservation_id_idx ON allocation.reservation USING btree (reservation_id);
alter table allocation.reservation enable row level security;
alter table allocation.reservation force row level security;
create policy acts_for on allocation.reservation using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.reservation to postroad_app;
comment on table allocation.reservation is '@group organisation organisation_id';

create table allocation.shelf (
  organisation_id text not null,
  point_id text not null,
  published integer not null,
  capacity integer not null,
  reserved integer default 0 not null,
  used integer default 0 not null,
  beyond integer default 0 not null,
  constraint shelf_check CHECK (((reserved >= 0) AND (used >= 0) AND (beyond >= 0) AND ((reserved + used) <= capacity) AND (published >= 0))),
  constraint shelf_pkey PRIMARY KEY (organisation_id, point_id)
);
alter table allocation.shelf enable row level security;
alter table allocation.shelf force row level security;
create policy acts_for on allocation.shelf using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.shelf to postroad_app;
comment on table allocation.shelf is '@group organisation organisation_id';

create table allocation.slot (
  organisation_id text not null,
  point_id text not null,
  service text not null,
  starts_at timestamp with time zone not null,
  published integer not null,
  capacity integer not null,
  reserved integer default 0 not null,
  used integer default 0 not null,
  beyond integer default 0 not null,
  constraint slot_check CHECK (((reserved >= 0) AND (used >= 0) AND (beyond >= 0) AND ((reserved + used) <= capacity) AND (published >= 0))),
  constraint slot_pkey PRIMARY KEY (organisation_id, point_id, service, starts_at)
);
CREATE INDEX slot_organisation_id_starts_at_idx ON allocation.slot USING btree (organisation_id, starts_at) WHERE (beyond > 0);
CREATE INDEX slot_starts_at_idx ON allocation.slot USING btree (starts_at);
alter table allocation.slot enable row level security;
alter table allocation.slot force row level security;
create policy acts_for on allocation.slot using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.slot to postroad_app;
comment on table allocation.slot is '@group organisation organisation_id';

create table allocation.tally (
  organisation_id text not null,
  point_id text not null,
  day date not null,
  could integer not null,
  got integer not null,
  constraint tally_pkey PRIMARY KEY (organisation_id, point_id, day)
);
alter table allocation.tally enable row level security;
alter table allocation.tally force row level security;
create policy acts_for on allocation.tally using (platform.acts_for(organisation_id));
grant delete, insert, select, update on allocation.tally to postroad_app;
comment on table allocation.tally is '@group organisation organisation_id';

create table audit.entry (
  organisation_id text not null,
  entry_id text not null,
  at timestamp with time zone not null,
  operation text not null,
  subject text,
  actor_id text not null,
  actor_role text not null,
  actor_organisation_id text not null,
  request_id text,
  constraint entry_pkey PRIMARY KEY (organisation_id, entry_id)
);
CREATE INDEX entry_actor_id_entry_id_idx ON audit.entry USING btree (actor_id, entry_id);
CREATE INDEX entry_actor_organisation_id_entry_id_idx ON audit.entry USING btree (actor_organisation_id, entry_id);
CREATE INDEX entry_entry_id_idx ON audit.entry USING btree (entry_id);
CREATE INDEX entry_subject_entry_id_idx ON audit.entry USING btree (subject, entry_id);
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy acts_for on audit.entry using ((platform.acts_for(organisation_id) OR (actor_organisation_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant insert, select on audit.entry to postroad_app;
comment on table audit.entry is '@group organisation organisation_id';

create table authenticity.penalty (
  organisation_id text not null,
  penalty_id text not null,
  verification_id text not null,
  client_platform_id text,
  level text not null,
  points integer not null,
  imposed_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint penalty_level_check CHECK ((level = ANY (ARRAY['general'::text, 'serious'::text, 'especially_serious'::text]))),
  constraint penalty_organisation_id_verification_id_fkey FOREIGN KEY (organisation_id, verification_id) REFERENCES authenticity.verification(organisation_id, verification_id),
  constraint penalty_pkey PRIMARY KEY (organisation_id, penalty_id),
  constraint penalty_points_check CHECK ((points > 0))
);
CREATE INDEX penalty_organisation_id_imposed_at_idx ON authenticity.penalty USING btree (organisation_id, imposed_at);
CREATE UNIQUE INDEX penalty_organisation_id_verification_id_idx ON authenticity.penalty USING btree (organisation_id, verification_id) WHERE (revoked_at IS NULL);
alter table authenticity.penalty enable row level security;
alter table authenticity.penalty force row level security;
create policy acts_for on authenticity.penalty using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on authenticity.penalty to postroad_app;
comment on table authenticity.penalty is '@group organisation organisation_id';

create table authenticity.picture (
  organisation_id text not null,
  picture_id text not null,
  verification_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  by_caller text not null,
  stored_at timestamp with time zone not null,
  constraint picture_organisation_id_verification_id_fkey FOREIGN KEY (organisation_id, verification_id) REFERENCES authenticity.verification(organisation_id, verification_id),
  constraint picture_pkey PRIMARY KEY (organisation_id, picture_id)
);
CREATE INDEX picture_organisation_id_verification_id_picture_id_idx ON authenticity.picture USING btree (organisation_id, verification_id, picture_id);
alter table authenticity.picture enable row level security;
alter table authenticity.picture force row level security;
create policy acts_for on authenticity.picture using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM authenticity.verification v
  WHERE ((v.organisation_id = picture.organisation_id) AND (v.verification_id = picture.verification_id) AND (v.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on authenticity.picture to postroad_app;
comment on table authenticity.picture is '@group organisation organisation_id';

create table authenticity.statement (
  organisation_id text not null,
  statement_id text not null,
  verification_id text not null,
  kind text not null,
  sealed_text bytea not null,
  picture_ids text[] not null,
  by_caller text not null,
  given_at timestamp with time zone not null,
  constraint statement_kind_check CHECK ((kind = ANY (ARRAY['proof'::text, 'appeal'::text]))),
  constraint statement_organisation_id_verification_id_fkey FOREIGN KEY (organisation_id, verification_id) REFERENCES authenticity.verification(organisation_id, verification_id),
  constraint statement_pkey PRIMARY KEY (organisation_id, statement_id)
);
CREATE INDEX statement_organisation_id_verification_id_statement_id_idx ON authenticity.statement USING btree (organisation_id, verification_id, statement_id);
alter table authenticity.statement enable row level security;
alter table authenticity.statement force row level security;
create policy acts_for on authenticity.statement using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM authenticity.verification v
  WHERE ((v.organisation_id = statement.organisation_id) AND (v.verification_id = statement.verification_id) AND (v.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on authenticity.statement to postroad_app;
comment on table authenticity.statement is '@group organisation organisation_id';

create table authenticity.verification (
  organisation_id text not null,
  verification_id text not null,
  client_platform_id text,
  external_shipment_id text not null,
  order_id text not null,
  carrier_code text not null,
  number text not null,
  version bigint not null,
  state text not null,
  assessment jsonb not null,
  facts jsonb not null,
  proposed_level text not null,
  rulebook_version_id text not null,
  proofs integer not null,
  settles_at timestamp with time zone,
  proof_due_at timestamp with time zone,
  appeal_due_at timestamp with time zone,
  decided_by text,
  decider_id text,
  level text,
  seen_rules text[] not null,
  declared_at timestamp with time zone not null,
  first_scan_due_at timestamp with time zone not null,
  suspected_at timestamp with time zone,
  review_at timestamp with time zone,
  decided_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  constraint verification_decided_by_check CHECK ((decided_by = ANY (ARRAY['rules'::text, 'marketplace'::text, 'operator'::text]))),
  constraint verification_level_check CHECK ((level = ANY (ARRAY['general'::text, 'serious'::text, 'especially_serious'::text]))),
  constraint verification_organisation_id_external_shipment_id_key UNIQUE (organisation_id, external_shipment_id),
  constraint verification_pkey PRIMARY KEY (organisation_id, verification_id),
  constraint verification_proofs_check CHECK ((proofs >= 0)),
  constraint verification_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'genuine'::text, 'suspected'::text, 'under_review'::text, 'cleared'::text, 'penalised'::text, 'appealed'::text, 'upheld'::text, 'revoked'::text, 'withdrawn'::text])))
);
CREATE INDEX verification_client_platform_id_state_verification_id_idx ON authenticity.verification USING btree (client_platform_id, state, verification_id);
CREATE INDEX verification_declared_at_idx ON authenticity.verification USING btree (declared_at);
CREATE INDEX verification_external_shipment_id_idx ON authenticity.verification USING btree (external_shipment_id);
CREATE INDEX verification_number_idx ON authenticity.verification USING btree (number);
CREATE INDEX verification_organisation_id_state_verification_id_idx ON authenticity.verification USING btree (organisation_id, state, verification_id);
CREATE INDEX verification_state_verification_id_idx ON authenticity.verification USING btree (state, verification_id);
CREATE INDEX verification_verification_id_idx ON authenticity.verification USING btree (verification_id);
alter table authenticity.verification enable row level security;
alter table authenticity.verification force row level security;
create policy acts_for on authenticity.verification using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on authenticity.verification to postroad_app;
comment on table authenticity.verification is '@group organisation organisation_id';

create table authenticity.verification_step (
  organisation_id text not null,
  verification_id text not null,
  "position" integer not null,
  name text not null,
  by_judge text,
  by_caller text not null,
  reason text,
  occurred_at timestamp with time zone not null,
  constraint verification_step_organisation_id_verification_id_fkey FOREIGN KEY (organisation_id, verification_id) REFERENCES authenticity.verification(organisation_id, verification_id),
  constraint verification_step_pkey PRIMARY KEY (organisation_id, verification_id, "position")
);
alter table authenticity.verification_step enable row level security;
alter table authenticity.verification_step force row level security;
create policy acts_for on authenticity.verification_step using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM authenticity.verification v
  WHERE ((v.organisation_id = verification_step.organisation_id) AND (v.verification_id = verification_step.verification_id) AND (v.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on authenticity.verification_step to postroad_app;
comment on table authenticity.verification_step is '@group organisation organisation_id';

create table carriers.membership (
  carrier_code text not null,
  version bigint not null,
  status text not null,
  state jsonb not null,
  changed_at timestamp with time zone not null,
  constraint membership_pkey PRIMARY KEY (carrier_code)
);
grant delete, insert, select, update on carriers.membership to postroad_app;
comment on table carriers.membership is '@group reference';

create table carriers.membership_event (
  carrier_code text not null,
  version bigint not null,
  type text not null,
  event jsonb not null,
  by_caller text not null,
  occurred_at timestamp with time zone not null,
  constraint membership_event_pkey PRIMARY KEY (carrier_code, version)
);
grant insert, select on carriers.membership_event to postroad_app;
comment on table carriers.membership_event is '@group reference @append-only';

create table carriers.paper (
  carrier_code text not null,
  paper_id text not null,
  kind text not null,
  number text not null,
  issuer text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  note text,
  by_caller text not null,
  recorded_at timestamp with time zone not null,
  constraint paper_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint paper_kind_check CHECK ((kind = ANY (ARRAY['licence'::text, 'contract'::text, 'insurance'::text]))),
  constraint paper_pkey PRIMARY KEY (carrier_code, paper_id)
);
grant insert, select on carriers.paper to postroad_app;
comment on table carriers.paper is '@group reference @append-only';

create table carriers.recognised_source (
  organisation_id text not null,
  source_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  recognised boolean not null,
  proof text not null,
  by_caller text not null,
  recorded_at timestamp with time zone not null,
  constraint recognised_source_pkey PRIMARY KEY (organisation_id, source_id, valid_from)
);
alter table carriers.recognised_source enable row level security;
alter table carriers.recognised_source force row level security;
create policy acts_for on carriers.recognised_source using (platform.acts_for(organisation_id));
create policy network_is_public on carriers.recognised_source for select using ((organisation_id = 'network'::text));
grant delete, insert, select, update on carriers.recognised_source to postroad_app;
comment on table carriers.recognised_source is '@group organisation organisation_id';

create table commissions.account (
  organisation_id text not null,
  line_sequence bigint not null,
  opened_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (organisation_id)
);
alter table commissions.account enable row level security;
alter table commissions.account force row level security;
create policy acts_for on commissions.account using (platform.acts_for(organisation_id));
grant delete, insert, select, update on commissions.account to postroad_app;
comment on table commissions.account is '@group organisation organisation_id';

create table commissions.deduction (
  organisation_id text not null,
  deduction_id text not null,
  version bigint not null,
  point_id text not null,
  country text not null,
  reason text not null,
  subject_kind text not null,
  subject_id text not null,
  occurred_at timestamp with time zone not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null,
  state text not null,
  sealed_evidence bytea,
  sealed_appeal bytea,
  sealed_decision bytea,
  imposed_by text not null,
  decided_by text,
  imposed_at timestamp with time zone not null,
  appeal_until timestamp with time zone not null,
  appealed_at timestamp with time zone,
  decided_at timestamp with time zone,
  constraint deduction_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint deduction_organisation_id_reason_subject_kind_subject_id_key UNIQUE (organisation_id, reason, subject_kind, subject_id),
  constraint deduction_pkey PRIMARY KEY (organisation_id, deduction_id),
  constraint deduction_reason_check CHECK ((reason = ANY (ARRAY['late_handover'::text, 'lost'::text, 'complaint_upheld'::text, 'wrong_hand_out'::text, 'cash_not_recorded'::text]))),
  constraint deduction_state_check CHECK ((state = ANY (ARRAY['imposed'::text, 'appealed'::text, 'upheld'::text, 'overturned'::text])))
);
CREATE INDEX deduction_deduction_id_idx ON commissions.deduction USING btree (deduction_id);
alter table commissions.deduction enable row level security;
alter table commissions.deduction force row level security;
create policy acts_for on commissions.deduction using (platform.acts_for(organisation_id));
grant delete, insert, select, update on commissions.deduction to postroad_app;
comment on table commissions.deduction is '@group organisation organisation_id';

create table commissions.line (
  organisation_id text not null,
  line_id text not null,
  sequence bigint not null,
  kind text not null,
  rule text not null,
  event_id text not null,
  event_type text not null,
  point_id text not null,
  country text not null,
  subject_kind text not null,
  subject_id text not null,
  occurred_at timestamp with time zone not null,
  accrued_at timestamp with time zone not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null,
  outlet_minor bigint not null,
  inputs jsonb not null,
  reverses text,
  statement_id text,
  constraint line_kind_check CHECK ((kind = ANY (ARRAY['accrual'::text, 'counter'::text, 'deduction'::text, 'deduction_returned'::text]))),
  constraint line_organisation_id_reverses_key UNIQUE (organisation_id, reverses),
  constraint line_organisation_id_sequence_key UNIQUE (organisation_id, sequence),
  constraint line_pkey PRIMARY KEY (organisation_id, line_id)
);
CREATE INDEX line_organisation_id_currency_occurred_at_idx ON commissions.line USING btree (organisation_id, currency, occurred_at) WHERE (statement_id IS NULL);
CREATE INDEX line_organisation_id_statement_id_sequence_idx ON commissions.line USING btree (organisation_id, statement_id, sequence);
CREATE INDEX line_organisation_id_subject_id_idx ON commissions.line USING btree (organisation_id, subject_id);
alter table commissions.line enable row level security;
alter table commissions.line force row level security;
create policy acts_for on commissions.line using (platform.acts_for(organisation_id));
grant insert, select on commissions.line to postroad_app;
comment on table commissions.line is '@group organisation organisation_id';

create table commissions.month_count (
  organisation_id text not null,
  rule text not null,
  month text not null,
  count integer not null,
  constraint month_count_count_check CHECK ((count >= 0)),
  constraint month_count_pkey PRIMARY KEY (organisation_id, rule, month)
);
alter table commissions.month_count enable row level security;
alter table commissions.month_count force row level security;
create policy acts_for on commissions.month_count using (platform.acts_for(organisation_id));
grant delete, insert, select, update on commissions.month_count to postroad_app;
comment on table commissions.month_count is '@group organisation organisation_id';

create table commissions.statement (
  organisation_id text not null,
  statement_id text not null,
  currency text not null,
  week date not null,
  zone text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  lines integer not null,
  late_lines integer not null,
  opening_minor bigint not null,
  earned_minor bigint not null,
  owed_minor bigint not null,
  closing_minor bigint not null,
  payout_minor bigint not null,
  state text not null,
  bank_reference text,
  value_date date,
  closed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  constraint statement_check CHECK (((late_lines >= 0) AND (late_lines <= lines))),
  constraint statement_check1 CHECK ((closing_minor = ((opening_minor + earned_minor) + owed_minor))),
  constraint statement_check2 CHECK ((payout_minor = GREATEST(closing_minor, (0)::bigint))),
  constraint statement_lines_check CHECK ((lines >= 0)),
  constraint statement_opening_minor_check CHECK ((opening_minor <= 0)),
  constraint statement_organisation_id_currency_week_key UNIQUE (organisation_id, currency, week),
  constraint statement_pkey PRIMARY KEY (organisation_id, statement_id),
  constraint statement_state_check CHECK ((state = ANY (ARRAY['carried_over'::text, 'payout_instructed'::text, 'paid'::text])))
);
CREATE INDEX statement_statement_id_idx ON commissions.statement USING btree (statement_id);
alter table commissions.statement enable row level security;
alter table commissions.statement force row level security;
create policy acts_for on commissions.statement using (platform.acts_for(organisation_id));
grant delete, insert, select, update on commissions.statement to postroad_app;
comment on table commissions.statement is '@group organisation organisation_id';

create table coverage.unserved (
  organisation_id text not null,
  country text not null,
  service text not null,
  day date not null,
  subject_id text not null,
  latitude_e2 integer not null,
  longitude_e2 integer not null,
  parcels integer not null,
  constraint unserved_pkey PRIMARY KEY (organisation_id, country, service, day, subject_id)
);
CREATE INDEX unserved_day_idx ON coverage.unserved USING btree (day);
alter table coverage.unserved enable row level security;
alter table coverage.unserved force row level security;
create policy acts_for on coverage.unserved using (platform.acts_for(organisation_id));
grant delete, insert, select, update on coverage.unserved to postroad_app;
comment on table coverage.unserved is '@group organisation organisation_id';

create table deliveries.cash (
  organisation_id text not null,
  shipment_id text not null,
  delivery_id text not null,
  run_id text,
  courier_id text,
  currency text not null,
  amount_minor bigint not null,
  collected_at timestamp with time zone not null,
  constraint cash_amount_minor_check CHECK ((amount_minor > 0)),
  constraint cash_pkey PRIMARY KEY (organisation_id, shipment_id)
);
CREATE INDEX cash_organisation_id_run_id_idx ON deliveries.cash USING btree (organisation_id, run_id);
alter table deliveries.cash enable row level security;
alter table deliveries.cash force row level security;
create policy acts_for on deliveries.cash using (platform.acts_for(organisation_id));
grant insert, select on deliveries.cash to postroad_app;
comment on table deliveries.cash is '@group organisation organisation_id';

create table deliveries.cash_hand_in (
  organisation_id text not null,
  hand_in_id text not null,
  run_id text not null,
  currency text not null,
  amount_minor bigint not null,
  by_caller text not null,
  received_at timestamp with time zone not null,
  constraint cash_hand_in_amount_minor_check CHECK ((amount_minor > 0)),
  constraint cash_hand_in_pkey PRIMARY KEY (organisation_id, hand_in_id)
);
CREATE INDEX cash_hand_in_organisation_id_run_id_idx ON deliveries.cash_hand_in USING btree (organisation_id, run_id);
alter table deliveries.cash_hand_in enable row level security;
alter table deliveries.cash_hand_in force row level security;
create policy acts_for on deliveries.cash_hand_in using (platform.acts_for(organisation_id));
grant insert, select on deliveries.cash_hand_in to postroad_app;
comment on table deliveries.cash_hand_in is '@group organisation organisation_id';

create table deliveries.consent (
  organisation_id text not null,
  consent_id text not null,
  shipment_id text not null,
  safe_place text[] not null,
  after_attempts text,
  given_by text not null,
  given_at timestamp with time zone not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint consent_given_by_check CHECK ((given_by = ANY (ARRAY['recipient'::text, 'recipient_through_merchant'::text]))),
  constraint consent_pkey PRIMARY KEY (organisation_id, consent_id)
);
CREATE INDEX consent_organisation_id_shipment_id_idx ON deliveries.consent USING btree (organisation_id, shipment_id);
alter table deliveries.consent enable row level security;
alter table deliveries.consent force row level security;
create policy acts_for on deliveries.consent using (platform.acts_for(organisation_id));
grant insert, select on deliveries.consent to postroad_app;
comment on table deliveries.consent is '@group organisation organisation_id';

create table deliveries.delivery (
  organisation_id text not null,
  delivery_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  merchant_id text not null,
  client_platform_id text,
  to_place jsonb not null,
  undeliverable text not null,
  cash_on_delivery jsonb,
  state text not null,
  version bigint not null,
  run_id text,
  courier_id text,
  stop smallint,
  attempts smallint default 0 not null,
  last_attempt_at timestamp with time zone,
  out_at timestamp with time zone,
  hold_until timestamp with time zone,
  reason text,
  sign_kind text,
  flags text[] default '{}'::text[] not null,
  proof_ids text[] default '{}'::text[] not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint delivery_organisation_id_parcel_id_key UNIQUE (organisation_id, parcel_id),
  constraint delivery_pkey PRIMARY KEY (organisation_id, delivery_id),
  constraint delivery_undeliverable_check CHECK ((undeliverable = ANY (ARRAY['return'::text, 'destroy'::text])))
);
CREATE INDEX delivery_delivery_id_idx ON deliveries.delivery USING btree (delivery_id);
CREATE INDEX delivery_organisation_id_run_id_stop_idx ON deliveries.delivery USING btree (organisation_id, run_id, stop);
CREATE INDEX delivery_organisation_id_shipment_id_idx ON deliveries.delivery USING btree (organisation_id, shipment_id);
CREATE INDEX delivery_shipment_id_idx ON deliveries.delivery USING btree (shipment_id);
alter table deliveries.delivery enable row level security;
alter table deliveries.delivery force row level security;
create policy acts_for on deliveries.delivery using (platform.acts_for(organisation_id));
grant delete, insert, select, update on deliveries.delivery to postroad_app;
comment on table deliveries.delivery is '@group organisation organisation_id';

create table deliveries.proof (
  organisation_id text not null,
  proof_id text not null,
  kind text not null,
  content_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  blob_key text,
  sealed bytea,
  delivery_id text,
  by_caller text not null,
  created_at timestamp with time zone not null,
  shipment_id text,
  constraint proof_check CHECK (((blob_key IS NULL) <> (sealed IS NULL))),
  constraint proof_check1 CHECK (((shipment_id IS NULL) OR (delivery_id IS NULL))),
  constraint proof_kind_check CHECK ((kind = ANY (ARRAY['photo'::text, 'signature'::text]))),
  constraint proof_pkey PRIMARY KEY (organisation_id, proof_id)
);
CREATE INDEX proof_organisation_id_delivery_id_idx ON deliveries.proof USING btree (organisation_id, delivery_id);
CREATE INDEX proof_organisation_id_shipment_id_idx ON deliveries.proof USING btree (organisation_id, shipment_id);
CREATE INDEX proof_proof_id_idx ON deliveries.proof USING btree (proof_id);
alter table deliveries.proof enable row level security;
alter table deliveries.proof force row level security;
create policy acts_for on deliveries.proof using (platform.acts_for(organisation_id));
grant delete, insert, select, update on deliveries.proof to postroad_app;
comment on table deliveries.proof is '@group organisation organisation_id';

create table deliveries.run (
  organisation_id text not null,
  run_id text not null,
  courier_id text not null,
  day date not null,
  state text not null,
  version bigint not null,
  departed_at timestamp with time zone,
  closed_at timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint run_pkey PRIMARY KEY (organisation_id, run_id),
  constraint run_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'under_way'::text, 'closed'::text])))
);
CREATE INDEX run_organisation_id_courier_id_day_idx ON deliveries.run USING btree (organisation_id, courier_id, day);
CREATE INDEX run_run_id_idx ON deliveries.run USING btree (run_id);
alter table deliveries.run enable row level security;
alter table deliveries.run force row level security;
create policy acts_for on deliveries.run using (platform.acts_for(organisation_id));
grant delete, insert, select, update on deliveries.run to postroad_app;
comment on table deliveries.run is '@group organisation organisation_id';

create table deliveries.step (
  organisation_id text not null,
  delivery_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  evidence jsonb,
  client_id text,
  digest bytea,
  by_caller text not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint step_organisation_id_delivery_id_client_id_key UNIQUE (organisation_id, delivery_id, client_id),
  constraint step_pkey PRIMARY KEY (organisation_id, delivery_id, version)
);
alter table deliveries.step enable row level security;
alter table deliveries.step force row level security;
create policy acts_for on deliveries.step using (platform.acts_for(organisation_id));
grant insert, select on deliveries.step to postroad_app;
comment on table deliveries.step is '@group organisation organisation_id';

create table deliveries.wish (
  organisation_id text not null,
  shipment_id text not null,
  safe_place text[] default '{}'::text[] not null,
  consent_id text,
  after_attempts text,
  pin_hash text,
  pin_required boolean default false not null,
  pin_wrong_tries smallint default 0 not null,
  version bigint not null,
  changed_at timestamp with time zone not null,
  constraint wish_after_attempts_check CHECK ((after_attempts = ANY (ARRAY['hold_for_pickup'::text, 'as_agreed'::text]))),
  constraint wish_pkey PRIMARY KEY (organisation_id, shipment_id)
);
alter table deliveries.wish enable row level security;
alter table deliveries.wish force row level security;
create policy acts_for on deliveries.wish using (platform.acts_for(organisation_id));
grant delete, insert, select, update on deliveries.wish to postroad_app;
comment on table deliveries.wish is '@group organisation organisation_id';

create table epcis.capture (
  organisation_id text not null,
  capture_id text not null,
  reporter jsonb not null,
  error_behaviour text not null,
  document jsonb,
  event_count integer not null,
  captured integer default 0 not null,
  duplicates integer default 0 not null,
  errors jsonb default '[]'::jsonb not null,
  scans jsonb not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  number bigint,
  recorded_at timestamp with time zone,
  extensions jsonb default '{}'::jsonb not null,
  constraint capture_error_behaviour_check CHECK ((error_behaviour = ANY (ARRAY['rollback'::text, 'proceed'::text]))),
  constraint capture_pkey PRIMARY KEY (organisation_id, capture_id)
);
CREATE INDEX capture_capture_id_idx ON epcis.capture USING btree (capture_id);
CREATE UNIQUE INDEX capture_organisation_id_number_idx ON epcis.capture USING btree (organisation_id, number);
alter table epcis.capture enable row level security;
alter table epcis.capture force row level security;
create policy acts_for on epcis.capture using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on epcis.capture to postroad_app;
comment on table epcis.capture is '@group organisation organisation_id';

create table epcis.event (
  organisation_id text not null,
  event_id text not null,
  declares_error boolean not null,
  capture_id text not null,
  "position" integer not null,
  hash_id text not null,
  event_type text not null,
  event_time timestamp with time zone not null,
  record_time timestamp with time zone not null,
  action text,
  biz_step text,
  disposition text,
  read_point text,
  biz_location text,
  parent_id text,
  epcs text[] not null,
  any_epcs text[] not null,
  context jsonb not null,
  event jsonb not null,
  has_terms boolean default false not null,
  term_version smallint default 1 not null,
  constraint event_pkey PRIMARY KEY (organisation_id, event_id, declares_error)
);
CREATE INDEX event_organisation_id_capture_id_position_idx ON epcis.event USING btree (organisation_id, capture_id, "position");
CREATE INDEX event_organisation_id_event_time_event_id_idx ON epcis.event USING btree (organisation_id, event_time, event_id);
CREATE INDEX event_organisation_id_record_time_event_id_idx ON epcis.event USING btree (organisation_id, record_time, event_id);
CREATE INDEX event_organisation_id_term_version_idx ON epcis.event USING btree (organisation_id, term_version) WHERE (term_version < 2);
alter table epcis.event enable row level security;
alter table epcis.event force row level security;
create policy acts_for on epcis.event using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant insert, select on epcis.event to postroad_app;
comment on table epcis.event is '@group organisation organisation_id';

create table epcis.event_term (
  organisation_id text not null,
  capture_id text not null,
  "position" integer not null,
  name text not null,
  value text not null,
  number double precision,
  constraint event_term_pkey PRIMARY KEY (organisation_id, name, value, capture_id, "position")
);
CREATE INDEX event_term_organisation_id_name_number_idx ON epcis.event_term USING btree (organisation_id, name, number) WHERE (number IS NOT NULL);
alter table epcis.event_term enable row level security;
alter table epcis.event_term force row level security;
create policy acts_for on epcis.event_term using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant insert, select on epcis.event_term to postroad_app;
comment on table epcis.event_term is '@group organisation organisation_id';

create table epcis.master_attribute (
  organisation_id text not null,
  element text not null,
  name text not null,
  value text not null,
  constraint master_attribute_pkey PRIMARY KEY (organisation_id, element, name, value)
);
CREATE INDEX master_attribute_organisation_id_name_value_idx ON epcis.master_attribute USING btree (organisation_id, name, value);
alter table epcis.master_attribute enable row level security;
alter table epcis.master_attribute force row level security;
create policy acts_for on epcis.master_attribute using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on epcis.master_attribute to postroad_app;
comment on table epcis.master_attribute is '@group organisation organisation_id';

create table epcis.master_child (
  organisation_id text not null,
  parent text not null,
  child text not null,
  constraint master_child_pkey PRIMARY KEY (organisation_id, parent, child)
);
alter table epcis.master_child enable row level security;
alter table epcis.master_child force row level security;
create policy acts_for on epcis.master_child using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on epcis.master_child to postroad_app;
comment on table epcis.master_child is '@group organisation organisation_id';

create table epcis.master_element (
  organisation_id text not null,
  element text not null,
  vocabularies jsonb not null,
  capture_id text not null,
  constraint master_element_pkey PRIMARY KEY (organisation_id, element)
);
alter table epcis.master_element enable row level security;
alter table epcis.master_element force row level security;
create policy acts_for on epcis.master_element using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on epcis.master_element to postroad_app;
comment on table epcis.master_element is '@group organisation organisation_id';

create table external.replaced_number (
  organisation_id text not null,
  external_shipment_id text not null,
  version bigint not null,
  carrier_code text not null,
  number text not null,
  declared_at timestamp with time zone not null,
  replaced_at timestamp with time zone not null,
  first_scan_at timestamp with time zone,
  reason text not null,
  constraint replaced_number_organisation_id_external_shipment_id_fkey FOREIGN KEY (organisation_id, external_shipment_id) REFERENCES external.shipment(organisation_id, external_shipment_id),
  constraint replaced_number_pkey PRIMARY KEY (organisation_id, external_shipment_id, version)
);
alter table external.replaced_number enable row level security;
alter table external.replaced_number force row level security;
create policy acts_for on external.replaced_number using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM external.shipment s
  WHERE ((s.organisation_id = replaced_number.organisation_id) AND (s.external_shipment_id = replaced_number.external_shipment_id) AND (s.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant insert, select on external.replaced_number to postroad_app;
comment on table external.replaced_number is '@group organisation organisation_id';

create table external.shipment (
  organisation_id text not null,
  external_shipment_id text not null,
  client_platform_id text,
  order_id text not null,
  order_reference text not null,
  version bigint not null,
  state text not null,
  carrier_code text not null,
  number text not null,
  tracking_site text,
  service_name text,
  send_type text not null,
  description text,
  shipped_at timestamp with time zone,
  ship_from_country text,
  hold text,
  parcel_ref text not null,
  parcel_id text,
  tracking_status text,
  is_closed boolean default false not null,
  first_scan_at timestamp with time zone,
  delivered_at timestamp with time zone,
  declared_at timestamp with time zone not null,
  number_declared_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawal_reason text,
  verification_id text,
  verification_state text,
  weight_grams integer,
  constraint shipment_description_check CHECK ((length(description) <= 512)),
  constraint shipment_hold_check CHECK ((hold = ANY (ARRAY['own'::text, 'shared'::text]))),
  constraint shipment_pkey PRIMARY KEY (organisation_id, external_shipment_id),
  constraint shipment_send_type_check CHECK ((send_type = ANY (ARRAY['all'::text, 'part'::text]))),
  constraint shipment_state_check CHECK ((state = ANY (ARRAY['declared'::text, 'withdrawn'::text]))),
  constraint shipment_weight_grams_check CHECK ((weight_grams > 0))
);
CREATE INDEX shipment_client_platform_id_external_shipment_id_idx ON external.shipment USING btree (client_platform_id, external_shipment_id) WHERE (client_platform_id IS NOT NULL);
CREATE INDEX shipment_external_shipment_id_idx ON external.shipment USING btree (external_shipment_id);
CREATE INDEX shipment_number_idx ON external.shipment USING btree (number);
CREATE UNIQUE INDEX shipment_organisation_id_order_id_carrier_code_number_idx ON external.shipment USING btree (organisation_id, order_id, carrier_code, number) WHERE (state = 'declared'::text);
CREATE INDEX shipment_organisation_id_order_id_idx ON external.shipment USING btree (organisation_id, order_id);
CREATE INDEX shipment_parcel_id_idx ON external.shipment USING btree (parcel_id) WHERE (parcel_id IS NOT NULL);
alter table external.shipment enable row level security;
alter table external.shipment force row level security;
create policy acts_for on external.shipment using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on external.shipment to postroad_app;
comment on table external.shipment is '@group organisation organisation_id';

create table external.suspension (
  organisation_id text not null,
  suspended_until timestamp with time zone,
  changes integer default 0 not null,
  constraint suspension_pkey PRIMARY KEY (organisation_id)
);
alter table external.suspension enable row level security;
alter table external.suspension force row level security;
create policy acts_for on external.suspension using (platform.acts_for(organisation_id));
grant delete, insert, select, update on external.suspension to postroad_app;
comment on table external.suspension is '@group organisation organisation_id';

create table handovers.arrival (
  organisation_id text not null,
  handover_id text not null,
  number text not null,
  issue text,
  by_caller text not null,
  occurred_at timestamp with time zone not null,
  constraint arrival_organisation_id_handover_id_fkey FOREIGN KEY (organisation_id, handover_id) REFERENCES handovers.handover(organisation_id, handover_id),
  constraint arrival_pkey PRIMARY KEY (organisation_id, handover_id, number)
);
alter table handovers.arrival enable row level security;
alter table handovers.arrival force row level security;
create policy acts_for on handovers.arrival using (platform.acts_for(organisation_id));
grant delete, insert, select, update on handovers.arrival to postroad_app;
comment on table handovers.arrival is '@group organisation organisation_id';

create table handovers.bag (
  organisation_id text not null,
  bag_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  version bigint not null,
  state text not null,
  code text not null,
  container text not null,
  handover_id text,
  commits smallint not null,
  has_edits boolean not null,
  weight_grams integer,
  goods_ready_at timestamp with time zone,
  parcel_count integer not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint bag_container_check CHECK ((container = ANY (ARRAY['pallet'::text, 'bag'::text, 'loose'::text]))),
  constraint bag_organisation_id_code_key UNIQUE (organisation_id, code),
  constraint bag_organisation_id_handover_id_fkey FOREIGN KEY (organisation_id, handover_id) REFERENCES handovers.handover(organisation_id, handover_id),
  constraint bag_parcel_count_check CHECK (((parcel_count >= 0) AND (parcel_count <= 1000))),
  constraint bag_pkey PRIMARY KEY (organisation_id, bag_id)
);
CREATE INDEX bag_bag_id_idx ON handovers.bag USING btree (bag_id);
CREATE INDEX bag_carrier_id_bag_id_idx ON handovers.bag USING btree (carrier_id, bag_id);
CREATE INDEX bag_client_platform_id_bag_id_idx ON handovers.bag USING btree (client_platform_id, bag_id);
CREATE INDEX bag_organisation_id_handover_id_idx ON handovers.bag USING btree (organisation_id, handover_id);
CREATE INDEX bag_state_bag_id_idx ON handovers.bag USING btree (state, bag_id);
CREATE INDEX bag_warehouse_id_bag_id_idx ON handovers.bag USING btree (warehouse_id, bag_id);
alter table handovers.bag enable row level security;
alter table handovers.bag force row level security;
create policy acts_for on handovers.bag using ((platform.acts_for(organisation_id) OR (((current_setting('postroad.organisation'::text, true) = client_platform_id) OR (current_setting('postroad.organisation'::text, true) = carrier_id)) OR (current_setting('postroad.organisation'::text, true) = warehouse_id)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on handovers.bag to postroad_app;
comment on table handovers.bag is '@group organisation organisation_id';

create table handovers.content (
  organisation_id text not null,
  container_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  is_open boolean not null,
  state text not null,
  constraint content_pkey PRIMARY KEY (organisation_id, container_id, parcel_id),
  constraint content_state_check CHECK ((state = ANY (ARRAY['init'::text, 'inbound_normal'::text, 'inbound_abnormal'::text])))
);
CREATE UNIQUE INDEX content_organisation_id_parcel_id_idx ON handovers.content USING btree (organisation_id, parcel_id) WHERE is_open;
alter table handovers.content enable row level security;
alter table handovers.content force row level security;
create policy acts_for on handovers.content using (platform.acts_for(organisation_id));
grant delete, insert, select, update on handovers.content to postroad_app;
comment on table handovers.content is '@group organisation organisation_id';

create table handovers.difference (
  organisation_id text not null,
  handover_id text not null,
  number text not null,
  code smallint not null,
  parcel_id text,
  bag_id text,
  issue text,
  constraint difference_code_check CHECK ((code = ANY (ARRAY[0, 2, 3, 5]))),
  constraint difference_organisation_id_handover_id_fkey FOREIGN KEY (organisation_id, handover_id) REFERENCES handovers.handover(organisation_id, handover_id),
  constraint difference_pkey PRIMARY KEY (organisation_id, handover_id, number)
);
alter table handovers.difference enable row level security;
alter table handovers.difference force row level security;
create policy acts_for on handovers.difference using (platform.acts_for(organisation_id));
grant insert, select on handovers.difference to postroad_app;
comment on table handovers.difference is '@group organisation organisation_id';

create table handovers.handover (
  organisation_id text not null,
  handover_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  version bigint not null,
  state text not null,
  kind text not null,
  number text not null,
  carrier_name text,
  tracking_number text,
  goods_ready_at timestamp with time zone,
  parcel_count integer not null,
  reason text,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint handover_check CHECK (((kind <> 'self_post'::text) OR ((carrier_name IS NOT NULL) AND (tracking_number IS NOT NULL)))),
  constraint handover_kind_check CHECK ((kind = ANY (ARRAY['platform_pickup'::text, 'self_post'::text, 'self_send'::text]))),
  constraint handover_organisation_id_number_key UNIQUE (organisation_id, number),
  constraint handover_parcel_count_check CHECK (((parcel_count >= 0) AND (parcel_count <= 1000))),
  constraint handover_pkey PRIMARY KEY (organisation_id, handover_id)
);
CREATE INDEX handover_carrier_id_handover_id_idx ON handovers.handover USING btree (carrier_id, handover_id);
CREATE INDEX handover_client_platform_id_handover_id_idx ON handovers.handover USING btree (client_platform_id, handover_id);
CREATE INDEX handover_handover_id_idx ON handovers.handover USING btree (handover_id);
CREATE INDEX handover_state_handover_id_idx ON handovers.handover USING btree (state, handover_id);
CREATE INDEX handover_warehouse_id_handover_id_idx ON handovers.handover USING btree (warehouse_id, handover_id);
alter table handovers.handover enable row level security;
alter table handovers.handover force row level security;
create policy acts_for on handovers.handover using ((platform.acts_for(organisation_id) OR (((current_setting('postroad.organisation'::text, true) = client_platform_id) OR (current_setting('postroad.organisation'::text, true) = carrier_id)) OR (current_setting('postroad.organisation'::text, true) = warehouse_id)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on handovers.handover to postroad_app;
comment on table handovers.handover is '@group organisation organisation_id';

create table ledger.account_snapshot (
  organisation_id text not null,
  account text not null,
  balance_minor bigint not null,
  horizon xid8 not null,
  taken_at timestamp with time zone not null,
  constraint account_snapshot_pkey PRIMARY KEY (organisation_id, account)
);
alter table ledger.account_snapshot enable row level security;
alter table ledger.account_snapshot force row level security;
create policy acts_for on ledger.account_snapshot using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.account_snapshot to postroad_app;
comment on table ledger.account_snapshot is '@group organisation organisation_id';

create table ledger.bank_receipt (
  organisation_id text not null,
  bank_reference text not null,
  top_up_organisation_id text not null,
  top_up_id text not null,
  received_at timestamp with time zone not null,
  constraint bank_receipt_pkey PRIMARY KEY (organisation_id, bank_reference)
);
alter table ledger.bank_receipt enable row level security;
alter table ledger.bank_receipt force row level security;
create policy acts_for on ledger.bank_receipt using (platform.acts_for(organisation_id));
grant insert, select on ledger.bank_receipt to postroad_app;
comment on table ledger.bank_receipt is '@group organisation organisation_id';

create table ledger.charge (
  organisation_id text not null,
  charge_id text not null,
  reference_kind text not null,
  reference_id text not null,
  hold_set_id text,
  currency text not null,
  total_minor bigint not null,
  refunded_minor bigint default 0 not null,
  lines jsonb not null,
  payers jsonb not null,
  evidence text,
  version bigint default 1 not null,
  charged_at timestamp with time zone not null,
  constraint charge_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= total_minor))),
  constraint charge_pkey PRIMARY KEY (organisation_id, charge_id),
  constraint charge_total_minor_check CHECK ((total_minor >= 0))
);
alter table ledger.charge enable row level security;
alter table ledger.charge force row level security;
create policy acts_for on ledger.charge using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.charge to postroad_app;
comment on table ledger.charge is '@group organisation organisation_id';

create table ledger.charge_share (
  organisation_id text not null,
  charge_id text not null,
  charge_organisation_id text not null,
  subject_kind text not null,
  subject_id text not null,
  wallet_id text not null,
  role text not null,
  due_minor bigint not null,
  outstanding_minor bigint not null,
  refunded_minor bigint default 0 not null,
  lines jsonb not null,
  state text not null,
  attempts integer default 0 not null,
  settlements integer default 0 not null,
  charged_at timestamp with time zone not null,
  constraint charge_share_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= due_minor))),
  constraint charge_share_check1 CHECK ((outstanding_minor <= due_minor)),
  constraint charge_share_check2 CHECK (((state = 'paid'::text) = (outstanding_minor = 0))),
  constraint charge_share_due_minor_check CHECK ((due_minor >= 0)),
  constraint charge_share_organisation_id_wallet_id_fkey FOREIGN KEY (organisation_id, wallet_id) REFERENCES ledger.wallet(organisation_id, wallet_id),
  constraint charge_share_outstanding_minor_check CHECK ((outstanding_minor >= 0)),
  constraint charge_share_pkey PRIMARY KEY (organisation_id, charge_id),
  constraint charge_share_state_check CHECK ((state = ANY (ARRAY['paid'::text, 'retrying'::text, 'arrears'::text])))
);
CREATE INDEX charge_share_organisation_id_wallet_id_charged_at_idx ON ledger.charge_share USING btree (organisation_id, wallet_id, charged_at) WHERE (outstanding_minor > 0);
alter table ledger.charge_share enable row level security;
alter table ledger.charge_share force row level security;
create policy acts_for on ledger.charge_share using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.charge_share to postroad_app;
comment on table ledger.charge_share is '@group organisation organisation_id';

create table ledger.cod_collection (
  organisation_id text not null,
  collection_id text not null,
  reference_kind text not null,
  reference_id text not null,
  merchant_id text not null,
  clears_with text not null,
  currency text not null,
  due_minor bigint not null,
  collected_minor bigint default 0 not null,
  remitted_minor bigint default 0 not null,
  fee_minor bigint not null,
  fee_tax_minor bigint default 0 not null,
  remittance_reference text,
  state text not null,
  version bigint default 1 not null,
  collected_at timestamp with time zone,
  remitted_at timestamp with time zone,
  reconciled_at timestamp with time zone,
  constraint cod_collection_collected_minor_check CHECK ((collected_minor >= 0)),
  constraint cod_collection_due_minor_check CHECK ((due_minor > 0)),
  constraint cod_collection_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint cod_collection_fee_tax_minor_check CHECK ((fee_tax_minor >= 0)),
  constraint cod_collection_pkey PRIMARY KEY (organisation_id, collection_id),
  constraint cod_collection_remitted_minor_check CHECK ((remitted_minor >= 0)),
  constraint cod_collection_state_check CHECK ((state = ANY (ARRAY['collected'::text, 'remitted'::text, 'reconciled'::text])))
);
CREATE INDEX cod_collection_organisation_id_currency_idx ON ledger.cod_collection USING btree (organisation_id, currency) WHERE (state <> 'reconciled'::text);
alter table ledger.cod_collection enable row level security;
alter table ledger.cod_collection force row level security;
create policy acts_for on ledger.cod_collection using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.cod_collection to postroad_app;
comment on table ledger.cod_collection is '@group organisation organisation_id';

create table ledger.conversion (
  organisation_id text not null,
  conversion_id text not null,
  reference_kind text not null,
  reference_id text not null,
  from_currency text not null,
  from_minor bigint not null,
  to_currency text not null,
  to_minor bigint not null,
  rate_id text not null,
  gain_minor bigint not null,
  converted_at timestamp with time zone not null,
  constraint conversion_from_minor_check CHECK ((from_minor > 0)),
  constraint conversion_pkey PRIMARY KEY (organisation_id, conversion_id),
  constraint conversion_to_minor_check CHECK ((to_minor > 0))
);
alter table ledger.conversion enable row level security;
alter table ledger.conversion force row level security;
create policy acts_for on ledger.conversion using (platform.acts_for(organisation_id));
grant insert, select on ledger.conversion to postroad_app;
comment on table ledger.conversion is '@group organisation organisation_id';

create table ledger.deposit (
  organisation_id text not null,
  deposit_id text not null,
  wallet_id text not null,
  clears_with text not null,
  currency text not null,
  amount_minor bigint not null,
  deducted_minor bigint,
  reference_kind text not null,
  reference_id text not null,
  taken_at timestamp with time zone not null,
  returned_at timestamp with time zone,
  constraint deposit_amount_minor_check CHECK ((amount_minor > 0)),
  constraint deposit_check CHECK (((deducted_minor >= 0) AND (deducted_minor <= amount_minor))),
  constraint deposit_check1 CHECK (((deducted_minor IS NULL) = (returned_at IS NULL))),
  constraint deposit_pkey PRIMARY KEY (organisation_id, deposit_id)
);
CREATE INDEX deposit_organisation_id_reference_kind_reference_id_idx ON ledger.deposit USING btree (organisation_id, reference_kind, reference_id);
alter table ledger.deposit enable row level security;
alter table ledger.deposit force row level security;
create policy acts_for on ledger.deposit using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.deposit to postroad_app;
comment on table ledger.deposit is '@group organisation organisation_id';

create table ledger.exchange_rate (
  rate_id text not null,
  from_currency text not null,
  to_currency text not null,
  rate_e8 bigint not null,
  market_rate_e8 bigint not null,
  valid_from timestamp with time zone not null,
  valid_until timestamp with time zone not null,
  source text not null,
  entered_by text not null,
  entered_at timestamp with time zone not null,
  constraint exchange_rate_check CHECK ((valid_from < valid_until)),
  constraint exchange_rate_check1 CHECK ((from_currency <> to_currency)),
  constraint exchange_rate_market_rate_e8_check CHECK ((market_rate_e8 > 0)),
  constraint exchange_rate_pkey PRIMARY KEY (rate_id),
  constraint exchange_rate_rate_e8_check CHECK ((rate_e8 > 0))
);
CREATE INDEX exchange_rate_from_currency_to_currency_valid_from_idx ON ledger.exchange_rate USING btree (from_currency, to_currency, valid_from);
grant insert, select on ledger.exchange_rate to postroad_app;
comment on table ledger.exchange_rate is '@group reference';

create table ledger.hold (
  organisation_id text not null,
  hold_id text not null,
  set_organisation_id text not null,
  hold_set_id text not null,
  wallet_id text not null,
  amount_minor bigint not null,
  state text not null,
  constraint hold_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint hold_organisation_id_wallet_id_fkey FOREIGN KEY (organisation_id, wallet_id) REFERENCES ledger.wallet(organisation_id, wallet_id),
  constraint hold_pkey PRIMARY KEY (organisation_id, hold_id),
  constraint hold_state_check CHECK ((state = ANY (ARRAY['held'::text, 'posted'::text, 'voided'::text, 'expired'::text])))
);
CREATE INDEX hold_organisation_id_wallet_id_idx ON ledger.hold USING btree (organisation_id, wallet_id) WHERE (state = 'held'::text);
alter table ledger.hold enable row level security;
alter table ledger.hold force row level security;
create policy acts_for on ledger.hold using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.hold to postroad_app;
comment on table ledger.hold is '@group organisation organisation_id';

create table ledger.hold_set (
  organisation_id text not null,
  hold_set_id text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null,
  payers jsonb not null,
  state text not null,
  version bigint default 1 not null,
  placed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint hold_set_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint hold_set_pkey PRIMARY KEY (organisation_id, hold_set_id),
  constraint hold_set_state_check CHECK ((state = ANY (ARRAY['held'::text, 'posted'::text, 'voided'::text, 'expired'::text])))
);
alter table ledger.hold_set enable row level security;
alter table ledger.hold_set force row level security;
create policy acts_for on ledger.hold_set using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.hold_set to postroad_app;
comment on table ledger.hold_set is '@group organisation organisation_id';

create table ledger.partner_entry (
  organisation_id text not null,
  entry_id text not null,
  clears_with text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null,
  counter_kind text not null,
  recorded_at timestamp with time zone not null,
  constraint partner_entry_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint partner_entry_counter_kind_check CHECK ((counter_kind = ANY (ARRAY['partner_cost'::text, 'income'::text, 'cod_payable'::text]))),
  constraint partner_entry_pkey PRIMARY KEY (organisation_id, entry_id)
);
alter table ledger.partner_entry enable row level security;
alter table ledger.partner_entry force row level security;
create policy acts_for on ledger.partner_entry using (platform.acts_for(organisation_id));
grant insert, select on ledger.partner_entry to postroad_app;
comment on table ledger.partner_entry is '@group organisation organisation_id';

create table ledger.payout (
  organisation_id text not null,
  payout_id text not null,
  clears_with text not null,
  reference_kind text not null,
  reference_id text not null,
  currency text not null,
  amount_minor bigint not null,
  state text not null,
  bank_reference text,
  value_date date,
  instructed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  constraint payout_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payout_check CHECK (((state = 'paid'::text) = (bank_reference IS NOT NULL))),
  constraint payout_organisation_id_bank_reference_key UNIQUE (organisation_id, bank_reference),
  constraint payout_pkey PRIMARY KEY (organisation_id, payout_id),
  constraint payout_state_check CHECK ((state = ANY (ARRAY['instructed'::text, 'paid'::text])))
);
alter table ledger.payout enable row level security;
alter table ledger.payout force row level security;
create policy acts_for on ledger.payout using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.payout to postroad_app;
comment on table ledger.payout is '@group organisation organisation_id';

create table ledger.refund (
  organisation_id text not null,
  refund_id text not null,
  charge_id text not null,
  reason_kind text not null,
  reason_id text not null,
  amount_minor bigint not null,
  amount_was_given boolean not null,
  evidence text,
  refunded_at timestamp with time zone not null,
  constraint refund_amount_minor_check CHECK ((amount_minor > 0)),
  constraint refund_organisation_id_charge_id_fkey FOREIGN KEY (organisation_id, charge_id) REFERENCES ledger.charge(organisation_id, charge_id),
  constraint refund_pkey PRIMARY KEY (organisation_id, refund_id)
);
alter table ledger.refund enable row level security;
alter table ledger.refund force row level security;
create policy acts_for on ledger.refund using (platform.acts_for(organisation_id));
grant insert, select on ledger.refund to postroad_app;
comment on table ledger.refund is '@group organisation organisation_id';

create table ledger.top_up (
  organisation_id text not null,
  top_up_id text not null,
  wallet_id text not null,
  provider text not null,
  payment_reference text not null,
  currency text not null,
  requested_minor bigint not null,
  received_minor bigint,
  value_date date,
  bank_reference text,
  state text not null,
  first_confirmed_by text,
  second_confirmed_by text,
  requested_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint top_up_organisation_id_wallet_id_fkey FOREIGN KEY (organisation_id, wallet_id) REFERENCES ledger.wallet(organisation_id, wallet_id),
  constraint top_up_pkey PRIMARY KEY (organisation_id, top_up_id),
  constraint top_up_requested_minor_check CHECK ((requested_minor > 0)),
  constraint top_up_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'awaiting_second_confirmation'::text, 'confirmed'::text])))
);
CREATE INDEX top_up_state_top_up_id_idx ON ledger.top_up USING btree (state, top_up_id);
CREATE INDEX top_up_top_up_id_idx ON ledger.top_up USING btree (top_up_id);
alter table ledger.top_up enable row level security;
alter table ledger.top_up force row level security;
create policy acts_for on ledger.top_up using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.top_up to postroad_app;
comment on table ledger.top_up is '@group organisation organisation_id';

create table ledger.transfer (
  organisation_id text not null,
  transfer_id text not null,
  debit_account text not null,
  credit_account text not null,
  amount_minor bigint not null,
  currency text not null,
  kind text not null,
  cause_kind text not null,
  cause_id text not null,
  subject_kind text,
  subject_id text,
  evidence text,
  detail jsonb,
  counterpart_id text,
  counter_account text,
  mirror_of text,
  wallet_id text,
  wallet_sequence bigint,
  wallet_balance_minor bigint,
  value_date date,
  posted_at timestamp with time zone not null,
  transaction_id xid8 default pg_current_xact_id() not null,
  constraint transfer_amount_minor_check CHECK ((amount_minor > 0)),
  constraint transfer_cause_id_check CHECK ((cause_id <> ''::text)),
  constraint transfer_cause_kind_check CHECK ((cause_kind <> ''::text)),
  constraint transfer_check CHECK ((debit_account <> credit_account)),
  constraint transfer_check1 CHECK (((wallet_id IS NULL) = (wallet_sequence IS NULL))),
  constraint transfer_check2 CHECK (((wallet_id IS NULL) = (wallet_balance_minor IS NULL))),
  constraint transfer_check3 CHECK (((counterpart_id IS NULL) = ((debit_account !~~ 'clearing/%'::text) AND (credit_account !~~ 'clearing/%'::text)))),
  constraint transfer_check4 CHECK (((split_part(debit_account, '/'::text, 2) = currency) AND (split_part(credit_account, '/'::text, 2) = currency))),
  constraint transfer_organisation_id_wallet_id_wallet_sequence_key UNIQUE (organisation_id, wallet_id, wallet_sequence),
  constraint transfer_pkey PRIMARY KEY (organisation_id, transfer_id)
);
CREATE INDEX transfer_organisation_id_cause_kind_cause_id_idx ON ledger.transfer USING btree (organisation_id, cause_kind, cause_id);
CREATE INDEX transfer_organisation_id_transaction_id_idx ON ledger.transfer USING btree (organisation_id, transaction_id);
CREATE INDEX transfer_organisation_id_wallet_id_posted_at_idx ON ledger.transfer USING btree (organisation_id, wallet_id, posted_at) WHERE (wallet_id IS NOT NULL);
CREATE INDEX transfer_transaction_id_idx ON ledger.transfer USING btree (transaction_id);
alter table ledger.transfer enable row level security;
alter table ledger.transfer force row level security;
create policy acts_for on ledger.transfer using (platform.acts_for(organisation_id));
grant insert, select on ledger.transfer to postroad_app;
comment on table ledger.transfer is '@group organisation organisation_id';

create table ledger.wallet (
  organisation_id text not null,
  wallet_id text not null,
  currency text not null,
  clears_with text not null,
  balance_minor bigint default 0 not null,
  held_minor bigint default 0 not null,
  credit_limit_minor bigint default 0 not null,
  sequence bigint default 0 not null,
  version bigint default 1 not null,
  last_posted_at timestamp with time zone not null,
  arrears_since timestamp with time zone,
  opened_at timestamp with time zone not null,
  constraint wallet_floor CHECK ((((balance_minor - held_minor) + credit_limit_minor) >= 0)),
  constraint wallet_holds_not_negative CHECK ((held_minor >= 0)),
  constraint wallet_limit_not_negative CHECK ((credit_limit_minor >= 0)),
  constraint wallet_organisation_id_currency_key UNIQUE (organisation_id, currency),
  constraint wallet_pkey PRIMARY KEY (organisation_id, wallet_id)
);
CREATE INDEX wallet_wallet_id_idx ON ledger.wallet USING btree (wallet_id);
alter table ledger.wallet enable row level security;
alter table ledger.wallet force row level security;
create policy acts_for on ledger.wallet using (platform.acts_for(organisation_id));
grant delete, insert, select, update on ledger.wallet to postroad_app;
comment on table ledger.wallet is '@group organisation organisation_id';

create table lines.line (
  line_code text not null,
  opened_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint line_pkey PRIMARY KEY (line_code)
);
grant delete, insert, select, update on lines.line to postroad_app;
comment on table lines.line is '@group reference';

create table lines.line_version (
  line_code text not null,
  version integer not null,
  document jsonb not null,
  digest text not null,
  author text not null,
  note text,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  recorded_at timestamp with time zone not null,
  constraint line_version_line_code_fkey FOREIGN KEY (line_code) REFERENCES lines.line(line_code),
  constraint line_version_pkey PRIMARY KEY (line_code, version)
);
CREATE INDEX line_version_line_code_valid_from_idx ON lines.line_version USING btree (line_code, valid_from);
grant insert, select on lines.line_version to postroad_app;
comment on table lines.line_version is '@group reference';

create table mailings.code (
  code_index bytea not null,
  organisation_id text not null,
  mailing_id text not null,
  expires_at timestamp with time zone not null,
  constraint code_pkey PRIMARY KEY (code_index)
);
CREATE INDEX code_mailing_id_idx ON mailings.code USING btree (mailing_id);
grant delete, insert, select, update on mailings.code to postroad_app;
comment on table mailings.code is '@group reference';

create table mailings.code_key (
  key_id smallint not null,
  wrapped bytea not null,
  constraint code_key_key_id_check CHECK ((key_id = 1)),
  constraint code_key_pkey PRIMARY KEY (key_id)
);
grant delete, insert, select, update on mailings.code_key to postroad_app;
comment on table mailings.code_key is '@group reference';

create table mailings.code_try (
  organisation_id text not null,
  clerk_id text not null,
  point_id text not null,
  started_at timestamp with time zone not null,
  wrong integer not null,
  constraint code_try_pkey PRIMARY KEY (organisation_id, clerk_id, point_id)
);
alter table mailings.code_try enable row level security;
alter table mailings.code_try force row level security;
create policy acts_for on mailings.code_try using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on mailings.code_try to postroad_app;
comment on table mailings.code_try is '@group organisation organisation_id';

create table mailings.counter_visit (
  organisation_id text not null,
  mailing_id text not null,
  point_organisation_id text not null,
  point_id text,
  by_caller text not null,
  opened_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint counter_visit_organisation_id_mailing_id_fkey FOREIGN KEY (organisation_id, mailing_id) REFERENCES mailings.mailing(organisation_id, mailing_id),
  constraint counter_visit_pkey PRIMARY KEY (organisation_id, mailing_id, point_organisation_id)
);
alter table mailings.counter_visit enable row level security;
alter table mailings.counter_visit force row level security;
create policy acts_for on mailings.counter_visit using ((platform.acts_for(organisation_id) OR (point_organisation_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on mailings.counter_visit to postroad_app;
comment on table mailings.counter_visit is '@group organisation organisation_id';

create table mailings.door_freight (
  organisation_id text not null,
  line_id text not null,
  mailing_id text not null,
  kind text not null,
  courier_id text,
  number text,
  day date not null,
  occurred_at timestamp with time zone not null,
  paid_by text,
  currency text not null,
  amount_minor bigint not null,
  constraint door_freight_check CHECK (((amount_minor <> 0) AND ((amount_minor > 0) = (kind = 'taken'::text)))),
  constraint door_freight_kind_check CHECK ((kind = ANY (ARRAY['taken'::text, 'given_back'::text]))),
  constraint door_freight_organisation_id_line_id_key UNIQUE (organisation_id, line_id),
  constraint door_freight_paid_by_check CHECK ((paid_by = ANY (ARRAY['cash'::text, 'card'::text]))),
  constraint door_freight_pkey PRIMARY KEY (organisation_id, mailing_id, kind)
);
CREATE INDEX door_freight_organisation_id_day_courier_id_idx ON mailings.door_freight USING btree (organisation_id, day, courier_id);
alter table mailings.door_freight enable row level security;
alter table mailings.door_freight force row level security;
create policy acts_for on mailings.door_freight using (platform.acts_for(organisation_id));
grant insert, select on mailings.door_freight to postroad_app;
comment on table mailings.door_freight is '@group organisation organisation_id @append-only';

create table mailings.mailing (
  organisation_id text not null,
  mailing_id text not null,
  object_id text not null,
  version bigint not null,
  placed_by text not null,
  state text not null,
  due_at timestamp with time zone,
  state_detail jsonb not null,
  sender_ref text not null,
  recipient_ref text not null,
  from_place jsonb not null,
  to_place jsonb not null,
  goods jsonb not null,
  declared jsonb not null,
  quoted jsonb not null,
  ceiling jsonb not null,
  payment text not null,
  hold_set_id text,
  rulebook_version_id text not null,
  handover jsonb,
  sealed_code bytea,
  code_expires_at timestamp with time zone,
  intake jsonb,
  number text,
  parcel jsonb,
  point_organisation_id text,
  point_id text,
  placed_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  client_platform_id text,
  constraint mailing_organisation_id_object_id_key UNIQUE (organisation_id, object_id),
  constraint mailing_payment_check CHECK ((payment = ANY (ARRAY['counter'::text, 'wallet'::text]))),
  constraint mailing_pkey PRIMARY KEY (organisation_id, mailing_id),
  constraint mailing_placed_by_check CHECK ((placed_by = ANY (ARRAY['person'::text, 'app'::text, 'counter'::text]))),
  constraint mailing_state_check CHECK ((state = ANY (ARRAY['placed'::text, 'accepted'::text, 'in_transit'::text, 'delivered'::text, 'returned'::text, 'lost'::text, 'closed'::text])))
);
CREATE INDEX mailing_expr_mailing_id_idx ON mailings.mailing USING btree (((handover ->> 'carrierId'::text)), mailing_id) WHERE (((handover ->> 'method'::text) = 'door'::text) AND (state = 'placed'::text));
CREATE INDEX mailing_mailing_id_idx ON mailings.mailing USING btree (mailing_id);
CREATE INDEX mailing_number_idx ON mailings.mailing USING btree (number) WHERE (number IS NOT NULL);
CREATE INDEX mailing_organisation_id_sender_ref_idx ON mailings.mailing USING btree (organisation_id, sender_ref) WHERE (state = 'placed'::text);
CREATE INDEX mailing_organisation_id_state_mailing_id_idx ON mailings.mailing USING btree (organisation_id, state, mailing_id);
CREATE INDEX mailing_point_organisation_id_point_id_state_mailing_id_idx ON mailings.mailing USING btree (point_organisation_id, point_id, state, mailing_id) WHERE (point_organisation_id IS NOT NULL);
alter table mailings.mailing enable row level security;
alter table mailings.mailing force row level security;
create policy acts_for on mailings.mailing using ((platform.acts_for(organisation_id) OR (point_organisation_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on mailings.mailing to postroad_app;
comment on table mailings.mailing is '@group organisation organisation_id';

create table mailings.portal_link (
  organisation_id text not null,
  token_hash bytea not null,
  mailing_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint portal_link_pkey PRIMARY KEY (organisation_id, token_hash)
);
CREATE INDEX portal_link_expires_at_idx ON mailings.portal_link USING btree (expires_at);
CREATE INDEX portal_link_token_hash_idx ON mailings.portal_link USING btree (token_hash);
alter table mailings.portal_link enable row level security;
alter table mailings.portal_link force row level security;
create policy acts_for on mailings.portal_link using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on mailings.portal_link to postroad_app;
comment on table mailings.portal_link is '@group organisation organisation_id';

create table mailings.step (
  organisation_id text not null,
  mailing_id text not null,
  "position" integer not null,
  fact text not null,
  state text not null,
  party text not null,
  by_caller text not null,
  reason text,
  occurred_at timestamp with time zone not null,
  constraint step_organisation_id_mailing_id_fkey FOREIGN KEY (organisation_id, mailing_id) REFERENCES mailings.mailing(organisation_id, mailing_id),
  constraint step_pkey PRIMARY KEY (organisation_id, mailing_id, "position")
);
alter table mailings.step enable row level security;
alter table mailings.step force row level security;
create policy acts_for on mailings.step using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant insert, select on mailings.step to postroad_app;
comment on table mailings.step is '@group organisation organisation_id @append-only';

create table notices.feed_floor (
  organisation_id text not null,
  "position" bigint not null,
  constraint feed_floor_pkey PRIMARY KEY (organisation_id)
);
alter table notices.feed_floor enable row level security;
alter table notices.feed_floor force row level security;
create policy acts_for on notices.feed_floor using (platform.acts_for(organisation_id));
grant delete, insert, select, update on notices.feed_floor to postroad_app;
comment on table notices.feed_floor is '@group organisation organisation_id';

create table notices.organisation_event (
  organisation_id text not null,
  "position" bigint not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  sequence bigint not null,
  occurred_at timestamp with time zone not null,
  data jsonb not null,
  constraint organisation_event_pkey PRIMARY KEY (organisation_id, "position")
);
CREATE INDEX organisation_event_occurred_at_idx ON notices.organisation_event USING btree (occurred_at);
CREATE INDEX organisation_event_position_idx ON notices.organisation_event USING btree ("position");
alter table notices.organisation_event enable row level security;
alter table notices.organisation_event force row level security;
create policy acts_for on notices.organisation_event using (platform.acts_for(organisation_id));
grant delete, insert, select on notices.organisation_event to postroad_app;
comment on table notices.organisation_event is '@group organisation organisation_id';

create table notices.webhook_attempt (
  organisation_id text not null,
  webhook_delivery_id text not null,
  number integer not null,
  attempted_at timestamp with time zone not null,
  duration_ms integer not null,
  status integer,
  failure text,
  answer text not null,
  constraint webhook_attempt_organisation_id_webhook_delivery_id_fkey FOREIGN KEY (organisation_id, webhook_delivery_id) REFERENCES notices.webhook_delivery(organisation_id, webhook_delivery_id) ON DELETE CASCADE,
  constraint webhook_attempt_pkey PRIMARY KEY (organisation_id, webhook_delivery_id, number)
);
alter table notices.webhook_attempt enable row level security;
alter table notices.webhook_attempt force row level security;
create policy acts_for on notices.webhook_attempt using (platform.acts_for(organisation_id));
grant delete, insert, select on notices.webhook_attempt to postroad_app;
comment on table notices.webhook_attempt is '@group organisation organisation_id';

create table notices.webhook_delivery (
  organisation_id text not null,
  webhook_delivery_id text not null,
  webhook_endpoint_id text not null,
  "position" bigint not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  sequence bigint not null,
  occurred_at timestamp with time zone not null,
  data jsonb,
  origin text not null,
  state text not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  lease_token text,
  lease_until timestamp with time zone,
  constraint webhook_delivery_organisation_id_webhook_endpoint_id_fkey FOREIGN KEY (organisation_id, webhook_endpoint_id) REFERENCES notices.webhook_endpoint(organisation_id, webhook_endpoint_id) ON DELETE CASCADE,
  constraint webhook_delivery_origin_check CHECK ((origin = ANY (ARRAY['event'::text, 'replay'::text, 'test'::text]))),
  constraint webhook_delivery_pkey PRIMARY KEY (organisation_id, webhook_delivery_id),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text])))
);
CREATE INDEX webhook_delivery_created_at_idx ON notices.webhook_delivery USING btree (created_at);
CREATE INDEX webhook_delivery_organisation_id_webhook_endpoint_id_positi_idx ON notices.webhook_delivery USING btree (organisation_id, webhook_endpoint_id, "position", webhook_delivery_id) WHERE (state = 'pending'::text);
CREATE INDEX webhook_delivery_organisation_id_webhook_endpoint_id_subjec_idx ON notices.webhook_delivery USING btree (organisation_id, webhook_endpoint_id, subject_id, "position") WHERE (state = 'pending'::text);
CREATE INDEX webhook_delivery_organisation_id_webhook_endpoint_id_webhoo_idx ON notices.webhook_delivery USING btree (organisation_id, webhook_endpoint_id, webhook_delivery_id);
CREATE INDEX webhook_delivery_webhook_delivery_id_idx ON notices.webhook_delivery USING btree (webhook_delivery_id);
alter table notices.webhook_delivery enable row level security;
alter table notices.webhook_delivery force row level security;
create policy acts_for on notices.webhook_delivery using (platform.acts_for(organisation_id));
grant delete, insert, select, update on notices.webhook_delivery to postroad_app;
comment on table notices.webhook_delivery is '@group organisation organisation_id';

create table notices.webhook_endpoint (
  organisation_id text not null,
  webhook_endpoint_id text not null,
  url text not null,
  description text not null,
  event_types text[] not null,
  state text not null,
  disabled_reason text,
  disabled_at timestamp with time zone,
  "position" bigint not null,
  replay_until bigint default 0 not null,
  failing_since timestamp with time zone,
  is_slow boolean default false not null,
  version bigint default 1 not null,
  created_at timestamp with time zone not null,
  failures integer default 0 not null,
  resume_at timestamp with time zone,
  purpose text default 'events'::text not null,
  constraint webhook_endpoint_pkey PRIMARY KEY (organisation_id, webhook_endpoint_id),
  constraint webhook_endpoint_purpose_check CHECK ((purpose = ANY (ARRAY['events'::text, 'epcis'::text]))),
  constraint webhook_endpoint_state_check CHECK ((state = ANY (ARRAY['enabled'::text, 'disabled'::text])))
);
CREATE INDEX webhook_endpoint_webhook_endpoint_id_idx ON notices.webhook_endpoint USING btree (webhook_endpoint_id);
alter table notices.webhook_endpoint enable row level security;
alter table notices.webhook_endpoint force row level security;
create policy acts_for on notices.webhook_endpoint using (platform.acts_for(organisation_id));
grant delete, insert, select, update on notices.webhook_endpoint to postroad_app;
comment on table notices.webhook_endpoint is '@group organisation organisation_id';

create table notices.webhook_secret (
  organisation_id text not null,
  webhook_endpoint_id text not null,
  number integer not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint webhook_secret_organisation_id_webhook_endpoint_id_fkey FOREIGN KEY (organisation_id, webhook_endpoint_id) REFERENCES notices.webhook_endpoint(organisation_id, webhook_endpoint_id) ON DELETE CASCADE,
  constraint webhook_secret_pkey PRIMARY KEY (organisation_id, webhook_endpoint_id, number)
);
alter table notices.webhook_secret enable row level security;
alter table notices.webhook_secret force row level security;
create policy acts_for on notices.webhook_secret using (platform.acts_for(organisation_id));
grant delete, insert, select, update on notices.webhook_secret to postroad_app;
comment on table notices.webhook_secret is '@group organisation organisation_id';

create table offers.offer (
  organisation_id text not null,
  offer_id text not null,
  request_id text not null,
  line_code text not null,
  offer jsonb not null,
  buying jsonb,
  used_by text,
  constraint offer_organisation_id_request_id_fkey FOREIGN KEY (organisation_id, request_id) REFERENCES offers.offer_request(organisation_id, request_id) ON DELETE CASCADE,
  constraint offer_pkey PRIMARY KEY (organisation_id, offer_id)
);
CREATE INDEX offer_organisation_id_request_id_idx ON offers.offer USING btree (organisation_id, request_id);
alter table offers.offer enable row level security;
alter table offers.offer force row level security;
create policy acts_for on offers.offer using (platform.acts_for(organisation_id));
grant delete, insert, select, update on offers.offer to postroad_app;
comment on table offers.offer is '@group organisation organisation_id';

create table offers.offer_request (
  organisation_id text not null,
  request_id text not null,
  client_platform_id text,
  request jsonb not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint offer_request_pkey PRIMARY KEY (organisation_id, request_id)
);
CREATE INDEX offer_request_asked_at_idx ON offers.offer_request USING btree (asked_at);
CREATE INDEX offer_request_expires_at_idx ON offers.offer_request USING btree (expires_at);
alter table offers.offer_request enable row level security;
alter table offers.offer_request force row level security;
create policy acts_for on offers.offer_request using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on offers.offer_request to postroad_app;
comment on table offers.offer_request is '@group organisation organisation_id';

create table orders.customer_order (
  organisation_id text not null,
  order_id text not null,
  client_platform_id text,
  version bigint not null,
  state text not null,
  reference text not null,
  channel text not null,
  placed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  ship_by timestamp with time zone,
  sender_ref text,
  from_place jsonb,
  recipient_ref text not null,
  to_place jsonb not null,
  tax_id_kinds text[] not null,
  goods jsonb not null,
  parcels jsonb,
  order_amount jsonb,
  incoterm text,
  cash_on_delivery jsonb,
  insured_amount jsonb,
  programme_id text,
  handover text,
  undeliverable text not null,
  sealed_note bytea,
  recorded_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint customer_order_pkey PRIMARY KEY (organisation_id, order_id),
  constraint customer_order_state_check CHECK ((state = ANY (ARRAY['open'::text, 'booked'::text, 'shipped'::text, 'delivered'::text, 'returned'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX customer_order_client_platform_id_order_id_idx ON orders.customer_order USING btree (client_platform_id, order_id);
CREATE INDEX customer_order_order_id_idx ON orders.customer_order USING btree (order_id);
CREATE UNIQUE INDEX customer_order_organisation_id_reference_idx ON orders.customer_order USING btree (organisation_id, reference text_pattern_ops);
CREATE INDEX customer_order_organisation_id_state_order_id_idx ON orders.customer_order USING btree (organisation_id, state, order_id);
CREATE INDEX customer_order_placed_at_idx ON orders.customer_order USING btree (placed_at);
CREATE INDEX customer_order_recipient_ref_idx ON orders.customer_order USING btree (recipient_ref);
CREATE INDEX customer_order_reference_idx ON orders.customer_order USING btree (reference);
alter table orders.customer_order enable row level security;
alter table orders.customer_order force row level security;
create policy acts_for on orders.customer_order using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on orders.customer_order to postroad_app;
comment on table orders.customer_order is '@group organisation organisation_id';

create table orders.order_external_shipment (
  organisation_id text not null,
  order_id text not null,
  external_shipment_id text not null,
  state text not null,
  constraint order_external_shipment_organisation_id_order_id_fkey FOREIGN KEY (organisation_id, order_id) REFERENCES orders.customer_order(organisation_id, order_id),
  constraint order_external_shipment_pkey PRIMARY KEY (organisation_id, external_shipment_id)
);
CREATE INDEX order_external_shipment_order_id_idx ON orders.order_external_shipment USING btree (order_id);
CREATE INDEX order_external_shipment_organisation_id_order_id_idx ON orders.order_external_shipment USING btree (organisation_id, order_id);
alter table orders.order_external_shipment enable row level security;
alter table orders.order_external_shipment force row level security;
create policy acts_for on orders.order_external_shipment using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM orders.customer_order o
  WHERE ((o.organisation_id = order_external_shipment.organisation_id) AND (o.order_id = order_external_shipment.order_id) AND (o.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on orders.order_external_shipment to postroad_app;
comment on table orders.order_external_shipment is '@group organisation organisation_id';

create table orders.order_shipment (
  organisation_id text not null,
  order_id text not null,
  shipment_id text not null,
  state text not null,
  constraint order_shipment_organisation_id_order_id_fkey FOREIGN KEY (organisation_id, order_id) REFERENCES orders.customer_order(organisation_id, order_id),
  constraint order_shipment_pkey PRIMARY KEY (organisation_id, shipment_id)
);
CREATE INDEX order_shipment_organisation_id_order_id_idx ON orders.order_shipment USING btree (organisation_id, order_id);
alter table orders.order_shipment enable row level security;
alter table orders.order_shipment force row level security;
create policy acts_for on orders.order_shipment using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM orders.customer_order o
  WHERE ((o.organisation_id = order_shipment.organisation_id) AND (o.order_id = order_shipment.order_id) AND (o.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on orders.order_shipment to postroad_app;
comment on table orders.order_shipment is '@group organisation organisation_id';

create table orders.sender_address (
  organisation_id text not null,
  sender_address_id text not null,
  label text not null,
  party_ref text not null,
  place jsonb not null,
  is_default boolean not null,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint sender_address_pkey PRIMARY KEY (organisation_id, sender_address_id)
);
CREATE UNIQUE INDEX sender_address_organisation_id_idx ON orders.sender_address USING btree (organisation_id) WHERE (is_default AND (removed_at IS NULL));
CREATE INDEX sender_address_sender_address_id_idx ON orders.sender_address USING btree (sender_address_id);
alter table orders.sender_address enable row level security;
alter table orders.sender_address force row level security;
create policy acts_for on orders.sender_address using (platform.acts_for(organisation_id));
grant delete, insert, select, update on orders.sender_address to postroad_app;
comment on table orders.sender_address is '@group organisation organisation_id';

create table pickups.area (
  organisation_id text not null,
  area_id text not null,
  code text not null,
  serves_network boolean not null,
  country text not null,
  divisions text[] not null,
  postcode_prefixes text[] not null,
  zone text not null,
  working_hours jsonb not null,
  exceptions jsonb not null,
  slot text not null,
  lead_minutes integer not null,
  horizon_days smallint not null,
  is_on boolean not null,
  has_capacities boolean not null,
  changed_at timestamp with time zone not null,
  constraint area_organisation_id_code_key UNIQUE (organisation_id, code),
  constraint area_pkey PRIMARY KEY (organisation_id, area_id)
);
CREATE INDEX area_area_id_idx ON pickups.area USING btree (area_id);
CREATE INDEX area_country_idx ON pickups.area USING btree (country) WHERE is_on;
alter table pickups.area enable row level security;
alter table pickups.area force row level security;
create policy acts_for on pickups.area using (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.area to postroad_app;
comment on table pickups.area is '@group organisation organisation_id';

create table pickups.block (
  organisation_id text not null,
  block_id text not null,
  kind text not null,
  blocked_organisation_id text,
  party_ref text,
  country text,
  postcode text,
  reason text not null,
  detail text,
  by_caller text not null,
  created_at timestamp with time zone not null,
  constraint block_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'user'::text]))),
  constraint block_pkey PRIMARY KEY (organisation_id, block_id)
);
CREATE INDEX block_block_id_idx ON pickups.block USING btree (block_id);
alter table pickups.block enable row level security;
alter table pickups.block force row level security;
create policy acts_for on pickups.block using (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.block to postroad_app;
comment on table pickups.block is '@group organisation organisation_id';

create table pickups.capacity_hour (
  organisation_id text not null,
  area_id text not null,
  starts_at timestamp with time zone not null,
  capacity integer not null,
  reserved integer default 0 not null,
  used integer default 0 not null,
  constraint capacity_hour_check CHECK (((reserved >= 0) AND (used >= 0) AND ((reserved + used) <= capacity))),
  constraint capacity_hour_organisation_id_area_id_fkey FOREIGN KEY (organisation_id, area_id) REFERENCES pickups.area(organisation_id, area_id),
  constraint capacity_hour_pkey PRIMARY KEY (organisation_id, area_id, starts_at)
);
alter table pickups.capacity_hour enable row level security;
alter table pickups.capacity_hour force row level security;
create policy acts_for on pickups.capacity_hour using (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.capacity_hour to postroad_app;
comment on table pickups.capacity_hour is '@group organisation organisation_id';

create table pickups.capacity_rule (
  organisation_id text not null,
  area_id text not null,
  day text not null,
  hour smallint not null,
  capacity integer not null,
  constraint capacity_rule_capacity_check CHECK ((capacity >= 0)),
  constraint capacity_rule_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint capacity_rule_organisation_id_area_id_fkey FOREIGN KEY (organisation_id, area_id) REFERENCES pickups.area(organisation_id, area_id),
  constraint capacity_rule_pkey PRIMARY KEY (organisation_id, area_id, day, hour)
);
alter table pickups.capacity_rule enable row level security;
alter table pickups.capacity_rule force row level security;
create policy acts_for on pickups.capacity_rule using (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.capacity_rule to postroad_app;
comment on table pickups.capacity_rule is '@group organisation organisation_id';

create table pickups.courier (
  organisation_id text not null,
  courier_id text not null,
  name text not null,
  phone_tail text,
  area_ids text[] not null,
  is_on boolean not null,
  caller_id text,
  changed_at timestamp with time zone not null,
  person_id text,
  constraint courier_organisation_id_caller_id_key UNIQUE (organisation_id, caller_id),
  constraint courier_organisation_id_person_id_key UNIQUE (organisation_id, person_id),
  constraint courier_pkey PRIMARY KEY (organisation_id, courier_id)
);
CREATE INDEX courier_caller_id_idx ON pickups.courier USING btree (caller_id);
CREATE INDEX courier_courier_id_idx ON pickups.courier USING btree (courier_id);
CREATE INDEX courier_person_id_idx ON pickups.courier USING btree (person_id);
alter table pickups.courier enable row level security;
alter table pickups.courier force row level security;
create policy acts_for on pickups.courier using (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.courier to postroad_app;
comment on table pickups.courier is '@group organisation organisation_id';

create table pickups.declaration (
  organisation_id text not null,
  shipment_id text not null,
  kind text not null,
  warehouse_id text not null,
  carrier_name text,
  number text,
  by_caller text not null,
  declared_at timestamp with time zone not null,
  constraint declaration_check CHECK (((kind = 'drop_off'::text) OR ((carrier_name IS NOT NULL) AND (number IS NOT NULL)))),
  constraint declaration_kind_check CHECK ((kind = ANY (ARRAY['self_post'::text, 'drop_off'::text]))),
  constraint declaration_pkey PRIMARY KEY (organisation_id, shipment_id)
);
alter table pickups.declaration enable row level security;
alter table pickups.declaration force row level security;
create policy acts_for on pickups.declaration using ((platform.acts_for(organisation_id) OR (warehouse_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.declaration to postroad_app;
comment on table pickups.declaration is '@group organisation organisation_id';

create table pickups.fact (
  organisation_id text not null,
  pickup_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  by_caller text not null,
  evidence text[] not null,
  recorded_at timestamp with time zone not null,
  constraint fact_organisation_id_pickup_id_fkey FOREIGN KEY (organisation_id, pickup_id) REFERENCES pickups.pickup(organisation_id, pickup_id),
  constraint fact_pkey PRIMARY KEY (organisation_id, pickup_id, version)
);
alter table pickups.fact enable row level security;
alter table pickups.fact force row level security;
create policy acts_for on pickups.fact using (platform.acts_for(organisation_id));
grant insert, select on pickups.fact to postroad_app;
comment on table pickups.fact is '@group organisation organisation_id';

create table pickups.item (
  organisation_id text not null,
  pickup_id text not null,
  parcel_id text not null,
  shipment_id text not null,
  number text not null,
  outcome text,
  reason text,
  weight_grams integer,
  evidence text[] default '{}'::text[] not null,
  constraint item_organisation_id_pickup_id_fkey FOREIGN KEY (organisation_id, pickup_id) REFERENCES pickups.pickup(organisation_id, pickup_id),
  constraint item_outcome_check CHECK ((outcome = ANY (ARRAY['collected'::text, 'not_ready'::text, 'refused'::text]))),
  constraint item_pkey PRIMARY KEY (organisation_id, pickup_id, parcel_id)
);
alter table pickups.item enable row level security;
alter table pickups.item force row level security;
create policy acts_for on pickups.item using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM pickups.pickup p
  WHERE ((p.organisation_id = item.organisation_id) AND (p.pickup_id = item.pickup_id)))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.item to postroad_app;
comment on table pickups.item is '@group organisation organisation_id';

create table pickups.pickup (
  organisation_id text not null,
  pickup_id text not null,
  client_platform_id text,
  carrier_id text not null,
  area_id text not null,
  version bigint not null,
  state text not null,
  courier_id text,
  sender_ref text not null,
  place jsonb not null,
  window_starts_at timestamp with time zone not null,
  window_ends_at timestamp with time zone not null,
  held_hour timestamp with time zone,
  attempts smallint not null,
  code bytea not null,
  wrong_tries smallint not null,
  reason text,
  cancelled_by text,
  booked_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint pickup_pkey PRIMARY KEY (organisation_id, pickup_id)
);
CREATE INDEX pickup_carrier_id_courier_id_window_starts_at_idx ON pickups.pickup USING btree (carrier_id, courier_id, window_starts_at);
CREATE INDEX pickup_pickup_id_idx ON pickups.pickup USING btree (pickup_id);
alter table pickups.pickup enable row level security;
alter table pickups.pickup force row level security;
create policy acts_for on pickups.pickup using ((platform.acts_for(organisation_id) OR (carrier_id = current_setting('postroad.organisation'::text, true)) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.pickup to postroad_app;
comment on table pickups.pickup is '@group organisation organisation_id';

create table pickups.pickup_shipment (
  organisation_id text not null,
  pickup_id text not null,
  shipment_id text not null,
  is_open boolean not null,
  constraint pickup_shipment_organisation_id_pickup_id_fkey FOREIGN KEY (organisation_id, pickup_id) REFERENCES pickups.pickup(organisation_id, pickup_id),
  constraint pickup_shipment_pkey PRIMARY KEY (organisation_id, pickup_id, shipment_id)
);
CREATE UNIQUE INDEX pickup_shipment_organisation_id_shipment_id_idx ON pickups.pickup_shipment USING btree (organisation_id, shipment_id) WHERE is_open;
alter table pickups.pickup_shipment enable row level security;
alter table pickups.pickup_shipment force row level security;
create policy acts_for on pickups.pickup_shipment using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM pickups.pickup p
  WHERE ((p.organisation_id = pickup_shipment.organisation_id) AND (p.pickup_id = pickup_shipment.pickup_id)))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on pickups.pickup_shipment to postroad_app;
comment on table pickups.pickup_shipment is '@group organisation organisation_id';

create table platform.consumer (
  name text not null,
  "position" bigint not null,
  failures integer default 0 not null,
  retry_after timestamp with time zone,
  seen_at timestamp with time zone default clock_timestamp() not null,
  constraint consumer_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on platform.consumer to postroad_app;
comment on table platform.consumer is '@group local';

create table platform.dead_letter (
  consumer text not null,
  "position" bigint not null,
  event_id text not null,
  type text not null,
  failure text not null,
  dead_at timestamp with time zone not null,
  constraint dead_letter_pkey PRIMARY KEY (consumer, "position")
);
grant delete, insert, select, update on platform.dead_letter to postroad_app;
comment on table platform.dead_letter is '@group local';

create table platform.idempotency (
  organisation_id text not null,
  caller_id text not null,
  key text not null,
  operation text not null,
  request_digest bytea not null,
  status integer,
  headers jsonb,
  content_type text,
  body bytea,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (organisation_id, caller_id, key)
);
CREATE INDEX idempotency_created_at_idx ON platform.idempotency USING btree (created_at);
alter table platform.idempotency enable row level security;
alter table platform.idempotency force row level security;
create policy acts_for on platform.idempotency using (platform.acts_for(organisation_id));
grant delete, insert, select, update on platform.idempotency to postroad_app;
comment on table platform.idempotency is '@group organisation organisation_id';

create table platform.job (
  id text not null,
  kind text not null,
  key text not null,
  run_at timestamp with time zone not null,
  payload jsonb not null,
  attempts integer default 0 not null,
  lease_token text,
  lease_until timestamp with time zone,
  dead_at timestamp with time zone,
  failure text,
  constraint job_kind_key_key UNIQUE (kind, key),
  constraint job_pkey PRIMARY KEY (id)
);
CREATE INDEX job_run_at_idx ON platform.job USING btree (run_at) WHERE (dead_at IS NULL);
grant delete, insert, select, update on platform.job to postroad_app;
comment on table platform.job is '@group local';

create table platform.outbox_organisation (
  organisation_id text not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  subject_sequence bigint not null,
  audience text[] not null,
  occurred_at timestamp with time zone not null,
  payload json not null,
  transaction_id xid8 default pg_current_xact_id() not null,
  "position" bigint,
  constraint outbox_organisation_pkey PRIMARY KEY (organisation_id, event_id)
);
CREATE INDEX outbox_organisation_position_idx ON platform.outbox_organisation USING btree ("position") WHERE ("position" IS NOT NULL);
CREATE INDEX outbox_organisation_subject_id_idx ON platform.outbox_organisation USING hash (subject_id) WHERE ("position" IS NULL);
CREATE INDEX outbox_organisation_transaction_id_event_id_idx ON platform.outbox_organisation USING btree (transaction_id, event_id) WHERE ("position" IS NULL);
alter table platform.outbox_organisation enable row level security;
alter table platform.outbox_organisation force row level security;
create policy acts_for on platform.outbox_organisation using (platform.acts_for(organisation_id));
grant delete, insert, select, update on platform.outbox_organisation to postroad_app;
comment on table platform.outbox_organisation is '@group organisation organisation_id';

create table platform.outbox_parcel (
  bucket smallint not null,
  event_id text not null,
  type text not null,
  subject_id text not null,
  subject_sequence bigint not null,
  audience text[] not null,
  occurred_at timestamp with time zone not null,
  payload json not null,
  transaction_id xid8 default pg_current_xact_id() not null,
  "position" bigint,
  constraint outbox_parcel_pkey PRIMARY KEY (event_id, bucket)
);
CREATE INDEX outbox_parcel_position_idx ON platform.outbox_parcel USING btree ("position") WHERE ("position" IS NOT NULL);
CREATE INDEX outbox_parcel_subject_id_idx ON platform.outbox_parcel USING hash (subject_id) WHERE ("position" IS NULL);
CREATE INDEX outbox_parcel_transaction_id_event_id_idx ON platform.outbox_parcel USING btree (transaction_id, event_id) WHERE ("position" IS NULL);
grant delete, insert, select, update on platform.outbox_parcel to postroad_app;
comment on table platform.outbox_parcel is '@group parcel bucket';

create table platform.relay (
  singleton boolean default true not null,
  "position" bigint default 0 not null,
  constraint relay_pkey PRIMARY KEY (singleton),
  constraint relay_singleton_check CHECK (singleton)
);
grant delete, insert, select, update on platform.relay to postroad_app;
comment on table platform.relay is '@group local';

create table platform.schema_migration (
  number integer not null,
  name text not null,
  digest text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migration_pkey PRIMARY KEY (number)
);
grant select on platform.schema_migration to postroad_app;
comment on table platform.schema_migration is '@group local';

create table platform.world_clock (
  singleton boolean default true not null,
  at timestamp with time zone not null,
  running boolean not null,
  set_at timestamp with time zone not null,
  constraint world_clock_pkey PRIMARY KEY (singleton),
  constraint world_clock_singleton_check CHECK (singleton)
);
grant delete, insert, select, update on platform.world_clock to postroad_app;
comment on table platform.world_clock is '@group local';

create table points.block (
  organisation_id text not null,
  block_id text not null,
  kind text not null,
  country text not null,
  key text not null,
  reason text not null,
  detail text,
  by_caller text not null,
  created_at timestamp with time zone not null,
  constraint block_kind_check CHECK ((kind = ANY (ARRAY['division'::text, 'postcode'::text, 'address'::text, 'phone'::text]))),
  constraint block_organisation_id_kind_country_key_key UNIQUE (organisation_id, kind, country, key),
  constraint block_pkey PRIMARY KEY (organisation_id, block_id)
);
CREATE INDEX block_block_id_idx ON points.block USING btree (block_id);
alter table points.block enable row level security;
alter table points.block force row level security;
create policy acts_for on points.block using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.block to postroad_app;
comment on table points.block is '@group organisation organisation_id';

create table points.block_key (
  key_id smallint not null,
  wrapped bytea not null,
  constraint block_key_key_id_check CHECK ((key_id = 1)),
  constraint block_key_pkey PRIMARY KEY (key_id)
);
grant delete, insert, select, update on points.block_key to postroad_app;
comment on table points.block_key is '@group reference';

create table points.clerk (
  organisation_id text not null,
  person_id text not null,
  point_ids text[] not null,
  changed_at timestamp with time zone not null,
  constraint clerk_pkey PRIMARY KEY (organisation_id, person_id)
);
CREATE INDEX clerk_person_id_idx ON points.clerk USING btree (person_id);
alter table points.clerk enable row level security;
alter table points.clerk force row level security;
create policy acts_for on points.clerk using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.clerk to postroad_app;
comment on table points.clerk is '@group organisation organisation_id';

create table points.contract (
  organisation_id text not null,
  number text not null,
  needs_documents boolean not null,
  needs_site_check boolean not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  by_caller text not null,
  changed_at timestamp with time zone not null,
  deposit_minor bigint,
  deposit_currency text,
  constraint contract_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint contract_check1 CHECK (((deposit_minor IS NULL) = (deposit_currency IS NULL))),
  constraint contract_deposit_minor_check CHECK ((deposit_minor > 0)),
  constraint contract_pkey PRIMARY KEY (organisation_id)
);
alter table points.contract enable row level security;
alter table points.contract force row level security;
create policy acts_for on points.contract using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.contract to postroad_app;
comment on table points.contract is '@group organisation organisation_id';

create table points.document (
  organisation_id text not null,
  document_id text not null,
  point_id text not null,
  kind text not null,
  content_type text not null,
  size_bytes integer not null,
  sha256 bytea not null,
  blob_key text not null,
  by_caller text not null,
  recorded_at timestamp with time zone not null,
  constraint document_pkey PRIMARY KEY (organisation_id, document_id)
);
CREATE INDEX document_document_id_idx ON points.document USING btree (document_id);
CREATE INDEX document_organisation_id_point_id_idx ON points.document USING btree (organisation_id, point_id);
alter table points.document enable row level security;
alter table points.document force row level security;
create policy acts_for on points.document using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.document to postroad_app;
comment on table points.document is '@group organisation organisation_id';

create table points.fact (
  organisation_id text not null,
  point_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  reason text,
  note text,
  by_caller text not null,
  recorded_at timestamp with time zone not null,
  constraint fact_pkey PRIMARY KEY (organisation_id, point_id, version)
);
CREATE INDEX fact_organisation_id_point_id_fact_idx ON points.fact USING btree (organisation_id, point_id, fact) WHERE (fact = ANY (ARRAY['filing_due'::text, 'record_filing'::text]));
alter table points.fact enable row level security;
alter table points.fact force row level security;
create policy acts_for on points.fact using (platform.acts_for(organisation_id));
grant insert, select on points.fact to postroad_app;
comment on table points.fact is '@group organisation organisation_id';

create table points.feed (
  organisation_id text not null,
  feed_id text not null,
  mode text not null,
  state text not null,
  lines integer not null,
  missing integer,
  by_caller text not null,
  received_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  touched_at timestamp with time zone default clock_timestamp() not null,
  constraint feed_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'delta'::text]))),
  constraint feed_pkey PRIMARY KEY (organisation_id, feed_id),
  constraint feed_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'reading'::text, 'awaiting_confirmation'::text, 'closing'::text, 'done'::text])))
);
CREATE UNIQUE INDEX feed_organisation_id_idx ON points.feed USING btree (organisation_id) WHERE (state <> 'done'::text);
alter table points.feed enable row level security;
alter table points.feed force row level security;
create policy acts_for on points.feed using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.feed to postroad_app;
comment on table points.feed is '@group organisation organisation_id';

create table points.feed_line (
  organisation_id text not null,
  feed_id text not null,
  line integer not null,
  outlet_code text not null,
  outcome text not null,
  point_id text,
  errors jsonb,
  constraint feed_line_organisation_id_feed_id_fkey FOREIGN KEY (organisation_id, feed_id) REFERENCES points.feed(organisation_id, feed_id),
  constraint feed_line_outcome_check CHECK ((outcome = ANY (ARRAY['opened'::text, 'changed'::text, 'unchanged'::text, 'closed'::text, 'refused'::text]))),
  constraint feed_line_pkey PRIMARY KEY (organisation_id, feed_id, line)
);
alter table points.feed_line enable row level security;
alter table points.feed_line force row level security;
create policy acts_for on points.feed_line using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.feed_line to postroad_app;
comment on table points.feed_line is '@group organisation organisation_id';

create table points.feed_piece (
  organisation_id text not null,
  feed_id text not null,
  piece integer not null,
  lines json not null,
  constraint feed_piece_organisation_id_feed_id_fkey FOREIGN KEY (organisation_id, feed_id) REFERENCES points.feed(organisation_id, feed_id) ON DELETE CASCADE,
  constraint feed_piece_pkey PRIMARY KEY (organisation_id, feed_id, piece)
);
alter table points.feed_piece enable row level security;
alter table points.feed_piece force row level security;
create policy acts_for on points.feed_piece using (platform.acts_for(organisation_id));
grant delete, insert, select, update on points.feed_piece to postroad_app;
comment on table points.feed_piece is '@group organisation organisation_id';

create table points.point (
  point_id text not null,
  organisation_id text not null,
  outlet_code text not null,
  name text not null,
  kind text not null,
  services text[] not null,
  goods_classes text[] not null,
  country text not null,
  division_codes text[] not null,
  city text not null,
  postcode text,
  address_lines text[] not null,
  latitude double precision not null,
  longitude double precision not null,
  zone text not null,
  hours jsonb not null,
  exceptions jsonb not null,
  service_range jsonb,
  capacity jsonb not null,
  quality smallint not null,
  fee_minor bigint,
  fee_currency text,
  test_behaviour text,
  state text not null,
  trial_until timestamp with time zone,
  paused_from timestamp with time zone,
  paused_until timestamp with time zone,
  exits_at timestamp with time zone,
  applied_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  version bigint not null,
  change_xid xid8 default pg_current_xact_id() not null,
  constraint point_check CHECK (((fee_minor IS NULL) = (fee_currency IS NULL))),
  constraint point_kind_check CHECK ((kind = ANY (ARRAY['post_office'::text, 'shop'::text, 'station'::text, 'locker'::text]))),
  constraint point_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint point_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint point_organisation_id_outlet_code_key UNIQUE (organisation_id, outlet_code),
  constraint point_pkey PRIMARY KEY (point_id),
  constraint point_quality_check CHECK (((quality >= 0) AND (quality <= 100))),
  constraint point_test_behaviour_check CHECK ((test_behaviour = ANY (ARRAY['always_full'::text, 'closed'::text, 'slow'::text])))
);
CREATE INDEX point_change_xid_idx ON points.point USING btree (change_xid);
CREATE INDEX point_organisation_id_point_id_idx ON points.point USING btree (organisation_id, point_id);
CREATE INDEX point_organisation_id_state_idx ON points.point USING btree (organisation_id, state);
grant delete, insert, select, update on points.point to postroad_app;
comment on table points.point is '@group reference';

create table polling.credential (
  organisation_id text not null,
  credential_id text not null,
  connector text not null,
  label text not null,
  serves_network boolean not null,
  requests_per_day integer,
  base_url text,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamp with time zone not null,
  error_streak integer default 0 not null,
  resume_at timestamp with time zone,
  last_outcome text,
  last_attempt_at timestamp with time zone,
  last_success_at timestamp with time zone,
  bucket_full_at timestamp with time zone not null,
  next_request_at timestamp with time zone not null,
  lease_token text,
  lease_until timestamp with time zone,
  rotated_at timestamp with time zone,
  constraint credential_organisation_id_connector_key UNIQUE (organisation_id, connector),
  constraint credential_pkey PRIMARY KEY (organisation_id, credential_id),
  constraint credential_requests_per_day_check CHECK ((requests_per_day > 0))
);
CREATE INDEX credential_credential_id_idx ON polling.credential USING btree (credential_id);
alter table polling.credential enable row level security;
alter table polling.credential force row level security;
create policy acts_for on polling.credential using (platform.acts_for(organisation_id));
grant delete, insert, select, update on polling.credential to postroad_app;
comment on table polling.credential is '@group organisation organisation_id';

create table polling.payload (
  organisation_id text not null,
  payload_id text not null,
  format text not null,
  sha256 text not null,
  way text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  reporter jsonb not null,
  state text not null,
  fault text,
  received_at timestamp with time zone not null,
  last_received_at timestamp with time zone not null,
  times integer default 1 not null,
  constraint payload_check CHECK (((state = 'unreadable'::text) = (fault IS NOT NULL))),
  constraint payload_organisation_id_format_sha256_key UNIQUE (organisation_id, format, sha256),
  constraint payload_pkey PRIMARY KEY (organisation_id, payload_id),
  constraint payload_state_check CHECK ((state = ANY (ARRAY['read'::text, 'unreadable'::text]))),
  constraint payload_way_check CHECK ((way = ANY (ARRAY['pull'::text, 'push'::text, 'sent'::text])))
);
CREATE INDEX payload_last_received_at_idx ON polling.payload USING btree (last_received_at);
CREATE INDEX payload_organisation_id_payload_id_idx ON polling.payload USING btree (organisation_id, payload_id) WHERE (state = 'unreadable'::text);
CREATE INDEX payload_payload_id_idx ON polling.payload USING btree (payload_id);
alter table polling.payload enable row level security;
alter table polling.payload force row level security;
create policy acts_for on polling.payload using (platform.acts_for(organisation_id));
grant delete, insert, select, update on polling.payload to postroad_app;
comment on table polling.payload is '@group organisation organisation_id';

create table polling.polled_number (
  organisation_id text not null,
  number text not null,
  carrier_code text not null,
  polled_number_id text not null,
  wanted_at timestamp with time zone not null,
  next_poll_at timestamp with time zone not null,
  status text not null,
  newest_scan_at timestamp with time zone,
  changed_at timestamp with time zone,
  quiet_polls integer default 0 not null,
  polls integer default 0 not null,
  last_poll_at timestamp with time zone,
  last_result text,
  end_reason text,
  ended_at timestamp with time zone,
  lease_token text,
  lease_until timestamp with time zone,
  constraint polled_number_check CHECK (((end_reason IS NULL) = (ended_at IS NULL))),
  constraint polled_number_pkey PRIMARY KEY (organisation_id, number, carrier_code)
);
CREATE INDEX polled_number_carrier_code_next_poll_at_idx ON polling.polled_number USING btree (carrier_code, next_poll_at) WHERE (end_reason IS NULL);
CREATE INDEX polled_number_organisation_id_polled_number_id_idx ON polling.polled_number USING btree (organisation_id, polled_number_id);
CREATE INDEX polled_number_polled_number_id_idx ON polling.polled_number USING btree (polled_number_id);
alter table polling.polled_number enable row level security;
alter table polling.polled_number force row level security;
create policy acts_for on polling.polled_number using (platform.acts_for(organisation_id));
grant delete, insert, select, update on polling.polled_number to postroad_app;
comment on table polling.polled_number is '@group organisation organisation_id';

create table polling.push_subscription (
  organisation_id text not null,
  push_subscription_id text not null,
  connector text not null,
  label text not null,
  sealed bytea not null,
  wrapped_key bytea not null,
  created_at timestamp with time zone not null,
  accepted bigint default 0 not null,
  unreadable bigint default 0 not null,
  refused bigint default 0 not null,
  last_push_at timestamp with time zone,
  last_refused_at timestamp with time zone,
  last_verdict text,
  rotated_at timestamp with time zone,
  previous_sealed bytea,
  previous_wrapped_key bytea,
  previous_until timestamp with time zone,
  constraint push_subscription_check CHECK ((num_nulls(previous_sealed, previous_wrapped_key, previous_until) = ANY (ARRAY[0, 3]))),
  constraint push_subscription_pkey PRIMARY KEY (organisation_id, push_subscription_id)
);
CREATE INDEX push_subscription_push_subscription_id_idx ON polling.push_subscription USING btree (push_subscription_id);
alter table polling.push_subscription enable row level security;
alter table polling.push_subscription force row level security;
create policy acts_for on polling.push_subscription using (platform.acts_for(organisation_id));
grant delete, insert, select, update on polling.push_subscription to postroad_app;
comment on table polling.push_subscription is '@group organisation organisation_id';

create table polling.scan_payload (
  organisation_id text not null,
  scan_id text not null,
  payload_id text not null,
  pointer text not null,
  constraint scan_payload_organisation_id_payload_id_fkey FOREIGN KEY (organisation_id, payload_id) REFERENCES polling.payload(organisation_id, payload_id) ON DELETE CASCADE,
  constraint scan_payload_pkey PRIMARY KEY (organisation_id, scan_id)
);
CREATE INDEX scan_payload_organisation_id_payload_id_idx ON polling.scan_payload USING btree (organisation_id, payload_id);
CREATE INDEX scan_payload_scan_id_idx ON polling.scan_payload USING btree (scan_id);
alter table polling.scan_payload enable row level security;
alter table polling.scan_payload force row level security;
create policy acts_for on polling.scan_payload using (platform.acts_for(organisation_id));
grant delete, insert, select, update on polling.scan_payload to postroad_app;
comment on table polling.scan_payload is '@group organisation organisation_id';

create table programmes.programme (
  organisation_id text not null,
  programme_id text not null,
  name text not null,
  line_codes text[] not null,
  service_classes text[] not null,
  destinations text[] not null,
  share_basis_points integer not null,
  currency text not null,
  max_per_parcel_minor bigint,
  budget_minor bigint not null,
  spent_minor bigint default 0 not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  constraint programme_budget_minor_check CHECK ((budget_minor >= 0)),
  constraint programme_check CHECK (((spent_minor >= 0) AND (spent_minor <= budget_minor))),
  constraint programme_check1 CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint programme_max_per_parcel_minor_check CHECK ((max_per_parcel_minor > 0)),
  constraint programme_pkey PRIMARY KEY (organisation_id, programme_id),
  constraint programme_share_basis_points_check CHECK (((share_basis_points >= 1) AND (share_basis_points <= 10000)))
);
alter table programmes.programme enable row level security;
alter table programmes.programme force row level security;
create policy acts_for on programmes.programme using (platform.acts_for(organisation_id));
grant delete, insert, select, update on programmes.programme to postroad_app;
comment on table programmes.programme is '@group organisation organisation_id';

create table programmes.programme_use (
  organisation_id text not null,
  shipment_id text not null,
  programme_id text not null,
  merchant_id text not null,
  reserved_minor bigint not null,
  used_minor bigint not null,
  state text not null,
  reserved_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  constraint programme_use_check CHECK (((used_minor >= 0) AND (used_minor <= reserved_minor))),
  constraint programme_use_organisation_id_programme_id_fkey FOREIGN KEY (organisation_id, programme_id) REFERENCES programmes.programme(organisation_id, programme_id),
  constraint programme_use_pkey PRIMARY KEY (organisation_id, shipment_id),
  constraint programme_use_reserved_minor_check CHECK ((reserved_minor >= 0)),
  constraint programme_use_state_check CHECK ((state = ANY (ARRAY['reserved'::text, 'settled'::text, 'released'::text])))
);
CREATE INDEX programme_use_organisation_id_programme_id_shipment_id_idx ON programmes.programme_use USING btree (organisation_id, programme_id, shipment_id);
CREATE INDEX programme_use_shipment_id_idx ON programmes.programme_use USING btree (shipment_id);
alter table programmes.programme_use enable row level security;
alter table programmes.programme_use force row level security;
create policy acts_for on programmes.programme_use using (platform.acts_for(organisation_id));
grant delete, insert, select, update on programmes.programme_use to postroad_app;
comment on table programmes.programme_use is '@group organisation organisation_id';

create table queries.named_query (
  organisation_id text not null,
  name text not null,
  query jsonb not null,
  created_at timestamp with time zone not null,
  constraint named_query_pkey PRIMARY KEY (organisation_id, name)
);
alter table queries.named_query enable row level security;
alter table queries.named_query force row level security;
create policy acts_for on queries.named_query using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on queries.named_query to postroad_app;
comment on table queries.named_query is '@group organisation organisation_id';

create table queries.subscription (
  organisation_id text not null,
  subscription_id text not null,
  query_name text not null,
  webhook_endpoint_id text not null,
  dest text not null,
  schedule jsonb,
  report_if_empty boolean not null,
  initial_record_time timestamp with time zone not null,
  after_number bigint not null,
  after_position integer not null,
  documents bigint default 0 not null,
  last_run_at timestamp with time zone,
  last_notified_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint subscription_organisation_id_query_name_fkey FOREIGN KEY (organisation_id, query_name) REFERENCES queries.named_query(organisation_id, name) ON DELETE CASCADE,
  constraint subscription_pkey PRIMARY KEY (organisation_id, subscription_id)
);
CREATE INDEX subscription_organisation_id_query_name_subscription_id_idx ON queries.subscription USING btree (organisation_id, query_name, subscription_id);
alter table queries.subscription enable row level security;
alter table queries.subscription force row level security;
create policy acts_for on queries.subscription using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on queries.subscription to postroad_app;
comment on table queries.subscription is '@group organisation organisation_id';

create table remittances.account (
  organisation_id text not null,
  line_sequence bigint not null,
  opened_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (organisation_id)
);
alter table remittances.account enable row level security;
alter table remittances.account force row level security;
create policy acts_for on remittances.account using (platform.acts_for(organisation_id));
grant delete, insert, select, update on remittances.account to postroad_app;
comment on table remittances.account is '@group organisation organisation_id';

create table remittances.line (
  organisation_id text not null,
  line_id text not null,
  sequence bigint not null,
  kind text not null,
  shelf_parcel_id text not null,
  number text not null,
  network_id text not null,
  point_id text not null,
  event_id text not null,
  paid_by text not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  rules_version_id text not null,
  currency text not null,
  amount_minor bigint not null,
  fee_minor bigint not null,
  reverses text,
  statement_id text,
  constraint line_check CHECK (((amount_minor <> 0) AND ((amount_minor > 0) = (kind = 'collected'::text)))),
  constraint line_check1 CHECK ((abs(fee_minor) <= abs(amount_minor))),
  constraint line_check2 CHECK (((reverses IS NULL) = (kind = 'collected'::text))),
  constraint line_kind_check CHECK ((kind = ANY (ARRAY['collected'::text, 'undone'::text]))),
  constraint line_organisation_id_reverses_key UNIQUE (organisation_id, reverses),
  constraint line_organisation_id_sequence_key UNIQUE (organisation_id, sequence),
  constraint line_paid_by_check CHECK ((paid_by = ANY (ARRAY['cash'::text, 'card'::text, 'charged'::text]))),
  constraint line_pkey PRIMARY KEY (organisation_id, line_id)
);
CREATE INDEX line_organisation_id_currency_occurred_at_idx ON remittances.line USING btree (organisation_id, currency, occurred_at) WHERE (statement_id IS NULL);
CREATE INDEX line_organisation_id_shelf_parcel_id_idx ON remittances.line USING btree (organisation_id, shelf_parcel_id);
CREATE INDEX line_organisation_id_statement_id_sequence_idx ON remittances.line USING btree (organisation_id, statement_id, sequence);
CREATE INDEX line_shelf_parcel_id_idx ON remittances.line USING btree (shelf_parcel_id) WHERE (paid_by = 'charged'::text);
alter table remittances.line enable row level security;
alter table remittances.line force row level security;
create policy acts_for on remittances.line using (platform.acts_for(organisation_id));
grant insert, select on remittances.line to postroad_app;
comment on table remittances.line is '@group organisation organisation_id';

create table remittances.statement (
  organisation_id text not null,
  statement_id text not null,
  currency text not null,
  week date not null,
  zone text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  lines integer not null,
  late_lines integer not null,
  opening_minor bigint not null,
  collected_minor bigint not null,
  fees_minor bigint not null,
  closing_minor bigint not null,
  payout_minor bigint not null,
  state text not null,
  bank_reference text,
  value_date date,
  closed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  constraint statement_check CHECK (((late_lines >= 0) AND (late_lines <= lines))),
  constraint statement_check1 CHECK ((closing_minor = ((opening_minor + collected_minor) - fees_minor))),
  constraint statement_check2 CHECK ((payout_minor = GREATEST(closing_minor, (0)::bigint))),
  constraint statement_lines_check CHECK ((lines >= 0)),
  constraint statement_opening_minor_check CHECK ((opening_minor <= 0)),
  constraint statement_organisation_id_currency_week_key UNIQUE (organisation_id, currency, week),
  constraint statement_pkey PRIMARY KEY (organisation_id, statement_id),
  constraint statement_state_check CHECK ((state = ANY (ARRAY['carried_over'::text, 'payout_instructed'::text, 'paid'::text])))
);
CREATE INDEX statement_statement_id_idx ON remittances.statement USING btree (statement_id);
alter table remittances.statement enable row level security;
alter table remittances.statement force row level security;
create policy acts_for on remittances.statement using (platform.acts_for(organisation_id));
grant delete, insert, select, update on remittances.statement to postroad_app;
comment on table remittances.statement is '@group organisation organisation_id';

create table returns.code (
  code_index bytea not null,
  organisation_id text not null,
  return_id text not null,
  expires_at timestamp with time zone not null,
  constraint code_pkey PRIMARY KEY (code_index)
);
CREATE INDEX code_return_id_idx ON returns.code USING btree (return_id);
grant delete, insert, select, update on returns.code to postroad_app;
comment on table returns.code is '@group reference';

create table returns.code_key (
  key_id smallint not null,
  wrapped bytea not null,
  constraint code_key_key_id_check CHECK ((key_id = 1)),
  constraint code_key_pkey PRIMARY KEY (key_id)
);
grant delete, insert, select, update on returns.code_key to postroad_app;
comment on table returns.code_key is '@group reference';

create table returns.code_try (
  organisation_id text not null,
  clerk_id text not null,
  point_id text not null,
  started_at timestamp with time zone not null,
  wrong integer not null,
  constraint code_try_pkey PRIMARY KEY (organisation_id, clerk_id, point_id)
);
alter table returns.code_try enable row level security;
alter table returns.code_try force row level security;
create policy acts_for on returns.code_try using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.code_try to postroad_app;
comment on table returns.code_try is '@group organisation organisation_id';

create table returns.counter_visit (
  organisation_id text not null,
  return_id text not null,
  point_organisation_id text not null,
  point_id text,
  by_caller text not null,
  opened_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint counter_visit_organisation_id_return_id_fkey FOREIGN KEY (organisation_id, return_id) REFERENCES returns.return_case(organisation_id, return_id),
  constraint counter_visit_pkey PRIMARY KEY (organisation_id, return_id, point_organisation_id)
);
alter table returns.counter_visit enable row level security;
alter table returns.counter_visit force row level security;
create policy acts_for on returns.counter_visit using ((platform.acts_for(organisation_id) OR (point_organisation_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.counter_visit to postroad_app;
comment on table returns.counter_visit is '@group organisation organisation_id';

create table returns.insurance (
  organisation_id text not null,
  insurance_id text not null,
  client_platform_id text,
  order_id text not null,
  insurer text not null,
  bought_by text not null,
  premium jsonb not null,
  bands jsonb not null,
  state text not null,
  bought_at timestamp with time zone not null,
  constraint insurance_bought_by_check CHECK ((bought_by = ANY (ARRAY['buyer'::text, 'seller'::text]))),
  constraint insurance_organisation_id_order_id_key UNIQUE (organisation_id, order_id),
  constraint insurance_pkey PRIMARY KEY (organisation_id, insurance_id),
  constraint insurance_state_check CHECK ((state = ANY (ARRAY['active'::text, 'claimed'::text])))
);
alter table returns.insurance enable row level security;
alter table returns.insurance force row level security;
create policy acts_for on returns.insurance using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.insurance to postroad_app;
comment on table returns.insurance is '@group organisation organisation_id';

create table returns.insurance_claim (
  organisation_id text not null,
  claim_id text not null,
  insurance_id text not null,
  return_id text not null,
  amount jsonb not null,
  state text not null,
  reported_at timestamp with time zone not null,
  constraint insurance_claim_organisation_id_insurance_id_fkey FOREIGN KEY (organisation_id, insurance_id) REFERENCES returns.insurance(organisation_id, insurance_id),
  constraint insurance_claim_organisation_id_insurance_id_key UNIQUE (organisation_id, insurance_id),
  constraint insurance_claim_organisation_id_return_id_fkey FOREIGN KEY (organisation_id, return_id) REFERENCES returns.return_case(organisation_id, return_id),
  constraint insurance_claim_organisation_id_return_id_key UNIQUE (organisation_id, return_id),
  constraint insurance_claim_pkey PRIMARY KEY (organisation_id, claim_id),
  constraint insurance_claim_state_check CHECK ((state = ANY (ARRAY['reported'::text, 'accepted'::text, 'paid'::text])))
);
CREATE INDEX insurance_claim_return_id_idx ON returns.insurance_claim USING btree (return_id);
alter table returns.insurance_claim enable row level security;
alter table returns.insurance_claim force row level security;
create policy acts_for on returns.insurance_claim using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM returns.return_case c
  WHERE ((c.organisation_id = insurance_claim.organisation_id) AND (c.return_id = insurance_claim.return_id) AND (c.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.insurance_claim to postroad_app;
comment on table returns.insurance_claim is '@group organisation organisation_id';

create table returns.order_line (
  organisation_id text not null,
  order_id text not null,
  line integer not null,
  quantity integer not null,
  claimed integer not null,
  constraint order_line_check CHECK (((claimed >= 0) AND (claimed <= quantity))),
  constraint order_line_line_check CHECK ((line >= 1)),
  constraint order_line_pkey PRIMARY KEY (organisation_id, order_id, line),
  constraint order_line_quantity_check CHECK ((quantity >= 1))
);
alter table returns.order_line enable row level security;
alter table returns.order_line force row level security;
create policy acts_for on returns.order_line using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.order_line to postroad_app;
comment on table returns.order_line is '@group organisation organisation_id';

create table returns.order_money (
  organisation_id text not null,
  order_id text not null,
  currency text not null,
  paid_minor bigint not null,
  refunded_minor bigint not null,
  constraint order_money_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= paid_minor))),
  constraint order_money_paid_minor_check CHECK ((paid_minor >= 0)),
  constraint order_money_pkey PRIMARY KEY (organisation_id, order_id)
);
alter table returns.order_money enable row level security;
alter table returns.order_money force row level security;
create policy acts_for on returns.order_money using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.order_money to postroad_app;
comment on table returns.order_money is '@group organisation organisation_id';

create table returns.picture (
  organisation_id text not null,
  picture_id text not null,
  order_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  party text not null,
  by_caller text not null,
  stored_at timestamp with time zone not null,
  constraint picture_pkey PRIMARY KEY (organisation_id, picture_id)
);
CREATE INDEX picture_organisation_id_order_id_idx ON returns.picture USING btree (organisation_id, order_id);
alter table returns.picture enable row level security;
alter table returns.picture force row level security;
create policy acts_for on returns.picture using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.picture to postroad_app;
comment on table returns.picture is '@group organisation organisation_id';

create table returns.portal_link (
  organisation_id text not null,
  token_hash bytea not null,
  order_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint portal_link_pkey PRIMARY KEY (organisation_id, token_hash)
);
CREATE INDEX portal_link_expires_at_idx ON returns.portal_link USING btree (expires_at);
CREATE INDEX portal_link_token_hash_idx ON returns.portal_link USING btree (token_hash);
alter table returns.portal_link enable row level security;
alter table returns.portal_link force row level security;
create policy acts_for on returns.portal_link using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.portal_link to postroad_app;
comment on table returns.portal_link is '@group organisation organisation_id';

create table returns.refund (
  organisation_id text not null,
  refund_id text not null,
  return_id text not null,
  order_id text not null,
  amount_minor bigint not null,
  currency text not null,
  basis text not null,
  instructed_at timestamp with time zone not null,
  constraint refund_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint refund_organisation_id_return_id_fkey FOREIGN KEY (organisation_id, return_id) REFERENCES returns.return_case(organisation_id, return_id),
  constraint refund_organisation_id_return_id_key UNIQUE (organisation_id, return_id),
  constraint refund_pkey PRIMARY KEY (organisation_id, refund_id)
);
alter table returns.refund enable row level security;
alter table returns.refund force row level security;
create policy acts_for on returns.refund using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM returns.return_case c
  WHERE ((c.organisation_id = refund.organisation_id) AND (c.return_id = refund.return_id) AND (c.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant insert, select on returns.refund to postroad_app;
comment on table returns.refund is '@group organisation organisation_id @append-only';

create table returns.return_case (
  organisation_id text not null,
  return_id text not null,
  client_platform_id text,
  order_id text not null,
  order_reference text not null,
  object_id text not null,
  version bigint not null,
  kind text not null,
  state text not null,
  due_at timestamp with time zone,
  state_detail jsonb not null,
  items jsonb not null,
  amount jsonb not null,
  freight_payer text not null,
  buyer_ref text not null,
  place jsonb not null,
  return_to_ref text,
  return_to jsonb,
  wanted text,
  sealed_statement bytea,
  picture_ids text[] not null,
  refusal jsonb,
  risk jsonb not null,
  rulebook_version_id text not null,
  route jsonb,
  sealed_code bytea,
  code_expires_at timestamp with time zone,
  intake jsonb,
  return_number text,
  return_parcel jsonb,
  replacement_number text,
  replacement jsonb,
  point_organisation_id text,
  point_id text,
  applied_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint return_case_freight_payer_check CHECK ((freight_payer = ANY (ARRAY['buyer'::text, 'seller'::text, 'insurer'::text]))),
  constraint return_case_kind_check CHECK ((kind = ANY (ARRAY['return'::text, 'exchange'::text, 'refund_only'::text]))),
  constraint return_case_organisation_id_order_id_object_id_key UNIQUE (organisation_id, order_id, object_id),
  constraint return_case_pkey PRIMARY KEY (organisation_id, return_id),
  constraint return_case_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'agreed'::text, 'routed'::text, 'code_issued'::text, 'accepted_at_point'::text, 'collected'::text, 'in_transit'::text, 'received'::text, 'screened'::text, 'refunded'::text, 'refused'::text, 'platform_intervention'::text, 'replacement_pending'::text, 'amend'::text, 'replacement_sent'::text, 'success'::text, 'refund_instead'::text, 'closed'::text])))
);
CREATE INDEX return_case_client_platform_id_coalesce_return_id_idx ON returns.return_case USING btree (client_platform_id, COALESCE(due_at, changed_at), return_id);
CREATE INDEX return_case_client_platform_id_state_return_id_idx ON returns.return_case USING btree (client_platform_id, state, return_id);
CREATE INDEX return_case_coalesce_return_id_idx ON returns.return_case USING btree (COALESCE(due_at, changed_at), return_id);
CREATE INDEX return_case_expr_return_id_idx ON returns.return_case USING btree (((route ->> 'carrierId'::text)), return_id) WHERE (((route ->> 'method'::text) = 'door'::text) AND (state = 'code_issued'::text));
CREATE INDEX return_case_organisation_id_buyer_ref_applied_at_idx ON returns.return_case USING btree (organisation_id, buyer_ref, applied_at);
CREATE INDEX return_case_organisation_id_coalesce_return_id_idx ON returns.return_case USING btree (organisation_id, COALESCE(due_at, changed_at), return_id);
CREATE INDEX return_case_organisation_id_state_return_id_idx ON returns.return_case USING btree (organisation_id, state, return_id);
CREATE INDEX return_case_point_organisation_id_state_return_id_idx ON returns.return_case USING btree (point_organisation_id, state, return_id) WHERE (point_organisation_id IS NOT NULL);
CREATE INDEX return_case_replacement_number_idx ON returns.return_case USING btree (replacement_number) WHERE (replacement_number IS NOT NULL);
CREATE INDEX return_case_return_id_idx ON returns.return_case USING btree (return_id);
CREATE INDEX return_case_return_number_idx ON returns.return_case USING btree (return_number) WHERE (return_number IS NOT NULL);
CREATE INDEX return_case_state_return_id_idx ON returns.return_case USING btree (state, return_id);
alter table returns.return_case enable row level security;
alter table returns.return_case force row level security;
create policy acts_for on returns.return_case using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)) OR (point_organisation_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.return_case to postroad_app;
comment on table returns.return_case is '@group organisation organisation_id';

create table returns.return_step (
  organisation_id text not null,
  return_id text not null,
  "position" integer not null,
  fact text not null,
  state text not null,
  party text not null,
  by_caller text not null,
  reason text,
  occurred_at timestamp with time zone not null,
  constraint return_step_organisation_id_return_id_fkey FOREIGN KEY (organisation_id, return_id) REFERENCES returns.return_case(organisation_id, return_id),
  constraint return_step_pkey PRIMARY KEY (organisation_id, return_id, "position")
);
alter table returns.return_step enable row level security;
alter table returns.return_step force row level security;
create policy acts_for on returns.return_step using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM returns.return_case c
  WHERE ((c.organisation_id = return_step.organisation_id) AND (c.return_id = return_step.return_id) AND (c.client_platform_id = current_setting('postroad.organisation'::text, true))))))) with check (platform.acts_for(organisation_id));
grant insert, select on returns.return_step to postroad_app;
comment on table returns.return_step is '@group organisation organisation_id @append-only';

create table returns.settings (
  organisation_id text not null,
  window_days integer,
  auto_agree_up_to jsonb,
  excluded_goods_classes text[] not null,
  restocking_percent integer not null,
  free_returns boolean not null,
  carrier_code text,
  return_to_ref text,
  return_to jsonb,
  sealed_address bytea,
  changed_at timestamp with time zone not null,
  constraint settings_pkey PRIMARY KEY (organisation_id),
  constraint settings_restocking_percent_check CHECK (((restocking_percent >= 0) AND (restocking_percent <= 50)))
);
alter table returns.settings enable row level security;
alter table returns.settings force row level security;
create policy acts_for on returns.settings using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.settings to postroad_app;
comment on table returns.settings is '@group organisation organisation_id';

create table returns.unread_picture (
  organisation_id text not null,
  picture_id text not null,
  unread_id text not null,
  content_type text not null,
  size_bytes integer not null,
  sealed_bytes bytea not null,
  stored_at timestamp with time zone not null,
  constraint unread_picture_organisation_id_unread_id_fkey FOREIGN KEY (organisation_id, unread_id) REFERENCES returns.unread_return(organisation_id, unread_id),
  constraint unread_picture_pkey PRIMARY KEY (organisation_id, picture_id)
);
CREATE INDEX unread_picture_organisation_id_unread_id_picture_id_idx ON returns.unread_picture USING btree (organisation_id, unread_id, picture_id);
alter table returns.unread_picture enable row level security;
alter table returns.unread_picture force row level security;
create policy acts_for on returns.unread_picture using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.unread_picture to postroad_app;
comment on table returns.unread_picture is '@group organisation organisation_id';

create table returns.unread_return (
  organisation_id text not null,
  unread_id text not null,
  point_id text not null,
  device_id text not null,
  client_id text not null,
  digest bytea not null,
  state text not null,
  sealed_words bytea not null,
  weight_grams integer not null,
  document_kind text,
  return_id text,
  occurred_at timestamp with time zone not null,
  device_time timestamp with time zone,
  by_caller text not null,
  received_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  resolution text,
  constraint unread_return_check CHECK (((state = ANY (ARRAY['open'::text, 'settled'::text])) OR (return_id IS NOT NULL))),
  constraint unread_return_check1 CHECK (((state = ANY (ARRAY['taken_in'::text, 'settled'::text])) = (ended_at IS NOT NULL))),
  constraint unread_return_organisation_id_device_id_client_id_key UNIQUE (organisation_id, device_id, client_id),
  constraint unread_return_pkey PRIMARY KEY (organisation_id, unread_id),
  constraint unread_return_state_check CHECK ((state = ANY (ARRAY['open'::text, 'matched'::text, 'taken_in'::text, 'settled'::text])))
);
CREATE INDEX unread_return_organisation_id_point_id_unread_id_idx ON returns.unread_return USING btree (organisation_id, point_id, unread_id DESC);
CREATE INDEX unread_return_unread_id_idx ON returns.unread_return USING btree (unread_id);
alter table returns.unread_return enable row level security;
alter table returns.unread_return force row level security;
create policy acts_for on returns.unread_return using (platform.acts_for(organisation_id)) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on returns.unread_return to postroad_app;
comment on table returns.unread_return is '@group organisation organisation_id';

create table rulebooks.rulebook (
  organisation_id text not null,
  rulebook_id text not null,
  kind text not null,
  opened_at timestamp with time zone not null,
  constraint rulebook_organisation_id_kind_key UNIQUE (organisation_id, kind),
  constraint rulebook_pkey PRIMARY KEY (organisation_id, rulebook_id)
);
CREATE INDEX rulebook_rulebook_id_idx ON rulebooks.rulebook USING btree (rulebook_id);
alter table rulebooks.rulebook enable row level security;
alter table rulebooks.rulebook force row level security;
create policy acts_for on rulebooks.rulebook using (platform.acts_for(organisation_id));
create policy network_is_public on rulebooks.rulebook for select using ((organisation_id = 'network'::text));
grant insert, select on rulebooks.rulebook to postroad_app;
comment on table rulebooks.rulebook is '@group organisation organisation_id';

create table rulebooks.rulebook_version (
  organisation_id text not null,
  rulebook_version_id text not null,
  rulebook_id text not null,
  kind text not null,
  number integer not null,
  document jsonb not null,
  digest bytea not null,
  author text not null,
  note text not null,
  drafted_at timestamp with time zone not null,
  state text not null,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  revision integer not null,
  constraint rulebook_version_check CHECK (((valid_to IS NULL) OR (valid_from <= valid_to))),
  constraint rulebook_version_check1 CHECK (((state <> 'active'::text) OR (valid_from IS NOT NULL))),
  constraint rulebook_version_organisation_id_rulebook_id_fkey FOREIGN KEY (organisation_id, rulebook_id) REFERENCES rulebooks.rulebook(organisation_id, rulebook_id),
  constraint rulebook_version_organisation_id_rulebook_id_number_key UNIQUE (organisation_id, rulebook_id, number),
  constraint rulebook_version_pkey PRIMARY KEY (organisation_id, rulebook_version_id),
  constraint rulebook_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'tested'::text, 'active'::text, 'retired'::text])))
);
CREATE INDEX rulebook_version_organisation_id_kind_valid_from_idx ON rulebooks.rulebook_version USING btree (organisation_id, kind, valid_from) WHERE (valid_from IS NOT NULL);
CREATE INDEX rulebook_version_rulebook_version_id_idx ON rulebooks.rulebook_version USING btree (rulebook_version_id);
alter table rulebooks.rulebook_version enable row level security;
alter table rulebooks.rulebook_version force row level security;
create policy acts_for on rulebooks.rulebook_version using (platform.acts_for(organisation_id));
create policy network_is_public on rulebooks.rulebook_version for select using ((organisation_id = 'network'::text));
grant insert, select on rulebooks.rulebook_version to postroad_app;
comment on table rulebooks.rulebook_version is '@group organisation organisation_id';

create table rulebooks.trial (
  organisation_id text not null,
  trial_id text not null,
  rulebook_version_id text not null,
  kind text not null,
  tried_at timestamp with time zone not null,
  tried_by text not null,
  result jsonb not null,
  constraint trial_kind_check CHECK ((kind = ANY (ARRAY['tests'::text, 'dry_run'::text]))),
  constraint trial_organisation_id_rulebook_version_id_fkey FOREIGN KEY (organisation_id, rulebook_version_id) REFERENCES rulebooks.rulebook_version(organisation_id, rulebook_version_id),
  constraint trial_pkey PRIMARY KEY (organisation_id, trial_id)
);
alter table rulebooks.trial enable row level security;
alter table rulebooks.trial force row level security;
create policy acts_for on rulebooks.trial using (platform.acts_for(organisation_id));
grant insert, select on rulebooks.trial to postroad_app;
comment on table rulebooks.trial is '@group organisation organisation_id';

create table shelves.code (
  organisation_id text not null,
  point_id text not null,
  scope text not null,
  sequence bigint not null,
  shelf_parcel_id text not null,
  issued_at timestamp with time zone not null,
  free_from timestamp with time zone,
  constraint code_pkey PRIMARY KEY (organisation_id, point_id, scope, sequence)
);
CREATE INDEX code_organisation_id_point_id_scope_issued_at_idx ON shelves.code USING btree (organisation_id, point_id, scope, issued_at DESC);
CREATE INDEX code_organisation_id_shelf_parcel_id_idx ON shelves.code USING btree (organisation_id, shelf_parcel_id);
alter table shelves.code enable row level security;
alter table shelves.code force row level security;
create policy acts_for on shelves.code using (platform.acts_for(organisation_id));
grant delete, insert, select, update on shelves.code to postroad_app;
comment on table shelves.code is '@group organisation organisation_id';

create table shelves.code_scheme (
  organisation_id text not null,
  point_id text not null,
  scheme jsonb not null,
  changed_at timestamp with time zone not null,
  constraint code_scheme_pkey PRIMARY KEY (organisation_id, point_id)
);
alter table shelves.code_scheme enable row level security;
alter table shelves.code_scheme force row level security;
create policy acts_for on shelves.code_scheme using (platform.acts_for(organisation_id));
grant delete, insert, select, update on shelves.code_scheme to postroad_app;
comment on table shelves.code_scheme is '@group organisation organisation_id';

create table shelves.device_action (
  organisation_id text not null,
  point_id text not null,
  device_id text not null,
  client_id text not null,
  kind text not null,
  number text not null,
  shelf_parcel_id text,
  digest bytea not null,
  outcome text not null,
  conflict text,
  detail jsonb not null,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolved_by text,
  resolution text,
  counted_at timestamp with time zone,
  constraint device_action_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'conflict'::text]))),
  constraint device_action_pkey PRIMARY KEY (organisation_id, device_id, client_id)
);
CREATE INDEX device_action_organisation_id_device_id_number_idx ON shelves.device_action USING btree (organisation_id, device_id, number) WHERE (outcome = 'conflict'::text);
CREATE INDEX device_action_organisation_id_point_id_received_at_idx ON shelves.device_action USING btree (organisation_id, point_id, received_at) WHERE (outcome = 'conflict'::text);
CREATE INDEX device_action_organisation_id_received_at_idx ON shelves.device_action USING btree (organisation_id, received_at) WHERE ((outcome = 'conflict'::text) AND (resolved_at IS NULL));
alter table shelves.device_action enable row level security;
alter table shelves.device_action force row level security;
create policy acts_for on shelves.device_action using (platform.acts_for(organisation_id));
grant delete, insert, select, update on shelves.device_action to postroad_app;
comment on table shelves.device_action is '@group organisation organisation_id';

create table shelves.friend (
  organisation_id text not null,
  friend_id text not null,
  shelf_parcel_id text not null,
  token_hash bytea not null,
  state text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint friend_organisation_id_shelf_parcel_id_fkey FOREIGN KEY (organisation_id, shelf_parcel_id) REFERENCES shelves.parcel(organisation_id, shelf_parcel_id),
  constraint friend_pkey PRIMARY KEY (organisation_id, friend_id),
  constraint friend_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text, 'used'::text])))
);
CREATE INDEX friend_organisation_id_shelf_parcel_id_idx ON shelves.friend USING btree (organisation_id, shelf_parcel_id);
alter table shelves.friend enable row level security;
alter table shelves.friend force row level security;
create policy acts_for on shelves.friend using (platform.acts_for(organisation_id));
grant delete, insert, select, update on shelves.friend to postroad_app;
comment on table shelves.friend is '@group organisation organisation_id';

create table shelves.parcel (
  organisation_id text not null,
  shelf_parcel_id text not null,
  point_id text not null,
  version bigint not null,
  state text not null,
  number text not null,
  carrier_code text,
  parcel_id text,
  announced_by text not null,
  client_platform_id text,
  recipient_ref text,
  consent jsonb,
  reservation_id text,
  size text not null,
  place text,
  code text,
  wrong_tries smallint default 0 not null,
  stored_at timestamp with time zone,
  free_until timestamp with time zone,
  return_at timestamp with time zone,
  is_extended boolean default false not null,
  rung smallint default 0 not null,
  handed_out_at timestamp with time zone,
  handed_out_by text,
  storage_fee jsonb,
  exception text,
  reason text,
  notices smallint default 0 not null,
  notice_day date,
  notices_of_day smallint default 0 not null,
  lease_device text,
  lease_until timestamp with time zone,
  announced_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  cash_on_delivery jsonb,
  cash_paid_by text,
  cash_open_until timestamp with time zone,
  cash_charged_at timestamp with time zone,
  constraint parcel_cash_paid_by_check CHECK ((cash_paid_by = ANY (ARRAY['cash'::text, 'card'::text]))),
  constraint parcel_check CHECK (((consent IS NOT NULL) OR (state = ANY (ARRAY['announced'::text, 'cancelled'::text])))),
  constraint parcel_check1 CHECK (((state = ANY (ARRAY['stored'::text, 'exception'::text])) = (code IS NOT NULL))),
  constraint parcel_pkey PRIMARY KEY (organisation_id, shelf_parcel_id),
  constraint parcel_size_check CHECK ((size = ANY (ARRAY['s'::text, 'm'::text, 'l'::text]))),
  constraint parcel_state_check CHECK ((state = ANY (ARRAY['announced'::text, 'stored'::text, 'handed_out'::text, 'exception'::text, 'returning'::text, 'returned'::text, 'cancelled'::text]))),
  constraint parcel_wrong_tries_check CHECK (((wrong_tries >= 0) AND (wrong_tries <= 5)))
);
CREATE INDEX parcel_announced_by_shelf_parcel_id_idx ON shelves.parcel USING btree (announced_by, shelf_parcel_id);
CREATE INDEX parcel_client_platform_id_shelf_parcel_id_idx ON shelves.parcel USING btree (client_platform_id, shelf_parcel_id) WHERE (client_platform_id IS NOT NULL);
CREATE INDEX parcel_number_idx ON shelves.parcel USING btree (number);
CREATE INDEX parcel_organisation_id_lease_device_idx ON shelves.parcel USING btree (organisation_id, lease_device) WHERE (lease_device IS NOT NULL);
CREATE UNIQUE INDEX parcel_organisation_id_number_idx ON shelves.parcel USING btree (organisation_id, number) WHERE (state = ANY (ARRAY['announced'::text, 'stored'::text, 'exception'::text, 'returning'::text]));
CREATE UNIQUE INDEX parcel_organisation_id_point_id_code_idx ON shelves.parcel USING btree (organisation_id, point_id, code) WHERE (state = ANY (ARRAY['stored'::text, 'exception'::text]));
CREATE INDEX parcel_organisation_id_point_id_state_shelf_parcel_id_idx ON shelves.parcel USING btree (organisation_id, point_id, state, shelf_parcel_id);
CREATE INDEX parcel_organisation_id_shelf_parcel_id_idx ON shelves.parcel USING btree (organisation_id, shelf_parcel_id DESC) WHERE ((state = 'handed_out'::text) AND (cash_on_delivery IS NOT NULL) AND (cash_paid_by IS NULL) AND (cash_charged_at IS NULL));
CREATE INDEX parcel_parcel_id_idx ON shelves.parcel USING btree (parcel_id) WHERE (parcel_id IS NOT NULL);
CREATE INDEX parcel_shelf_parcel_id_idx ON shelves.parcel USING btree (shelf_parcel_id);
alter table shelves.parcel enable row level security;
alter table shelves.parcel force row level security;
create policy acts_for on shelves.parcel using ((platform.acts_for(organisation_id) OR (announced_by = current_setting('postroad.organisation'::text, true)) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on shelves.parcel to postroad_app;
comment on table shelves.parcel is '@group organisation organisation_id';

create table shelves.step (
  organisation_id text not null,
  shelf_parcel_id text not null,
  version bigint not null,
  fact text not null,
  state text not null,
  detail jsonb,
  by_caller text not null,
  device_id text,
  client_id text,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint step_organisation_id_shelf_parcel_id_fkey FOREIGN KEY (organisation_id, shelf_parcel_id) REFERENCES shelves.parcel(organisation_id, shelf_parcel_id),
  constraint step_pkey PRIMARY KEY (organisation_id, shelf_parcel_id, version)
);
alter table shelves.step enable row level security;
alter table shelves.step force row level security;
create policy acts_for on shelves.step using (platform.acts_for(organisation_id));
grant insert, select on shelves.step to postroad_app;
comment on table shelves.step is '@group organisation organisation_id @append-only';

create table shipments.interception (
  organisation_id text not null,
  interception_id text not null,
  shipment_id text not null,
  carrier_id text not null,
  kind text not null,
  state text not null,
  reason text,
  recipient_ref text,
  to_place jsonb,
  fee jsonb not null,
  charge_id text,
  version bigint not null,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint interception_kind_check CHECK ((kind = ANY (ARRAY['return'::text, 'address_change'::text]))),
  constraint interception_organisation_id_shipment_id_fkey FOREIGN KEY (organisation_id, shipment_id) REFERENCES shipments.shipment(organisation_id, shipment_id),
  constraint interception_pkey PRIMARY KEY (organisation_id, interception_id),
  constraint interception_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'accepted'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX interception_carrier_id_state_interception_id_idx ON shipments.interception USING btree (carrier_id, state, interception_id);
CREATE INDEX interception_interception_id_idx ON shipments.interception USING btree (interception_id);
CREATE UNIQUE INDEX interception_organisation_id_shipment_id_idx ON shipments.interception USING btree (organisation_id, shipment_id) WHERE (state = ANY (ARRAY['requested'::text, 'accepted'::text]));
CREATE INDEX interception_shipment_id_idx ON shipments.interception USING btree (shipment_id);
alter table shipments.interception enable row level security;
alter table shipments.interception force row level security;
create policy acts_for on shipments.interception using ((platform.acts_for(organisation_id) OR platform.acts_for(carrier_id) OR (EXISTS ( SELECT
   FROM shipments.part p
  WHERE ((p.organisation_id = current_setting('postroad.organisation'::text, true)) AND (p.shipment_id = interception.shipment_id) AND (p.part = 'warehouse'::text)))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on shipments.interception to postroad_app;
comment on table shipments.interception is '@group organisation organisation_id';

create table shipments.parcel (
  organisation_id text not null,
  shipment_id text not null,
  parcel_id text not null,
  index smallint not null,
  waybill_id text not null,
  number text not null,
  weight_grams integer not null,
  size jsonb,
  measured jsonb,
  status text,
  constraint parcel_organisation_id_shipment_id_fkey FOREIGN KEY (organisation_id, shipment_id) REFERENCES shipments.shipment(organisation_id, shipment_id),
  constraint parcel_pkey PRIMARY KEY (organisation_id, parcel_id)
);
CREATE INDEX parcel_number_idx ON shipments.parcel USING btree (number);
CREATE INDEX parcel_organisation_id_shipment_id_idx ON shipments.parcel USING btree (organisation_id, shipment_id);
CREATE INDEX parcel_parcel_id_idx ON shipments.parcel USING btree (parcel_id);
CREATE INDEX parcel_waybill_id_idx ON shipments.parcel USING btree (waybill_id);
alter table shipments.parcel enable row level security;
alter table shipments.parcel force row level security;
create policy acts_for on shipments.parcel using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM shipments.part p
  WHERE ((p.organisation_id = current_setting('postroad.organisation'::text, true)) AND (p.shipment_id = parcel.shipment_id)))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on shipments.parcel to postroad_app;
comment on table shipments.parcel is '@group organisation organisation_id';

create table shipments.part (
  organisation_id text not null,
  shipment_id text not null,
  part text not null,
  owner_id text not null,
  state text not null,
  constraint part_part_check CHECK ((part = ANY (ARRAY['own'::text, 'client'::text, 'carrier'::text, 'warehouse'::text]))),
  constraint part_pkey PRIMARY KEY (shipment_id, organisation_id, part)
);
CREATE INDEX part_organisation_id_part_state_shipment_id_idx ON shipments.part USING btree (organisation_id, part, state, shipment_id);
alter table shipments.part enable row level security;
alter table shipments.part force row level security;
create policy acts_for on shipments.part using ((platform.acts_for(organisation_id) OR platform.acts_for(owner_id)));
grant delete, insert, select, update on shipments.part to postroad_app;
comment on table shipments.part is '@group organisation organisation_id';

create table shipments.shipment (
  organisation_id text not null,
  shipment_id text not null,
  client_platform_id text,
  version bigint not null,
  state text not null,
  order_ref text not null,
  offer_id text not null,
  line_code text not null,
  carrier_code text not null,
  carrier_id text not null,
  warehouse_id text not null,
  handover text not null,
  undeliverable text not null,
  sender_ref text not null,
  recipient_ref text not null,
  from_place jsonb not null,
  to_place jsonb not null,
  goods jsonb not null,
  incoterm text,
  order_amount jsonb,
  cash_on_delivery jsonb,
  insured_amount jsonb,
  quoted jsonb not null,
  charged jsonb,
  buying_total jsonb,
  freight text not null,
  hold_set_id text,
  promise_kind text not null,
  promise_earliest timestamp with time zone not null,
  promise_latest timestamp with time zone not null,
  acknowledgement text not null,
  reason text,
  synthetic boolean default false not null,
  purchased_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint shipment_pkey PRIMARY KEY (organisation_id, shipment_id)
);
CREATE INDEX shipment_order_ref_idx ON shipments.shipment USING btree (order_ref);
CREATE INDEX shipment_organisation_id_order_ref_idx ON shipments.shipment USING btree (organisation_id, order_ref);
CREATE INDEX shipment_recipient_ref_idx ON shipments.shipment USING btree (recipient_ref);
CREATE INDEX shipment_sender_ref_idx ON shipments.shipment USING btree (sender_ref);
alter table shipments.shipment enable row level security;
alter table shipments.shipment force row level security;
create policy acts_for on shipments.shipment using ((platform.acts_for(organisation_id) OR (EXISTS ( SELECT
   FROM shipments.part p
  WHERE ((p.organisation_id = current_setting('postroad.organisation'::text, true)) AND (p.shipment_id = shipment.shipment_id)))))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on shipments.shipment to postroad_app;
comment on table shipments.shipment is '@group organisation organisation_id';

create table shipments.step (
  organisation_id text not null,
  shipment_id text not null,
  version bigint not null,
  state text not null,
  step text not null,
  reason text,
  evidence jsonb,
  by_caller text not null,
  synthetic boolean not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint step_pkey PRIMARY KEY (organisation_id, shipment_id, version)
);
alter table shipments.step enable row level security;
alter table shipments.step force row level security;
create policy acts_for on shipments.step using (platform.acts_for(organisation_id));
grant insert, select on shipments.step to postroad_app;
comment on table shipments.step is '@group organisation organisation_id';

create table tracking.code_mapping (
  mapping_id text not null,
  source text not null,
  format text not null,
  code text not null,
  constraint code_mapping_pkey PRIMARY KEY (mapping_id),
  constraint code_mapping_source_format_code_key UNIQUE (source, format, code)
);
grant insert, select on tracking.code_mapping to postroad_app;
comment on table tracking.code_mapping is '@group reference';

create table tracking.code_mapping_version (
  mapping_id text not null,
  version integer not null,
  milestone text,
  substatus text,
  note text not null,
  occurred_from timestamp with time zone,
  author text not null,
  created_at timestamp with time zone not null,
  constraint code_mapping_version_mapping_id_fkey FOREIGN KEY (mapping_id) REFERENCES tracking.code_mapping(mapping_id),
  constraint code_mapping_version_note_check CHECK ((length(note) <= 500)),
  constraint code_mapping_version_pkey PRIMARY KEY (mapping_id, version),
  constraint code_mapping_version_version_check CHECK ((version > 0))
);
grant insert, select on tracking.code_mapping_version to postroad_app;
comment on table tracking.code_mapping_version is '@group reference';

create table tracking.containment (
  bucket smallint not null,
  container_id text not null,
  content_id text not null,
  action text not null,
  occurred_at timestamp with time zone not null,
  reporter_kind text not null,
  reporter_id text not null,
  source text not null,
  kind text not null,
  recorded_at timestamp with time zone not null,
  constraint containment_action_check CHECK ((action = ANY (ARRAY['pack'::text, 'unpack'::text]))),
  constraint containment_kind_check CHECK ((kind = ANY (ARRAY['receptacle'::text, 'consignment'::text]))),
  constraint containment_pkey PRIMARY KEY (bucket, container_id, content_id, action, occurred_at, reporter_id)
);
CREATE INDEX containment_content_id_idx ON tracking.containment USING btree (content_id);
grant insert, select on tracking.containment to postroad_app;
comment on table tracking.containment is '@group parcel bucket';

create table tracking.directory (
  bucket smallint not null,
  number text not null,
  generation integer not null,
  carrier_code text not null,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  parcel_id text not null,
  provisional boolean not null,
  constraint directory_pkey PRIMARY KEY (bucket, number, generation)
);
CREATE INDEX directory_number_hash ON tracking.directory USING hash (number);
CREATE INDEX directory_parcel_id_idx ON tracking.directory USING btree (parcel_id);
grant delete, insert, select, update on tracking.directory to postroad_app;
comment on table tracking.directory is '@group parcel bucket';

create table tracking.facility (
  source text not null,
  code text not null,
  country text not null,
  city text,
  listed_at timestamp with time zone not null,
  constraint facility_pkey PRIMARY KEY (source, code)
);
grant delete, insert, select, update on tracking.facility to postroad_app;
comment on table tracking.facility is '@group reference';

create table tracking.lane (
  lane_id bigint not null,
  leg text not null,
  at_country text,
  at_city text,
  to_country text,
  to_city text,
  constraint lane_pkey PRIMARY KEY (lane_id)
);
grant insert, select on tracking.lane to postroad_app;
comment on table tracking.lane is '@group reference';

create table tracking.link (
  bucket smallint not null,
  link_id text not null,
  parcel_id text not null,
  token_hash bytea not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint link_pkey PRIMARY KEY (bucket, link_id)
);
CREATE INDEX link_parcel_id_idx ON tracking.link USING btree (parcel_id) WHERE (revoked_at IS NULL);
CREATE INDEX link_token_hash_idx ON tracking.link USING btree (token_hash);
grant delete, insert, select, update on tracking.link to postroad_app;
comment on table tracking.link is '@group parcel bucket';

create table tracking.milestone_hour (
  organisation_id text not null,
  hour timestamp with time zone not null,
  milestone text not null,
  client_platform_id text,
  count integer not null,
  constraint milestone_hour_pkey PRIMARY KEY (organisation_id, hour, milestone)
);
CREATE INDEX milestone_hour_hour_idx ON tracking.milestone_hour USING btree (hour);
alter table tracking.milestone_hour enable row level security;
alter table tracking.milestone_hour force row level security;
create policy acts_for on tracking.milestone_hour using ((platform.acts_for(organisation_id) OR (client_platform_id = current_setting('postroad.organisation'::text, true)))) with check (platform.acts_for(organisation_id));
grant delete, insert, select, update on tracking.milestone_hour to postroad_app;
comment on table tracking.milestone_hour is '@group organisation organisation_id';

create table tracking.motion (
  bucket smallint not null,
  lane_id bigint not null,
  promise_latest timestamp with time zone not null,
  stuck_at timestamp with time zone not null,
  organisation_id text,
  client_platform_id text,
  parcel_id text not null,
  constraint motion_pkey PRIMARY KEY (parcel_id, bucket)
);
CREATE INDEX motion_parcel_id_hash ON tracking.motion USING hash (parcel_id);
alter table tracking.motion enable row level security;
alter table tracking.motion force row level security;
create policy acts_for on tracking.motion using (((( SELECT current_setting('postroad.organisation'::text, true) AS current_setting) = '*'::text) OR ((( SELECT current_setting('postroad.organisation'::text, true) AS current_setting) = organisation_id) OR (( SELECT current_setting('postroad.organisation'::text, true) AS current_setting) = client_platform_id))));
grant delete, insert, select, update on tracking.motion to postroad_app;
comment on table tracking.motion is '@group parcel bucket';

create table tracking.parcel (
  bucket smallint not null,
  parcel_id text not null,
  number text not null,
  carrier_code text,
  organisation_id text,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  shipment_id text,
  destination json,
  promise json,
  merged_into text,
  version bigint default 0 not null,
  status text default 'not_found'::text not null,
  last_scan_at timestamp with time zone,
  timeline json not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  fold_state json,
  route text[],
  newest_scan_at timestamp with time zone,
  is_container boolean default false not null,
  constraint parcel_pkey PRIMARY KEY (parcel_id, bucket)
);
CREATE INDEX parcel_birth ON tracking.parcel USING btree (created_at, parcel_id);
CREATE INDEX parcel_carrier_id_parcel_id_idx ON tracking.parcel USING btree (carrier_id, parcel_id) WHERE (carrier_id IS NOT NULL);
CREATE INDEX parcel_client_platform_id_parcel_id_idx ON tracking.parcel USING btree (client_platform_id, parcel_id) WHERE (client_platform_id IS NOT NULL);
CREATE INDEX parcel_id_hash ON tracking.parcel USING hash (parcel_id);
CREATE INDEX parcel_organisation_id_parcel_id_idx ON tracking.parcel USING btree (organisation_id, parcel_id) WHERE (organisation_id IS NOT NULL);
CREATE INDEX parcel_warehouse_id_parcel_id_idx ON tracking.parcel USING btree (warehouse_id, parcel_id) WHERE (warehouse_id IS NOT NULL);
alter table tracking.parcel enable row level security;
alter table tracking.parcel force row level security;
create policy acts_for on tracking.parcel using (((current_setting('postroad.organisation'::text, true) = '*'::text) OR (organisation_id IS NULL) OR ((((current_setting('postroad.organisation'::text, true) = organisation_id) OR (current_setting('postroad.organisation'::text, true) = client_platform_id)) OR (current_setting('postroad.organisation'::text, true) = carrier_id)) OR (current_setting('postroad.organisation'::text, true) = warehouse_id))));
grant delete, insert, select, update on tracking.parcel to postroad_app;
comment on table tracking.parcel is '@group parcel bucket';

create table tracking.quarantine (
  bucket smallint not null,
  quarantine_id text not null,
  parcel_id text not null,
  scan_id text not null,
  reason text not null,
  since timestamp with time zone not null,
  source text not null,
  reporter_id text,
  number_tail text not null,
  milestone text not null,
  code text not null,
  occurred_at timestamp with time zone not null,
  zone_confidence text not null,
  received_at timestamp with time zone not null,
  place jsonb,
  constraint quarantine_pkey PRIMARY KEY (parcel_id, bucket, scan_id)
);
CREATE INDEX quarantine_quarantine_id_idx ON tracking.quarantine USING btree (quarantine_id);
CREATE INDEX quarantine_reporter_id_quarantine_id_idx ON tracking.quarantine USING btree (reporter_id, quarantine_id) WHERE (reporter_id IS NOT NULL);
alter table tracking.quarantine enable row level security;
alter table tracking.quarantine force row level security;
create policy acts_for on tracking.quarantine using (((( SELECT current_setting('postroad.organisation'::text, true) AS current_setting) = '*'::text) OR (( SELECT current_setting('postroad.organisation'::text, true) AS current_setting) = reporter_id)));
grant delete, insert, select, update on tracking.quarantine to postroad_app;
comment on table tracking.quarantine is '@group parcel bucket';

create table tracking.scan (
  bucket smallint not null,
  parcel_id text not null,
  scan_id uuid not null,
  source text not null,
  source_kind text not null,
  recognised boolean not null,
  reporter_kind text not null,
  reporter_id text,
  number text not null,
  code text not null,
  text text,
  milestone text not null,
  substatus text,
  occurred_at timestamp with time zone not null,
  local_time text,
  zone text,
  zone_confidence text not null,
  received_at timestamp with time zone not null,
  place json,
  operator_ref text,
  proof_ref text,
  correction json,
  synthetic boolean not null,
  facility_unknown boolean,
  weight_grams integer,
  constraint scan_operator_ref_check CHECK ((length(operator_ref) <= 64)),
  constraint scan_pkey PRIMARY KEY (parcel_id, scan_id, bucket),
  constraint scan_proof_ref_check CHECK ((length(proof_ref) <= 100)),
  constraint scan_text_check CHECK ((length(text) <= 500)),
  constraint scan_weight_grams_check CHECK ((weight_grams > 0))
);
CREATE INDEX scan_scan_id_idx ON tracking.scan USING hash (scan_id);
grant insert, select on tracking.scan to postroad_app;
comment on table tracking.scan is '@group parcel bucket';

create table tracking.source_hour (
  source text not null,
  hour timestamp with time zone not null,
  scans bigint not null,
  unmapped bigint not null,
  duplicates bigint not null,
  refused bigint not null,
  lags bigint[] not null,
  last_received_at timestamp with time zone not null,
  constraint source_hour_pkey PRIMARY KEY (source, hour)
);
CREATE INDEX source_hour_hour_idx ON tracking.source_hour USING btree (hour);
grant delete, insert, select, update on tracking.source_hour to postroad_app;
comment on table tracking.source_hour is '@group local';

create table tracking.status_report (
  bucket smallint not null,
  report_id text not null,
  parcel_id text not null,
  organisation_id text not null,
  client_platform_id text,
  carrier_id text,
  warehouse_id text,
  number text not null,
  kind text not null,
  status text not null,
  about text not null,
  step_milestone text,
  step_occurred_at timestamp with time zone,
  sealed_text bytea,
  state text not null,
  reported_at timestamp with time zone not null,
  answer text,
  answered_by text,
  answered_by_kind text,
  answered_at timestamp with time zone,
  closed_by text,
  closed_at timestamp with time zone,
  constraint status_report_answer_check CHECK ((length(answer) <= 500)),
  constraint status_report_parcel_id_about_bucket_key UNIQUE (parcel_id, about, bucket),
  constraint status_report_pkey PRIMARY KEY (report_id, bucket),
  constraint status_report_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text])))
);
CREATE INDEX status_report_carrier_id_report_id_idx ON tracking.status_report USING btree (carrier_id, report_id) WHERE (carrier_id IS NOT NULL);
CREATE INDEX status_report_client_platform_id_report_id_idx ON tracking.status_report USING btree (client_platform_id, report_id) WHERE (client_platform_id IS NOT NULL);
CREATE INDEX status_report_organisation_id_report_id_idx ON tracking.status_report USING btree (organisation_id, report_id);
alter table tracking.status_report enable row level security;
alter table tracking.status_report force row level security;
create policy acts_for on tracking.status_report using (((current_setting('postroad.organisation'::text, true) = '*'::text) OR ((((current_setting('postroad.organisation'::text, true) = organisation_id) OR (current_setting('postroad.organisation'::text, true) = client_platform_id)) OR (current_setting('postroad.organisation'::text, true) = carrier_id)) OR (current_setting('postroad.organisation'::text, true) = warehouse_id))));
grant delete, insert, select, update on tracking.status_report to postroad_app;
comment on table tracking.status_report is '@group parcel bucket';

create table tracking.unmapped_scan (
  bucket smallint not null,
  parcel_id text not null,
  scan_id uuid not null,
  source text not null,
  reporter_id text,
  format text not null,
  code text not null,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  state text not null,
  applied_version integer not null,
  correction_id uuid,
  constraint unmapped_scan_pkey PRIMARY KEY (parcel_id, scan_id, bucket),
  constraint unmapped_scan_state_check CHECK ((state = ANY (ARRAY['open'::text, 'mapped'::text, 'corrected'::text])))
);
CREATE INDEX unmapped_scan_open ON tracking.unmapped_scan USING btree (source, format, code, received_at) WHERE (state = 'open'::text);
CREATE INDEX unmapped_scan_to_do ON tracking.unmapped_scan USING btree (source, format, code, applied_version);
grant delete, insert, select, update on tracking.unmapped_scan to postroad_app;
comment on table tracking.unmapped_scan is '@group parcel bucket';

create table vault.audit_entry (
  organisation_id text not null,
  sequence bigint not null,
  audit_id text not null,
  at timestamp with time zone not null,
  action text not null,
  party_id text not null,
  actor_id text not null,
  actor_role text not null,
  actor_organisation_id text not null,
  purpose text not null,
  fields text[] not null,
  digest bytea not null,
  constraint audit_entry_action_check CHECK ((action = ANY (ARRAY['reveal'::text, 'erase'::text, 'search'::text]))),
  constraint audit_entry_pkey PRIMARY KEY (organisation_id, sequence)
);
CREATE INDEX audit_entry_actor_id_at_idx ON vault.audit_entry USING btree (actor_id, at);
CREATE INDEX audit_entry_audit_id_idx ON vault.audit_entry USING btree (audit_id);
CREATE INDEX audit_entry_organisation_id_audit_id_idx ON vault.audit_entry USING btree (organisation_id, audit_id);
CREATE INDEX audit_entry_organisation_id_party_id_sequence_idx ON vault.audit_entry USING btree (organisation_id, party_id, sequence);
alter table vault.audit_entry enable row level security;
alter table vault.audit_entry force row level security;
create policy acts_for on vault.audit_entry using (platform.acts_for(organisation_id));
grant insert, select on vault.audit_entry to postroad_app;
comment on table vault.audit_entry is '@group organisation organisation_id';

create table vault.audit_head (
  organisation_id text not null,
  sequence bigint not null,
  digest bytea not null,
  constraint audit_head_pkey PRIMARY KEY (organisation_id)
);
alter table vault.audit_head enable row level security;
alter table vault.audit_head force row level security;
create policy acts_for on vault.audit_head using (platform.acts_for(organisation_id));
grant insert, select, update on vault.audit_head to postroad_app;
comment on table vault.audit_head is '@group organisation organisation_id';

create table vault.data_key (
  organisation_id text not null,
  purpose text not null,
  wrapped bytea not null,
  kek_version smallint not null,
  made_at timestamp with time zone not null,
  constraint data_key_pkey PRIMARY KEY (organisation_id, purpose),
  constraint data_key_purpose_check CHECK (((purpose = 'index'::text) OR (purpose ~ '^[0-9]{4}-[0-9]{2}$'::text)))
);
CREATE INDEX data_key_kek_version_idx ON vault.data_key USING btree (kek_version);
alter table vault.data_key enable row level security;
alter table vault.data_key force row level security;
create policy acts_for on vault.data_key using (platform.acts_for(organisation_id));
grant insert, select on vault.data_key to postroad_app;
comment on table vault.data_key is '@group organisation organisation_id';

create table vault.party (
  organisation_id text not null,
  party_id text not null,
  key_purpose text not null,
  sealed bytea,
  content_index bytea,
  name_index bytea,
  phone_index bytea,
  phone_tail_index bytea,
  email_index bytea,
  stored_at timestamp with time zone not null,
  erased_at timestamp with time zone,
  name_tail_index bytea,
  constraint party_check CHECK (((sealed IS NULL) = (erased_at IS NOT NULL))),
  constraint party_check1 CHECK (((erased_at IS NULL) OR ((content_index IS NULL) AND (name_index IS NULL) AND (phone_index IS NULL) AND (phone_tail_index IS NULL) AND (email_index IS NULL)))),
  constraint party_name_tail_check CHECK (((erased_at IS NULL) OR (name_tail_index IS NULL))),
  constraint party_pkey PRIMARY KEY (organisation_id, party_id)
);
CREATE INDEX party_organisation_id_email_index_idx ON vault.party USING btree (organisation_id, email_index) WHERE (email_index IS NOT NULL);
CREATE UNIQUE INDEX party_organisation_id_key_purpose_content_index_idx ON vault.party USING btree (organisation_id, key_purpose, content_index) WHERE (content_index IS NOT NULL);
CREATE INDEX party_organisation_id_name_index_idx ON vault.party USING btree (organisation_id, name_index) WHERE (name_index IS NOT NULL);
CREATE INDEX party_organisation_id_name_tail_index_idx ON vault.party USING btree (organisation_id, name_tail_index) WHERE (name_tail_index IS NOT NULL);
CREATE INDEX party_organisation_id_phone_index_idx ON vault.party USING btree (organisation_id, phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX party_organisation_id_phone_tail_index_idx ON vault.party USING btree (organisation_id, phone_tail_index) WHERE (phone_tail_index IS NOT NULL);
CREATE INDEX party_party_id_idx ON vault.party USING btree (party_id);
alter table vault.party enable row level security;
alter table vault.party force row level security;
create policy acts_for on vault.party using (platform.acts_for(organisation_id));
grant insert, select, update on vault.party to postroad_app;
comment on table vault.party is '@group organisation organisation_id';

create table waybills.directory_entry (
  bucket smallint not null,
  carrier_code text not null,
  number text not null,
  epoch integer not null,
  organisation_id text not null,
  waybill_id text not null,
  parcel_ref text,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint directory_entry_pkey PRIMARY KEY (bucket, number, carrier_code, epoch)
);
grant delete, insert, select, update on waybills.directory_entry to postroad_app;
comment on table waybills.directory_entry is '@group parcel bucket';

create table waybills.label (
  organisation_id text not null,
  label_id text not null,
  format text not null,
  size text not null,
  dpi smallint not null,
  blob_key text not null,
  wrapped_key bytea,
  bytes integer not null,
  printed_at timestamp with time zone not null,
  printed_by text not null,
  constraint label_pkey PRIMARY KEY (organisation_id, label_id)
);
CREATE INDEX label_label_id_idx ON waybills.label USING btree (label_id);
alter table waybills.label enable row level security;
alter table waybills.label force row level security;
create policy acts_for on waybills.label using (platform.acts_for(organisation_id));
grant insert, select on waybills.label to postroad_app;
comment on table waybills.label is '@group organisation organisation_id';

create table waybills.label_item (
  organisation_id text not null,
  label_id text not null,
  waybill_id text not null,
  print_count integer not null,
  printed_at timestamp with time zone not null,
  constraint label_item_organisation_id_label_id_fkey FOREIGN KEY (organisation_id, label_id) REFERENCES waybills.label(organisation_id, label_id),
  constraint label_item_organisation_id_waybill_id_fkey FOREIGN KEY (organisation_id, waybill_id) REFERENCES waybills.waybill(organisation_id, waybill_id),
  constraint label_item_pkey PRIMARY KEY (organisation_id, label_id, waybill_id)
);
CREATE INDEX label_item_organisation_id_waybill_id_printed_at_idx ON waybills.label_item USING btree (organisation_id, waybill_id, printed_at);
alter table waybills.label_item enable row level security;
alter table waybills.label_item force row level security;
create policy acts_for on waybills.label_item using (platform.acts_for(organisation_id));
grant insert, select on waybills.label_item to postroad_app;
comment on table waybills.label_item is '@group organisation organisation_id';

create table waybills.number_block (
  organisation_id text not null,
  segment_id text not null,
  from_serial bigint not null,
  to_serial bigint not null,
  leased_at timestamp with time zone not null,
  burned_at timestamp with time zone,
  closed_at timestamp with time zone,
  lost bigint default 0 not null,
  constraint number_block_organisation_id_segment_id_fkey FOREIGN KEY (organisation_id, segment_id) REFERENCES waybills.number_segment(organisation_id, segment_id),
  constraint number_block_pkey PRIMARY KEY (organisation_id, segment_id, from_serial)
);
alter table waybills.number_block enable row level security;
alter table waybills.number_block force row level security;
create policy acts_for on waybills.number_block using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.number_block to postroad_app;
comment on table waybills.number_block is '@group organisation organisation_id';

create table waybills.number_segment (
  organisation_id text not null,
  segment_id text not null,
  carrier_code text not null,
  prefix text not null,
  suffix text not null,
  digits smallint not null,
  from_serial bigint not null,
  to_serial bigint not null,
  check_rule text not null,
  check_covers text not null,
  epoch integer not null,
  low_water_percent smallint not null,
  rest_days integer not null,
  loaded_at timestamp with time zone not null,
  loaded_by text not null,
  closed_at timestamp with time zone,
  next_serial bigint not null,
  last_leased_at timestamp with time zone,
  low_announced_at timestamp with time zone,
  exhausted_at timestamp with time zone,
  lost bigint default 0 not null,
  constraint number_segment_check CHECK (((from_serial <= to_serial) AND ((next_serial >= from_serial) AND (next_serial <= (to_serial + 1))))),
  constraint number_segment_pkey PRIMARY KEY (organisation_id, segment_id)
);
CREATE INDEX number_segment_carrier_code_organisation_id_loaded_at_idx ON waybills.number_segment USING btree (carrier_code, organisation_id, loaded_at);
CREATE INDEX number_segment_segment_id_idx ON waybills.number_segment USING btree (segment_id);
alter table waybills.number_segment enable row level security;
alter table waybills.number_segment force row level security;
create policy acts_for on waybills.number_segment using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.number_segment to postroad_app;
comment on table waybills.number_segment is '@group organisation organisation_id';

create table waybills.package_claim (
  organisation_id text not null,
  package_key text not null,
  waybill_id text not null,
  claimed_at timestamp with time zone not null,
  constraint package_claim_pkey PRIMARY KEY (organisation_id, package_key)
);
CREATE INDEX package_claim_organisation_id_waybill_id_idx ON waybills.package_claim USING btree (organisation_id, waybill_id);
alter table waybills.package_claim enable row level security;
alter table waybills.package_claim force row level security;
create policy acts_for on waybills.package_claim using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.package_claim to postroad_app;
comment on table waybills.package_claim is '@group organisation organisation_id';

create table waybills.restore_confirmation (
  confirmation_id text not null,
  confirmed_at timestamp with time zone not null,
  confirmed_by text not null,
  identity text not null,
  moved jsonb not null,
  constraint restore_confirmation_pkey PRIMARY KEY (confirmation_id)
);
grant insert, select on waybills.restore_confirmation to postroad_app;
comment on table waybills.restore_confirmation is '@group local';

create table waybills.routing_history (
  carrier_code text not null,
  area_key text not null,
  routing jsonb not null,
  decided_at timestamp with time zone not null,
  decided_by text not null,
  constraint routing_history_pkey PRIMARY KEY (carrier_code, area_key)
);
grant delete, insert, select, update on waybills.routing_history to postroad_app;
comment on table waybills.routing_history is '@group reference';

create table waybills.routing_queue (
  organisation_id text not null,
  waybill_id text not null,
  carrier_code text not null,
  number text not null,
  reason text not null,
  candidates text[] not null,
  area jsonb,
  queued_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  resolved_by text,
  constraint routing_queue_organisation_id_waybill_id_fkey FOREIGN KEY (organisation_id, waybill_id) REFERENCES waybills.waybill(organisation_id, waybill_id),
  constraint routing_queue_pkey PRIMARY KEY (organisation_id, waybill_id)
);
CREATE INDEX routing_queue_waybill_id_idx ON waybills.routing_queue USING btree (waybill_id) WHERE (resolved_at IS NULL);
alter table waybills.routing_queue enable row level security;
alter table waybills.routing_queue force row level security;
create policy acts_for on waybills.routing_queue using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.routing_queue to postroad_app;
comment on table waybills.routing_queue is '@group organisation organisation_id';

create table waybills.routing_rule (
  carrier_code text not null,
  version integer not null,
  rule_id text not null,
  country text not null,
  division text,
  city text,
  town text,
  postcode_prefix text,
  sort_mark text not null,
  consolidation_name text,
  consolidation_code text,
  route_code text,
  constraint routing_rule_carrier_code_version_fkey FOREIGN KEY (carrier_code, version) REFERENCES waybills.routing_rule_set(carrier_code, version),
  constraint routing_rule_pkey PRIMARY KEY (carrier_code, version, rule_id)
);
grant delete, insert, select, update on waybills.routing_rule to postroad_app;
comment on table waybills.routing_rule is '@group reference';

create table waybills.routing_rule_set (
  carrier_code text not null,
  version integer not null,
  active_from timestamp with time zone not null,
  loaded_at timestamp with time zone not null,
  loaded_by text not null,
  rule_count integer not null,
  constraint routing_rule_set_pkey PRIMARY KEY (carrier_code, version)
);
grant delete, insert, select, update on waybills.routing_rule_set to postroad_app;
comment on table waybills.routing_rule_set is '@group reference';

create table waybills.segment_count (
  organisation_id text not null,
  segment_id text not null,
  used bigint default 0 not null,
  cancelled bigint default 0 not null,
  printed bigint default 0 not null,
  expired bigint default 0 not null,
  last_event_at timestamp with time zone not null,
  constraint segment_count_pkey PRIMARY KEY (organisation_id, segment_id)
);
alter table waybills.segment_count enable row level security;
alter table waybills.segment_count force row level security;
create policy acts_for on waybills.segment_count using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.segment_count to postroad_app;
comment on table waybills.segment_count is '@group organisation organisation_id';

create table waybills.waybill (
  organisation_id text not null,
  waybill_id text not null,
  carrier_code text not null,
  number text not null,
  epoch integer not null,
  segment_organisation_id text not null,
  segment_id text not null,
  serial bigint not null,
  object_id text not null,
  package_id text,
  order_refs text[] not null,
  parent_number text,
  piece_index smallint not null,
  piece_count smallint not null,
  shipment_ref text,
  parcel_ref text,
  sender_ref text,
  recipient_ref text,
  from_area jsonb,
  to_area jsonb,
  product_code text,
  services text[] not null,
  weight_grams integer,
  remark text,
  routing jsonb,
  status text not null,
  print_count integer default 0 not null,
  version integer not null,
  issued_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_printed_at timestamp with time zone,
  activated_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint waybill_organisation_id_object_id_key UNIQUE (organisation_id, object_id),
  constraint waybill_pkey PRIMARY KEY (organisation_id, waybill_id)
);
CREATE INDEX waybill_organisation_id_issued_at_idx ON waybills.waybill USING btree (organisation_id, issued_at) WHERE ((activated_at IS NULL) AND (ended_at IS NULL));
CREATE INDEX waybill_organisation_id_number_idx ON waybills.waybill USING btree (organisation_id, number);
CREATE INDEX waybill_organisation_id_parent_number_idx ON waybills.waybill USING btree (organisation_id, parent_number) WHERE (parent_number IS NOT NULL);
CREATE INDEX waybill_organisation_id_shipment_ref_idx ON waybills.waybill USING btree (organisation_id, shipment_ref) WHERE (shipment_ref IS NOT NULL);
CREATE UNIQUE INDEX waybill_segment_id_serial_organisation_id_idx ON waybills.waybill USING btree (segment_id, serial, organisation_id);
CREATE INDEX waybill_waybill_id_idx ON waybills.waybill USING btree (waybill_id);
alter table waybills.waybill enable row level security;
alter table waybills.waybill force row level security;
create policy acts_for on waybills.waybill using (platform.acts_for(organisation_id));
grant delete, insert, select, update on waybills.waybill to postroad_app;
comment on table waybills.waybill is '@group organisation organisation_id';

CREATE OR REPLACE FUNCTION allocation.keep_decisions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and current_setting('postroad.organisation', true) = '*' then
    return old;
  end if;
  raise exception 'a decision is never changed' using errcode = 'restrict_violation';
end $function$
;

CREATE OR REPLACE FUNCTION carriers.sources_of(platforms_ text[], sources_ text[])
 RETURNS TABLE(organisation_id text, source_id text, valid_from timestamp with time zone, valid_to timestamp with time zone, recognised boolean, proof text)
 LANGUAGE sql
 STABLE
 SET "postroad.organisation" TO '*'
AS $function$
    select r.organisation_id, r.source_id, r.valid_from, r.valid_to, r.recognised, r.proof
    from carriers.recognised_source r
    where r.organisation_id = any(platforms_ || array['network']) and r.source_id = any(sources_)
      and (r.valid_to is null or r.valid_from < r.valid_to)
  $function$
;

CREATE OR REPLACE FUNCTION platform.acts_for(organisation_id text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN ((organisation_id = current_setting('postroad.organisation'::text, true)) OR (current_setting('postroad.organisation'::text, true) = '*'::text))
;

CREATE OR REPLACE FUNCTION rulebooks.document_of(organisation_id_ text, rulebook_version_id_ text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET "postroad.organisation" TO '*'
AS $function$
    select v.document from rulebooks.rulebook_version v
    where v.organisation_id = organisation_id_ and v.rulebook_version_id = rulebook_version_id_
      and v.valid_from is not null
  $function$
;

CREATE OR REPLACE FUNCTION rulebooks.periods_of(kind_ text, platform_ text)
 RETURNS TABLE(organisation_id text, rulebook_version_id text, number integer, valid_from timestamp with time zone, valid_to timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET "postroad.organisation" TO '*'
AS $function$
    select v.organisation_id, v.rulebook_version_id, v.number, v.valid_from, v.valid_to
    from rulebooks.rulebook_version v
    where v.kind = kind_ and v.organisation_id in (platform_, 'network')
      and v.valid_from is not null and (v.valid_to is null or v.valid_from < v.valid_to)
    order by v.valid_from, v.number
  $function$
;

CREATE OR REPLACE FUNCTION tracking.lane_id(leg text, at_country text, at_city text, to_country text, to_city text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  -- Texts of places have no control characters, so that none of them reaches into its neighbour.
  select hashtextextended(leg || E'\x1f' || coalesce(at_country, '') || E'\x1f' || coalesce(at_city, '') || E'\x1f'
    || coalesce(to_country, '') || E'\x1f' || coalesce(to_city, ''), 0)
$function$
;

CREATE OR REPLACE FUNCTION vault.reveals_of(actor_id_ text, since timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 STABLE
 SET "postroad.organisation" TO '*'
AS $function$
    select count(*) from vault.audit_entry where actor_id = actor_id_ and at > since and action = 'reveal'
  $function$
;

CREATE TRIGGER keep_decisions BEFORE DELETE OR UPDATE ON allocation.decision FOR EACH ROW EXECUTE FUNCTION allocation.keep_decisions();
