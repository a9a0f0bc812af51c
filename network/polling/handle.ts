import { readTarget } from '../../platform/outbound/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, addMs, type Id, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { CredentialFields } from './connector-contract.ts';
import { findCredential, insertCredential, replaceCredentialFields } from './credential-store.ts';
import {
  type Credential,
  MAX_POLLED_NUMBERS,
  MAX_PUSH_SUBSCRIPTIONS,
  type PollingErrorCode,
  type PushSubscription,
  type PushSubscriptionId,
  type WantedNumber,
} from './model.ts';
import { countPolled, wantNumberRow } from './number-store.ts';
import { clientOf, type PollingPorts } from './ports.ts';
import {
  countSubscriptions,
  findSubscription,
  insertSubscription,
  replaceSubscriptionFields,
} from './push-store.ts';
import { fieldsFault, sealFields } from './secrets.ts';

type Refusal = PollingErrorCode;

export type CreateCredential = {
  readonly connector: string;
  readonly label: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestsPerDay?: number | undefined;
  readonly baseUrl?: string | undefined;
};

/** Who adds it decides whom it serves: the operator's asks for everybody who has none of his own. */
export async function createCredential(
  work: Work,
  ports: PollingPorts,
  caller: Principal,
  command: CreateCredential,
): Promise<Outcome<Credential, Refusal>> {
  const { connector, label, fields, requestsPerDay, baseUrl } = command;
  const client = clientOf(ports, connector);
  if (client === undefined) return refused('connector_not_pulled', '');
  const fault = fieldsFault(client.fields, fields);
  if (fault !== undefined) return refused('credential_fields_wrong', fault);
  if (baseUrl !== undefined && !(ports.allowLoopback && isOfThisMachine(baseUrl)))
    return refused('credential_address_refused', '');
  const organisationId = caller.organisationId as OrganisationId;
  const id = work.newId('tcr');
  const credential: Credential = {
    id,
    organisationId,
    connector,
    label,
    servesNetwork: caller.role === 'operator',
    requestsPerDay,
    baseUrl,
    sealed: sealFields(ports.keys, organisationId, id, fields),
    createdAt: work.now,
    rotatedAt: undefined,
    errorStreak: 0,
    resumeAt: undefined,
    lastOutcome: undefined,
    lastAttemptAt: undefined,
    lastSuccessAt: undefined,
    bucketFullAt: work.now,
    nextRequestAt: work.now,
  };
  return (await insertCredential(work.db, credential))
    ? accepted(credential)
    : refused('credential_exists', '');
}

/** Other fields for the same interface: numbers and label stay, a pause ends, and no token of the old ones is used on. */
export async function rotateCredential(
  work: Work,
  ports: PollingPorts,
  id: string,
  fields: CredentialFields,
): Promise<Outcome<Credential, Refusal | 'not_found'>> {
  const credential = await findCredential(work.db, id);
  const client = credential && clientOf(ports, credential.connector);
  if (credential === undefined || client === undefined) return refused('not_found', '');
  const fault = fieldsFault(client.fields, fields);
  if (fault !== undefined) return refused('credential_fields_wrong', fault);
  const sealed = sealFields(ports.keys, credential.organisationId, id, fields);
  const rotated = await replaceCredentialFields(work.db, id, sealed, work.now);
  return rotated === undefined ? refused('not_found', '') : accepted(rotated);
}

/** Another secret at the same address. For so many hours a push is proved by the one before as well. */
export async function rotateSubscription(
  work: Work,
  ports: PollingPorts,
  id: string,
  { fields, oldFieldsHours }: { readonly fields: CredentialFields; readonly oldFieldsHours: number },
): Promise<Outcome<PushSubscription, Refusal | 'not_found'>> {
  const subscription = await findSubscription(work.db, id);
  const receiver = subscription && ports.receiverOf(subscription.connector);
  if (subscription === undefined || receiver === undefined) return refused('not_found', '');
  const fault = fieldsFault(receiver.fields, fields);
  if (fault !== undefined) return refused('credential_fields_wrong', fault);
  const sealed = sealFields(ports.keys, subscription.organisationId, id, fields);
  const until = addMs(work.now, oldFieldsHours * 3_600_000);
  const rotated = await replaceSubscriptionFields(work.db, id, sealed, until, work.now);
  return rotated === undefined ? refused('not_found', '') : accepted(rotated);
}

const isOfThisMachine = (url: string) =>
  readTarget(url, { allowLoopback: true }).ok && !readTarget(url, { allowLoopback: false }).ok;

export type CreateSubscription = Pick<CreateCredential, 'connector' | 'label' | 'fields'>;

/** What a push says counts as the carrier's own word, so only the operator and that carrier receive any. */
export function mayReceive(caller: Principal, connector: string): boolean {
  return caller.role === 'operator' || (caller.role === 'carrier' && caller.carrierCode === connector);
}

export async function createSubscription(
  work: Work,
  ports: PollingPorts,
  world: World,
  caller: Principal,
  command: CreateSubscription,
): Promise<Outcome<PushSubscription, Refusal>> {
  const { connector, label, fields } = command;
  const receiver = ports.receiverOf(connector);
  if (receiver === undefined) return refused('connector_unknown', '');
  if (!mayReceive(caller, connector)) return refused('push_not_of_caller', '');
  const fault = fieldsFault(receiver.fields, fields);
  if (fault !== undefined) return refused('credential_fields_wrong', fault);
  const organisationId = caller.organisationId as OrganisationId;
  if ((await countSubscriptions(work.db, organisationId)) >= MAX_PUSH_SUBSCRIPTIONS)
    return refused('push_subscription_limit_reached', '');
  const id = newSubscriptionId(work, world);
  const sealed = sealFields(ports.keys, organisationId, id, fields);
  return accepted(
    await insertSubscription(work.db, { id, organisationId, connector, label, sealed, createdAt: work.now }),
  );
}

function newSubscriptionId(work: Work, world: World): PushSubscriptionId {
  return world.name === 'live' ? work.newId('psl') : work.newId('pst');
}

export const worldOfSubscription = (id: unknown): 'live' | 'test' =>
  typeof id === 'string' && id.startsWith('pst_') ? 'test' : 'live';

export type WantNumber = {
  readonly organisationId: OrganisationId;
  readonly number: string;
  readonly carrierCode: string;
};

/** Has the carrier asked about a number from now on. Wanting it again changes nothing while it is under way. */
export async function wantNumber(
  work: Work,
  ports: Pick<PollingPorts, 'clients'>,
  { organisationId, number: text, carrierCode }: WantNumber,
): Promise<Outcome<WantedNumber, Refusal | 'invalid_request'>> {
  const known = new Set(ports.clients.flatMap(({ carriers }) => carriers));
  if (!known.has(carrierCode))
    return refused('carrier_not_polled', `Carriers: ${[...known].sort().join(', ')}.`);
  const number = normaliseNumber(text);
  if (number === undefined) return refused('invalid_request', 'A number has 4 to 40 letters and digits.');
  if ((await countPolled(work.db, organisationId)) >= MAX_POLLED_NUMBERS)
    return refused('polled_number_limit_reached', '');
  const id: Id<'pln'> = work.newId('pln');
  return accepted(await wantNumberRow(work.db, { id, organisationId, number, carrierCode }, work.now));
}
