import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema } from '../kernel/index.ts';

/** Who did it: the id of the key, of the session, or `bootstrap` for the program itself. Never a name or an e-mail. */
const by = z.string();

const organisation = {
  organisationId: idSchema('org'),
  kind: z.string(),
  country: z.string(),
  clientPlatformId: idSchema('org').optional(),
  carrierCode: z.string().optional(),
  by,
};
export const OrganisationOpened = defineEvent(
  'OrganisationOpened',
  'organisation.opened',
  z.object(organisation),
);
export const OrganisationRenamed = defineEvent(
  'OrganisationRenamed',
  'organisation.renamed',
  z.object({ organisationId: idSchema('org'), by }),
);

const apiKey = { apiKeyId: idSchema('key'), organisationId: idSchema('org'), role: z.string(), by };
export const ApiKeyMinted = defineEvent(
  'ApiKeyMinted',
  'api_key.minted',
  z.object({ ...apiKey, scopes: z.array(z.string()) }),
);
export const ApiKeyRevoked = defineEvent('ApiKeyRevoked', 'api_key.revoked', z.object(apiKey));

const invitation = {
  invitationId: idSchema('inv'),
  organisationId: idSchema('org'),
  role: z.string(),
  by,
};
export const PersonInvited = defineEvent('PersonInvited', 'person.invited', z.object(invitation));
export const InvitationRevoked = defineEvent('InvitationRevoked', 'invitation.revoked', z.object(invitation));

const person = { personId: idSchema('per'), organisationId: idSchema('org'), role: z.string() };
export const PersonJoined = defineEvent(
  'PersonJoined',
  'person.joined',
  z.object({ ...person, invitationId: idSchema('inv') }),
);
export const PersonRoleChanged = defineEvent(
  'PersonRoleChanged',
  'person.role_changed',
  z.object({ ...person, roleBefore: z.string(), by }),
);
export const PersonDisabled = defineEvent('PersonDisabled', 'person.disabled', z.object({ ...person, by }));
export const PersonEnabled = defineEvent('PersonEnabled', 'person.enabled', z.object({ ...person, by }));
export const PasswordChanged = defineEvent(
  'PasswordChanged',
  'person.password_changed',
  z.object({ ...person, by }),
);

const device = { deviceId: idSchema('dev'), organisationId: idSchema('org'), by };
/** Somebody logged in with a key of a new device; `by` is the person. */
export const DeviceRegistered = defineEvent('DeviceRegistered', 'device.registered', z.object(device));
export const DeviceBlocked = defineEvent('DeviceBlocked', 'device.blocked', z.object(device));
export const DeviceUnblocked = defineEvent('DeviceUnblocked', 'device.unblocked', z.object(device));

export const ACCOUNT_EVENTS = [
  OrganisationOpened,
  OrganisationRenamed,
  ApiKeyMinted,
  ApiKeyRevoked,
  PersonInvited,
  InvitationRevoked,
  PersonJoined,
  PersonRoleChanged,
  PersonDisabled,
  PersonEnabled,
  PasswordChanged,
  DeviceRegistered,
  DeviceBlocked,
  DeviceUnblocked,
] as const;
