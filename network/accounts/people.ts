import { hashToken, newToken } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, addDays, type Instant, type Outcome, refused } from '../kernel/index.ts';
import {
  InvitationRevoked,
  PersonDisabled,
  PersonEnabled,
  PersonInvited,
  PersonJoined,
  PersonRoleChanged,
} from './events.ts';
import type { AccountErrorCode, Organisation, Principal, Role } from './model.ts';
import { ADMIN_ROLE_OF_KIND, peopleRelation, personRolesOf, widens } from './people.policy.ts';
import {
  claimEmail,
  countActivePeople,
  findInvitationByToken,
  findPersonByEmail,
  type Invitation,
  insertInvitation,
  insertPerson,
  lockInvitation,
  lockPerson,
  type Person,
  revokeInvitationsBy,
  saveInvitation,
  savePerson,
} from './people-store.ts';
import { distrustCached } from './revocations.ts';
import { revokeSessionsOf } from './session-store.ts';
import { findOrganisation } from './store.ts';

/** Source: brief of accounts; long enough for a holiday weekend. Our default. */
const INVITATION_DAYS = 7;
const TOKEN_BYTES = 32;
const TOKEN_PREFIX = { live: 'pri_live_', test: 'pri_test_' } as const;

/** The world of an invitation stands in its token: who accepts has nothing else. */
export function worldOfInvitation(body: string): 'live' | 'test' {
  return body.includes(TOKEN_PREFIX.test) ? 'test' : 'live';
}

/**
 * The organisation whose people the caller means, if it is his to look after: his own, or one of his merchants'.
 * A foreign one and a missing one answer the same. Runs in the scope of the network.
 */
export async function organisationForPeople(
  db: Queryable,
  caller: Principal,
  organisationId: string,
): Promise<Outcome<Organisation, 'not_found' | 'forbidden'>> {
  const target = await findOrganisation(db, organisationId);
  if (target !== undefined && peopleRelation(caller, target) !== undefined) return accepted(target);
  return organisationId === caller.organisationId
    ? refused('forbidden', `The role ${caller.role} does not look after the people of its organisation.`)
    : refused('not_found', '');
}

export type Invite = { readonly organisation: Organisation; readonly email: string; readonly role: Role };

/** The token is answered once and never stored. */
export async function invitePerson(
  work: Work,
  world: 'live' | 'test',
  caller: Principal,
  command: Invite,
): Promise<Outcome<{ invitation: Invitation; token: string }, AccountErrorCode>> {
  const { organisation, email, role } = command;
  if (widens(caller, undefined)) return refused('key_too_narrow', '');
  if (!personRolesOf(organisation.kind).includes(role)) return refusedRole(organisation);
  const known = await findPersonByEmail(work.db, email);
  // Only what the caller can see anyhow: an e-mail of another organisation shows at the acceptance, to its owner.
  if (known?.organisationId === organisation.id) return refused('email_taken', '');
  const token = `${TOKEN_PREFIX[world]}${newToken(TOKEN_BYTES)}`;
  const invitation: Invitation = {
    id: work.newId('inv'),
    organisationId: organisation.id,
    email,
    role,
    createdAt: work.now,
    expiresAt: addDays(work.now, INVITATION_DAYS),
    acceptedAt: undefined,
    revokedAt: undefined,
    personId: undefined,
  };
  const invitedBy = caller.personId ?? caller.id;
  await insertInvitation(work.db, { ...invitation, tokenHash: hashToken(token), invitedBy });
  emitInvitation(work, PersonInvited.name, invitation, caller.id, 1);
  return accepted({ invitation, token });
}

function refusedRole(organisation: Organisation) {
  return refused(
    'role_not_of_organisation',
    `People of an organisation of kind ${organisation.kind} are ${personRolesOf(organisation.kind).join(', ')}.`,
  );
}

function emitInvitation(work: Work, type: string, invitation: Invitation, by: string, sequence: number) {
  work.emit({
    type,
    group: { organisationId: invitation.organisationId },
    subjectId: invitation.id,
    subjectSequence: sequence,
    audience: [invitation.organisationId],
    payload: {
      invitationId: invitation.id,
      organisationId: invitation.organisationId,
      role: invitation.role,
      by,
    },
  });
}

export function invitationState(
  invitation: Invitation,
  now: Instant,
): 'open' | 'accepted' | 'revoked' | 'expired' {
  if (invitation.acceptedAt !== undefined) return 'accepted';
  if (invitation.revokedAt !== undefined) return 'revoked';
  return invitation.expiresAt <= now ? 'expired' : 'open';
}

/** Harmless when it is revoked or expired already. */
export async function revokeInvitation(
  work: Work,
  caller: Principal,
  id: string,
): Promise<Outcome<Invitation, 'invitation_accepted' | 'not_found'>> {
  const invitation = await lockInvitation(work.db, id);
  if (invitation === undefined) return refused('not_found', '');
  if (invitation.acceptedAt !== undefined) return refused('invitation_accepted', '');
  if (invitation.revokedAt !== undefined) return accepted(invitation);
  const revoked = { ...invitation, revokedAt: work.now };
  await saveInvitation(work.db, revoked);
  emitInvitation(work, InvitationRevoked.name, revoked, caller.id, 2);
  return accepted(revoked);
}

/** An invitation that can be accepted now; unknown, used, revoked and expired ones answer the same. */
export async function findOpenInvitation(
  db: Queryable,
  token: string,
  now: Instant,
): Promise<Outcome<Invitation, 'invitation_not_usable'>> {
  const found = await findInvitationByToken(db, hashToken(token));
  return found !== undefined && invitationState(found, now) === 'open'
    ? accepted(found)
    : refused('invitation_not_usable', '');
}

/** Makes the person. `passwordHash` comes from outside of the transaction: it takes its time. */
export async function acceptInvitation(
  work: Work,
  command: { readonly token: string; readonly name: string; readonly passwordHash: string },
): Promise<Outcome<Person, 'invitation_not_usable'>> {
  const found = await findOpenInvitation(work.db, command.token, work.now);
  if (!found.ok) return found;
  const invitation = await lockInvitation(work.db, found.value.id);
  if (invitation === undefined || invitationState(invitation, work.now) !== 'open') {
    return refused('invitation_not_usable', '');
  }
  const person: Person = {
    id: work.newId('per'),
    organisationId: invitation.organisationId,
    name: command.name,
    email: invitation.email,
    role: invitation.role,
    state: 'active',
    joinedAt: work.now,
    disabledAt: undefined,
    version: 1,
    isTwin: false,
  };
  if (!(await claimEmail(work.db, person))) return refused('invitation_not_usable', '');
  await work.actFor({ organisationId: person.organisationId });
  await insertPerson(work.db, { ...person, passwordHash: command.passwordHash });
  await saveInvitation(work.db, { ...invitation, acceptedAt: work.now, personId: person.id });
  emitPerson(work, PersonJoined.name, person, { invitationId: invitation.id });
  return accepted(person);
}

export function emitPerson(work: Work, type: string, person: Person, more: object): void {
  work.emit({
    type,
    group: { organisationId: person.organisationId },
    subjectId: person.id,
    subjectSequence: person.version,
    audience: [person.organisationId],
    payload: { personId: person.id, organisationId: person.organisationId, role: person.role, ...more },
  });
}

export type ChangePerson = { readonly name?: string | undefined; readonly role?: Role | undefined };

/** A new role works with the next request of each of the person's sessions. */
export async function changePerson(
  work: Work,
  caller: Principal,
  id: string,
  change: ChangePerson,
): Promise<Outcome<Person, AccountErrorCode | 'not_found'>> {
  const person = await lockPerson(work.db, id);
  const organisation = person && (await findOrganisation(work.db, person.organisationId));
  if (person === undefined || organisation === undefined) return refused('not_found', '');
  if (widens(caller, undefined)) return refused('key_too_narrow', '');
  if (person.isTwin) return refused('twin_of_live', '');
  const role = change.role ?? person.role;
  if (!personRolesOf(organisation.kind).includes(role)) return refusedRole(organisation);
  if (role !== person.role && (await leavesNoAdmin(work.db, caller, organisation, person)))
    return refused('last_admin', '');
  const changed = await savePerson(work.db, { ...person, name: change.name ?? person.name, role });
  if (role !== person.role) {
    emitPerson(work, PersonRoleChanged.name, changed, { roleBefore: person.role, by: caller.id });
    if (person.role === ADMIN_ROLE_OF_KIND[organisation.kind])
      await withdrawInvitations(work, caller, person);
    distrustCached(person.id);
  }
  return accepted(changed);
}

/** Ends all sessions of the person and the invitations that he gave; the e-mail stays his. */
export async function disablePerson(
  work: Work,
  caller: Principal,
  id: string,
  wallNow: Instant,
): Promise<Outcome<Person, AccountErrorCode | 'not_found'>> {
  const person = await lockPerson(work.db, id);
  const organisation = person && (await findOrganisation(work.db, person.organisationId));
  if (person === undefined || organisation === undefined) return refused('not_found', '');
  if (person.isTwin) return refused('twin_of_live', '');
  if (person.state === 'disabled') return accepted(person);
  if (await leavesNoAdmin(work.db, caller, organisation, person)) return refused('last_admin', '');
  const disabled = await savePerson(work.db, { ...person, state: 'disabled', disabledAt: work.now });
  for (const session of await revokeSessionsOf(work.db, person, undefined, wallNow)) distrustCached(session);
  distrustCached(person.id);
  emitPerson(work, PersonDisabled.name, disabled, { by: caller.id });
  await withdrawInvitations(work, caller, person);
  return accepted(disabled);
}

/** The person logs in anew; sessions of before stay ended. */
export async function enablePerson(
  work: Work,
  caller: Principal,
  id: string,
): Promise<Outcome<Person, AccountErrorCode | 'not_found'>> {
  const person = await lockPerson(work.db, id);
  if (person === undefined) return refused('not_found', '');
  if (widens(caller, undefined)) return refused('key_too_narrow', '');
  if (person.isTwin) return refused('twin_of_live', '');
  if (person.state === 'active') return accepted(person);
  const enabled = await savePerson(work.db, { ...person, state: 'active', disabledAt: undefined });
  distrustCached(person.id);
  emitPerson(work, PersonEnabled.name, enabled, { by: caller.id });
  return accepted(enabled);
}

/**
 * An organisation does not rob itself of its last admin. Who looks after it from outside may: an account that fell into
 * wrong hands must be stopped, and he can invite another admin.
 */
async function leavesNoAdmin(
  db: Queryable,
  caller: Principal,
  organisation: Organisation,
  person: Person,
): Promise<boolean> {
  if (caller.organisationId !== organisation.id) return false;
  const admin = ADMIN_ROLE_OF_KIND[organisation.kind];
  if (person.role !== admin || person.state !== 'active') return false;
  return (await countActivePeople(db, organisation.id, admin)) <= 1;
}

/** Who may no longer invite must not come back, or let others in, by an invitation of before. */
async function withdrawInvitations(work: Work, caller: Principal, person: Person): Promise<void> {
  await work.actFor('network');
  for (const invitation of await revokeInvitationsBy(work.db, person.id, work.now))
    emitInvitation(work, InvitationRevoked.name, invitation, caller.id, 2);
  await work.actFor({ organisationId: person.organisationId });
}
