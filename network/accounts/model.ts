import type { Catalogue, CountryCode, Id, OrganisationId, PersonId } from '../kernel/index.ts';

export const ORGANISATION_KINDS = [
  'operator',
  'marketplace',
  'merchant',
  'carrier',
  'warehouse',
  'point_operator',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/**
 * Who may act. A role belongs to a kind of organisation (ROLES_OF_KIND); `anonymous` is a request without
 * credentials, `buyer` one with a parcel's link token. Source: promises, "Decisions already taken".
 */
export const ROLES = [
  'operator',
  'customer_service',
  'risk_inspector',
  'finance',
  'auditor',
  'marketplace_staff',
  'merchant_admin',
  'merchant_clerk',
  'merchant_app',
  'carrier',
  'courier',
  'warehouse_staff',
  'point_staff',
  'point_clerk',
  'buyer',
  'anonymous',
] as const;
export type Role = (typeof ROLES)[number];

export const ROLES_OF_KIND: Readonly<Record<OrganisationKind, readonly Role[]>> = {
  operator: [
    'operator',
    'customer_service',
    'risk_inspector',
    'finance',
    'auditor',
    'courier',
    'warehouse_staff',
  ],
  marketplace: ['marketplace_staff'],
  merchant: ['merchant_admin', 'merchant_clerk', 'merchant_app'],
  carrier: ['carrier', 'courier'],
  warehouse: ['warehouse_staff'],
  point_operator: ['point_staff', 'point_clerk'],
};

/**
 * Roles whose people log in with a key of the device (RFC 9449), unless their organisation says otherwise: a counter's
 * cookie is nothing without the counter's device. Keys of programs are bound by being keys.
 */
export const BOUND_ROLES: readonly Role[] = ['point_clerk'];

export type Organisation = {
  readonly id: OrganisationId;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly country: CountryCode;
  /** The marketplace whose rules bind this merchant; undefined for the neutral network. */
  readonly clientPlatformId: OrganisationId | undefined;
  /** Carrier code of `carriers` that this organisation works as. */
  readonly carrierCode: string | undefined;
};

/** Who calls: made from a key, a session or a buyer's token, and handed to every handler. */
export type Principal = {
  /** The key's or session's id; names the caller in audits, limits and idempotency. */
  readonly id: string;
  readonly role: Role;
  readonly organisationId: OrganisationId;
  readonly organisationKind: OrganisationKind;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly carrierCode: string | undefined;
  readonly personId: PersonId | undefined;
  /** The device that the session is bound to; undefined for a key, and where the role needs none. */
  readonly deviceId?: DeviceId | undefined;
  /** Tags of the API that a key is narrowed to; empty means all that the role may. */
  readonly scopes: readonly string[];
  readonly world: 'live' | 'test';
};

export type ApiKeyId = Id<'key'>;
export type DeviceId = Id<'dev'>;

export const ACCOUNT_ERRORS = {
  organisation_unknown: {
    status: 422,
    title: 'There is no such organisation for you',
    advice: 'Give your own id, or as a marketplace that of one of your merchants.',
  },
  role_not_of_organisation: {
    status: 422,
    title: 'This kind of organisation has no such role',
    advice: 'Choose a role that belongs to the kind of the organisation.',
  },
  key_limit_reached: {
    status: 422,
    title: 'Too many active keys for this role',
    advice: 'Revoke one first; two may be active at a time for rotation.',
  },
  client_platform_unknown: {
    status: 422,
    title: 'This is not a marketplace of the network',
    advice: 'Give the id of an organisation of kind marketplace.',
  },
  organisation_kind_not_allowed: {
    status: 422,
    title: 'You may not open this kind of organisation',
    advice: 'Marketplaces open merchants; the operator opens all others.',
  },
  key_too_narrow: {
    status: 403,
    title: 'This key was narrowed to some tags',
    advice: 'Use a key without scopes, or a log-in, to make keys or people that may do more than this key.',
  },
  csrf_refused: {
    status: 403,
    title: 'The request does not prove that it comes from our own pages',
    advice:
      'Send the header postroad-csrf with csrf_token of GET /v1/sessions/current, from the same origin.',
  },
  log_in_refused: {
    status: 401,
    title: 'E-mail and password do not fit',
    advice: 'Check both. If the account was disabled, ask who runs your organisation.',
  },
  log_in_slowed: {
    status: 429,
    title: 'Too many failed log-ins for this account',
    advice: 'Wait as long as Retry-After says.',
  },
  device_needed: {
    status: 401,
    title: 'Your role works on a device with a key of its own',
    advice:
      'Log in with a proof in the header DPoP (RFC 9449). Our pages make it when they are opened by https or from localhost.',
  },
  device_proof_refused: {
    status: 401,
    title: 'The request does not prove that it comes from the device of the log-in',
    advice: 'Sign each request anew with the key of the log-in; the detail says what does not fit.',
  },
  device_blocked: {
    status: 403,
    title: 'This device is blocked',
    advice: 'Ask who runs your point network, or log in on another device.',
  },
  session_needed: {
    status: 422,
    title: 'Only a person who is logged in has this',
    advice: 'Log in with POST /v1/sessions; an API key has no session and no password.',
  },
  password_too_weak: {
    status: 422,
    title: 'This password is too easy to guess',
    advice: 'Take at least 12 characters; several words are good.',
  },
  password_wrong: {
    status: 422,
    title: 'The current password is wrong',
    advice: 'Give the password that you logged in with.',
  },
  twin_of_live: {
    status: 409,
    title: 'This is a copy of what lives in the live world',
    advice: 'Change it in the live world; its twin in the test world follows.',
  },
  lives_in_test_world: {
    status: 422,
    title: 'You are known in the test world only',
    advice: 'Ask who runs your organisation in the live world for an invitation there.',
  },
  live_keys_from_live: {
    status: 422,
    title: 'Keys of the live world are minted there',
    advice: 'Use a key or a log-in of the live world.',
  },
  email_taken: {
    status: 422,
    title: 'Somebody of this organisation has this e-mail',
    advice: 'Change the role of the person, or enable the person again.',
  },
  invitation_not_usable: {
    status: 422,
    title: 'This invitation cannot be used',
    advice: 'It is unknown, used, revoked or expired, or its e-mail has an account. Ask for a new one.',
  },
  invitation_accepted: {
    status: 409,
    title: 'This invitation was accepted',
    advice: 'Disable the person instead.',
  },
  last_admin: {
    status: 409,
    title: 'Somebody must run the organisation',
    advice: 'Give another person this role first.',
  },
} as const satisfies Catalogue;
export type AccountErrorCode = keyof typeof ACCOUNT_ERRORS;
