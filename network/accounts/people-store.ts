import { createHash } from 'node:crypto';
import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, PersonId } from '../kernel/index.ts';
import type { Role } from './model.ts';

export type PersonState = 'active' | 'disabled';
export type Person = {
  readonly id: PersonId;
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly state: PersonState;
  readonly joinedAt: Instant;
  readonly disabledAt: Instant | undefined;
  /** Grows with each change: the sequence of the person's events. */
  readonly version: number;
  /** In the test world: a copy of a person of the live world, who is judged and changed there. */
  readonly isTwin: boolean;
};

export type InvitationId = Id<'inv'>;
export type Invitation = {
  readonly id: InvitationId;
  readonly organisationId: OrganisationId;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | undefined;
  readonly revokedAt: Instant | undefined;
  readonly personId: PersonId | undefined;
};

/** E-mails are the same without regard to case; this is how one is looked up. */
export function emailKey(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}

type PersonRow = {
  person_id: PersonId;
  organisation_id: OrganisationId;
  name: string;
  email: string;
  role: Role;
  state: PersonState;
  joined_at: Instant;
  disabled_at: Instant | null;
  version: number;
  is_twin: boolean;
};

const PERSON = sql`p.person_id, p.organisation_id, p.name, p.email, p.role, p.state, p.joined_at, p.disabled_at, p.version, p.is_twin`;

function personOf(row: PersonRow): Person {
  return {
    id: row.person_id,
    organisationId: row.organisation_id,
    name: row.name,
    email: row.email,
    role: row.role,
    state: row.state,
    joinedAt: row.joined_at,
    disabledAt: row.disabled_at ?? undefined,
    version: row.version,
    isTwin: row.is_twin,
  };
}

/** Takes an e-mail for a person, once in the world. False: it is somebody's already. */
export async function claimEmail(
  db: Queryable,
  person: Pick<Person, 'id' | 'organisationId' | 'email'>,
): Promise<boolean> {
  const written = await db.run(sql`
    insert into accounts.email_claim (email_key, organisation_id, person_id)
    values (${emailKey(person.email)}, ${person.organisationId}, ${person.id}) on conflict do nothing`);
  return written === 1;
}

export async function insertPerson(
  db: Queryable,
  person: Person & { readonly passwordHash: string },
): Promise<void> {
  await db.run(sql`
    insert into accounts.person (organisation_id, person_id, name, email, role, state, password_hash, version, joined_at)
    values (${person.organisationId}, ${person.id}, ${person.name}, ${person.email}, ${person.role}, ${person.state},
      ${person.passwordHash}, ${person.version}, ${person.joinedAt})`);
}

export async function findPerson(db: Queryable, id: string): Promise<Person | undefined> {
  const row = await db.maybeRow<PersonRow>(
    sql`select ${PERSON} from accounts.person p where p.person_id = ${id}`,
  );
  return row === undefined ? undefined : personOf(row);
}

/** Is this somebody who works in the organisation in that role now? */
export async function isActivePerson(
  db: Queryable,
  of: { readonly organisationId: string; readonly personId: string; readonly role: Role },
): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 from accounts.person where organisation_id = ${of.organisationId} and person_id = ${of.personId}
      and role = ${of.role} and state = 'active'`);
  return row !== undefined;
}

export type PersonForLogIn = Person & { readonly passwordHash: string };
type PersonForLogInRow = PersonRow & { password_hash: string };

function personForLogInOf(row: PersonForLogInRow | undefined): PersonForLogIn | undefined {
  return row === undefined ? undefined : { ...personOf(row), passwordHash: row.password_hash };
}

export async function findPersonByEmail(db: Queryable, email: string): Promise<PersonForLogIn | undefined> {
  const row = await db.maybeRow<PersonForLogInRow>(sql`
    select ${PERSON}, p.password_hash from accounts.email_claim c
    join accounts.person p on p.organisation_id = c.organisation_id and p.person_id = c.person_id
    where c.email_key = ${emailKey(email)}`);
  return personForLogInOf(row);
}

export async function findPersonForLogIn(db: Queryable, id: string): Promise<PersonForLogIn | undefined> {
  const row = await db.maybeRow<PersonForLogInRow>(
    sql`select ${PERSON}, p.password_hash from accounts.person p where p.person_id = ${id}`,
  );
  return personForLogInOf(row);
}

/** For the end of a log-in or a change: nobody disables the person or changes the password meanwhile. */
export async function lockPerson(db: Queryable, id: string): Promise<PersonForLogIn | undefined> {
  const row = await db.maybeRow<PersonForLogInRow>(sql`
    select ${PERSON}, p.password_hash from accounts.person p where p.person_id = ${id} for update`);
  return personForLogInOf(row);
}

/** People of one organisation, or of the whole scope, after an id. */
export async function listPeople(
  db: Queryable,
  organisationId: string | undefined,
  after: string,
  limit: number,
): Promise<Person[]> {
  const rows = await db.rows<PersonRow>(sql`
    select ${PERSON} from accounts.person p
    where (${organisationId}::text is null or p.organisation_id = ${organisationId}) and p.person_id > ${after}
    order by p.person_id limit ${limit}`);
  return rows.map(personOf);
}

/** Under the organisation's row lock, so that two admins cannot remove each other at once. */
export async function countActivePeople(db: Queryable, organisationId: string, role: Role): Promise<number> {
  await db.rows(
    sql`select 1 from accounts.organisation where organisation_id = ${organisationId} for update`,
  );
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from accounts.person
    where organisation_id = ${organisationId} and role = ${role} and state = 'active'`);
  return row.count;
}

/** Writes role, name and state; answers the person with its new version. */
export async function savePerson(db: Queryable, person: Person): Promise<Person> {
  const row = await db.row<PersonRow>(sql`
    update accounts.person p set role = ${person.role}, name = ${person.name}, state = ${person.state},
      disabled_at = ${person.disabledAt}, version = p.version + 1
    where p.organisation_id = ${person.organisationId} and p.person_id = ${person.id} returning ${PERSON}`);
  return personOf(row);
}

/** `isChange`: a new password and not the same one hashed anew. Answers the person's version. */
export async function savePasswordHash(
  db: Queryable,
  person: Pick<Person, 'id' | 'organisationId'>,
  passwordHash: string,
  isChange: boolean,
): Promise<number> {
  const row = await db.row<{ version: number }>(sql`
    update accounts.person set password_hash = ${passwordHash}, version = version + ${isChange ? 1 : 0}::integer
    where organisation_id = ${person.organisationId} and person_id = ${person.id} returning version`);
  return row.version;
}

type InvitationRow = {
  invitation_id: InvitationId;
  organisation_id: OrganisationId;
  email: string;
  role: Role;
  created_at: Instant;
  expires_at: Instant;
  accepted_at: Instant | null;
  revoked_at: Instant | null;
  person_id: PersonId | null;
};

const INVITATION = sql`invitation_id, organisation_id, email, role, created_at, expires_at, accepted_at, revoked_at, person_id`;

function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.invitation_id,
    organisationId: row.organisation_id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    personId: row.person_id ?? undefined,
  };
}

export async function insertInvitation(
  db: Queryable,
  invitation: Invitation & { readonly tokenHash: Uint8Array; readonly invitedBy: string },
): Promise<void> {
  await db.run(sql`
    insert into accounts.invitation (organisation_id, invitation_id, token_hash, email, role, invited_by, created_at, expires_at)
    values (${invitation.organisationId}, ${invitation.id}, ${invitation.tokenHash}, ${invitation.email}, ${invitation.role},
      ${invitation.invitedBy}, ${invitation.createdAt}, ${invitation.expiresAt})`);
}

export async function findInvitation(db: Queryable, id: string): Promise<Invitation | undefined> {
  const row = await db.maybeRow<InvitationRow>(
    sql`select ${INVITATION} from accounts.invitation where invitation_id = ${id}`,
  );
  return row === undefined ? undefined : invitationOf(row);
}

export async function findInvitationByToken(
  db: Queryable,
  tokenHash: Uint8Array,
): Promise<Invitation | undefined> {
  const row = await db.maybeRow<InvitationRow>(
    sql`select ${INVITATION} from accounts.invitation where token_hash = ${tokenHash}`,
  );
  return row === undefined ? undefined : invitationOf(row);
}

/** Two who accept or revoke at once come one after the other. */
export async function lockInvitation(db: Queryable, id: string): Promise<Invitation | undefined> {
  const row = await db.maybeRow<InvitationRow>(
    sql`select ${INVITATION} from accounts.invitation where invitation_id = ${id} for update`,
  );
  return row === undefined ? undefined : invitationOf(row);
}

export async function listInvitations(
  db: Queryable,
  organisationId: string | undefined,
  after: string,
  limit: number,
): Promise<Invitation[]> {
  const rows = await db.rows<InvitationRow>(sql`
    select ${INVITATION} from accounts.invitation
    where (${organisationId}::text is null or organisation_id = ${organisationId}) and invitation_id > ${after}
    order by invitation_id limit ${limit}`);
  return rows.map(invitationOf);
}

export async function saveInvitation(db: Queryable, invitation: Invitation): Promise<void> {
  await db.run(sql`
    update accounts.invitation set accepted_at = ${invitation.acceptedAt}, revoked_at = ${invitation.revokedAt},
      person_id = ${invitation.personId}
    where organisation_id = ${invitation.organisationId} and invitation_id = ${invitation.id}`);
}

/** The open invitations that somebody gave, in whatever organisation. Answers them. */
export async function revokeInvitationsBy(
  db: Queryable,
  invitedBy: string,
  now: Instant,
): Promise<Invitation[]> {
  const rows = await db.rows<InvitationRow>(sql`
    update accounts.invitation set revoked_at = ${now}
    where invited_by = ${invitedBy} and accepted_at is null and revoked_at is null returning ${INVITATION}`);
  return rows.map(invitationOf);
}
