import { z } from 'zod';
import type { Clock } from '../../platform/clock/index.ts';
import { hashPassword } from '../../platform/crypto/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { accepted, type Instant, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { pageSchema } from './contract.ts';
import type { Principal } from './model.ts';
import { afterId, pageOf } from './paging.ts';
import { passwordWeakness, WEAKNESS_ADVICE } from './password.policy.ts';
import {
  acceptInvitation,
  changePerson,
  disablePerson,
  enablePerson,
  findOpenInvitation,
  invitationState,
  invitePerson,
  organisationForPeople,
  revokeInvitation,
  worldOfInvitation,
} from './people.ts';
import {
  acceptInvitationSchema,
  changePersonSchema,
  invitationSchema,
  invitedSchema,
  inviteSchema,
  peopleQuerySchema,
  personSchema,
} from './people-contract.ts';
import { findPerson, type Invitation, listInvitations, listPeople } from './people-store.ts';
import { readRoute, writeRoute } from './routing.ts';
import { isFromForeignPage } from './session-cookie.ts';

const TAG = 'accounts';

function shown(invitation: Invitation, now: Instant) {
  return { ...invitation, state: invitationState(invitation, now) };
}

export function peopleRoutes(clock: Clock): readonly Route[] {
  return [...invitationRoutes(), acceptanceRoute(), ...readPeopleRoutes(), ...changePeopleRoutes(clock)];
}

function invitationRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'createInvitation',
      method: 'POST',
      path: '/v1/invitations',
      tag: TAG,
      summary: 'Invite a person; the token is shown once and works for seven days',
      effect: 'write',
      answersSecret: true,
      body: inviteSchema,
      answers: { 201: { description: 'Invited', body: invitedSchema } },
      refusals: ['role_not_of_organisation', 'email_taken', 'key_too_narrow'],
      handle: async ({ work, caller, world, body }) => {
        await work.actFor('network');
        const organisation = await organisationForPeople(
          work.db,
          caller,
          body.organisationId ?? caller.organisationId,
        );
        if (!organisation.ok) return organisation;
        const command = { organisation: organisation.value, email: body.email, role: body.role };
        const outcome = await invitePerson(work, world.name, caller, command);
        if (!outcome.ok) return outcome;
        const { invitation, token } = outcome.value;
        return accepted(replyWith(201, { invitation: shown(invitation, work.now), token }));
      },
    }),
    readRoute({
      operation: 'listInvitations',
      method: 'GET',
      path: '/v1/invitations',
      tag: TAG,
      summary: 'Invitations, without their tokens',
      effect: 'read',
      query: peopleQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(invitationSchema) } },
      handle: async ({ db, actFor, caller, query, now }) => {
        await actFor('network');
        const target = await listedOrganisation(db, caller, query.organisationId);
        if (!target.ok) return target;
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const list = await listInvitations(db, target.value, after.value, query.limit + 1);
        return accepted(
          replyWith(
            200,
            pageOf(
              list.map((invitation) => shown(invitation, now)),
              query.limit,
            ),
          ),
        );
      },
    }),
    writeRoute({
      operation: 'revokeInvitation',
      method: 'DELETE',
      path: '/v1/invitations/:invitation_id',
      tag: TAG,
      summary: 'Take an invitation back',
      effect: 'write',
      params: z.strictObject({ invitationId: idSchema('inv') }),
      resource: { kind: 'invitation', param: 'invitationId' },
      answers: { 200: { description: 'Revoked', body: invitationSchema } },
      refusals: ['invitation_accepted'],
      handle: async ({ work, caller, params }) => {
        const outcome = await revokeInvitation(work, caller, params.invitationId);
        return outcome.ok ? accepted(replyWith(200, shown(outcome.value, work.now))) : outcome;
      },
    }),
  ];
}

/** The organisation that a list is of; undefined: all, for the operator who names none. */
async function listedOrganisation(
  db: Parameters<typeof organisationForPeople>[0],
  caller: Principal,
  asked: string | undefined,
): Promise<Outcome<string | undefined, 'not_found' | 'forbidden'>> {
  if (asked === undefined && caller.role === 'operator') return accepted(undefined);
  const target = await organisationForPeople(db, caller, asked ?? caller.organisationId);
  return target.ok ? accepted(target.value.id) : target;
}

function acceptanceRoute(): Route {
  return writeRoute({
    operation: 'acceptInvitation',
    method: 'POST',
    path: '/v1/invitations/acceptance',
    tag: TAG,
    summary: 'Accept an invitation: gives the person a name and a password',
    effect: 'write',
    body: acceptInvitationSchema,
    worldOf: ({ body }) => worldOfInvitation(Buffer.from(body).toString('latin1')),
    answers: { 201: { description: 'Joined; log in with POST /v1/sessions', body: personSchema } },
    refusals: ['invitation_not_usable', 'password_too_weak', 'csrf_refused'],
    prepare: async ({ world, body, headers }) => {
      if (isFromForeignPage(headers)) return refused('csrf_refused', '');
      const invitation = await world.read('network', (db, now) => findOpenInvitation(db, body.token, now));
      if (!invitation.ok) return invitation;
      const weakness = passwordWeakness(body.password, invitation.value.email);
      if (weakness !== undefined) return refused('password_too_weak', WEAKNESS_ADVICE[weakness]);
      return accepted(await hashPassword(body.password));
    },
    handle: async ({ work, body, prepared }) => {
      await work.actFor('network');
      const outcome = await acceptInvitation(work, {
        token: body.token,
        name: body.name,
        passwordHash: prepared,
      });
      return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
    },
  });
}

const personParams = z.strictObject({ personId: idSchema('per') });
const personResource = { kind: 'person', param: 'personId' } as const;

function readPeopleRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listPeople',
      method: 'GET',
      path: '/v1/people',
      tag: TAG,
      summary: 'People of an organisation',
      effect: 'read',
      query: peopleQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(personSchema) } },
      handle: async ({ db, actFor, caller, query }) => {
        await actFor('network');
        const target = await listedOrganisation(db, caller, query.organisationId);
        if (!target.ok) return target;
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const list = await listPeople(db, target.value, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(list, query.limit)));
      },
    }),
    readRoute({
      operation: 'readPerson',
      method: 'GET',
      path: '/v1/people/:person_id',
      tag: TAG,
      summary: 'One person',
      effect: 'read',
      params: personParams,
      resource: personResource,
      answers: { 200: { description: 'The person', body: personSchema } },
      handle: async ({ db, params }) => {
        const person = await findPerson(db, params.personId);
        return person === undefined ? refused('not_found', '') : accepted(replyWith(200, person));
      },
    }),
  ];
}

function changePeopleRoutes(clock: Clock): readonly Route[] {
  return [
    writeRoute({
      operation: 'changePerson',
      method: 'PATCH',
      path: '/v1/people/:person_id',
      tag: TAG,
      summary: 'Change the name or the role of a person',
      effect: 'write',
      params: personParams,
      resource: personResource,
      body: changePersonSchema,
      answers: { 200: { description: 'Changed', body: personSchema } },
      refusals: ['role_not_of_organisation', 'last_admin', 'key_too_narrow', 'twin_of_live'],
      handle: async ({ work, caller, params, body }) => {
        const outcome = await changePerson(work, caller, params.personId, body);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      operation: 'disablePerson',
      method: 'POST',
      path: '/v1/people/:person_id/disablement',
      tag: TAG,
      summary: 'Disable a person: ends all sessions at once',
      effect: 'write',
      params: personParams,
      resource: personResource,
      answers: { 200: { description: 'Disabled', body: personSchema } },
      refusals: ['last_admin', 'twin_of_live'],
      handle: async ({ work, caller, params }) => {
        const outcome = await disablePerson(work, caller, params.personId, clock.now());
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      operation: 'enablePerson',
      method: 'POST',
      path: '/v1/people/:person_id/enablement',
      tag: TAG,
      summary: 'Enable a disabled person again',
      effect: 'write',
      params: personParams,
      resource: personResource,
      answers: { 200: { description: 'Enabled', body: personSchema } },
      refusals: ['key_too_narrow', 'twin_of_live'],
      handle: async ({ work, caller, params }) => {
        const outcome = await enablePerson(work, caller, params.personId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
