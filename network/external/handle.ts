import type { Work } from '../../platform/world/index.ts';
import { findCarrier } from '../carriers/index.ts';
import {
  accepted,
  type CountryCode,
  type Instant,
  type OrganisationId,
  type Outcome,
  type ParcelId,
  refused,
} from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { followExternal, lockOrderFor, type Order, type OrderName } from '../orders/index.ts';
import { isSame, isSlipPutRight } from './correction.policy.ts';
import { detailChanges } from './details.policy.ts';
import {
  NumberReleased,
  NumberSought,
  ShipmentDeclared,
  ShipmentModified,
  ShipmentWithdrawn,
} from './events.ts';
import {
  type Declared,
  type ExternalErrorCode,
  type ExternalShipment,
  type ExternalShipmentId,
  OTHER_CARRIER,
  type SendType,
} from './model.ts';
import { isComplete, linkStateOf } from './order-link.policy.ts';
import { answerRepetition } from './repetition.ts';
import {
  insertReplaced,
  insertShipment,
  listByNumber,
  listOfOrder,
  listReplaced,
  lockShipment,
  saveShipment,
} from './store.ts';
import { findSuspendedUntil } from './verdict-store.ts';

/** A number may be mistyped; who changes it all the time hides something. Our default. */
export const MAX_CORRECTIONS = 5;

export type DeclareCommand = OrderName & {
  readonly carrierCode: string;
  readonly number: string;
  readonly sendType: SendType;
  readonly trackingSite?: string | undefined;
  readonly serviceName?: string | undefined;
  readonly description?: string | undefined;
  readonly shippedAt?: Instant | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly shipFromCountry?: string | undefined;
  readonly weightGrams?: number | undefined;
  /** A declaration of the order was corrected away from this number, and it is meant all the same. */
  readonly despiteCorrection?: boolean | undefined;
};

/**
 * Declares that an order was shipped by a carrier and number of the merchant's choice. The same again answers the
 * declaration that stands; with other details it is refused, because a change needs a reason, and so is a number that was
 * corrected since (`answerRepetition`). Whether the number is genuine is judged later: one that fails its check digit is taken.
 */
export async function declareShipment(
  work: Work,
  organisationId: OrganisationId,
  command: DeclareCommand,
): Promise<Outcome<{ readonly shipment: ExternalShipment; readonly isNew: boolean }, ExternalErrorCode>> {
  const until = await findSuspendedUntil(work.db, organisationId, work.now);
  if (until !== undefined) return refused('declarations_suspended', `Until ${until}.`);
  const read = readPair(command);
  if (!read.ok) return read;
  const found = await lockOrderFor(work.db, organisationId, command);
  if (found === undefined)
    return refused('external_order_unknown', command.reference ?? command.orderId ?? '');
  const { order, isBroughtByNetwork } = found;
  if (order.state === 'cancelled' || isBroughtByNetwork)
    return refused('external_order_closed', `${order.reference} is ${order.state}.`);
  const others = await listOfOrder(work.db, organisationId, order.id);
  const answered = await answerRepetition(work, others, read.value, command);
  if (answered !== undefined) return answered;
  const declared = newShipment(work, order, command, read.value);
  const shipment = bumped(declared);
  await insertShipment(work.db, shipment);
  tell(work, declared, ShipmentDeclared.name, { sendType: shipment.sendType });
  seek({ work, shipment, order });
  await settleOrder(work, order, [...others, shipment]);
  return accepted({ shipment, isNew: true });
}

function newShipment(
  work: Work,
  order: Order,
  command: DeclareCommand,
  pair: Pick<Declared, 'carrierCode' | 'number'>,
): ExternalShipment {
  return {
    ...pair,
    id: work.newId('ext'),
    organisationId: order.organisationId,
    clientPlatformId: order.clientPlatformId,
    orderId: order.id,
    orderReference: order.reference,
    version: 1,
    state: 'declared',
    sendType: command.sendType,
    trackingSite: command.trackingSite,
    serviceName: command.serviceName,
    description: command.description,
    shippedAt: command.shippedAt,
    shipFromCountry: command.shipFromCountry as CountryCode | undefined,
    weightGrams: command.weightGrams,
    hold: undefined,
    parcelRef: work.newId('pcl'),
    parcelId: undefined,
    trackingStatus: undefined,
    isClosed: false,
    firstScanAt: undefined,
    deliveredAt: undefined,
    declaredAt: work.now,
    numberDeclaredAt: work.now,
    changedAt: work.now,
    withdrawnAt: undefined,
    withdrawalReason: undefined,
    verificationId: undefined,
    verificationState: undefined,
  };
}

function readPair(
  given: Pick<DeclareCommand, 'carrierCode' | 'number' | 'trackingSite'>,
): Outcome<Pick<Declared, 'carrierCode' | 'number'>, ExternalErrorCode> {
  const { carrierCode, trackingSite } = given;
  const isKnown =
    carrierCode === OTHER_CARRIER ? trackingSite !== undefined : findCarrier(carrierCode) !== undefined;
  if (!isKnown) {
    const message = carrierCode === OTHER_CARRIER ? 'needs a tracking_site' : 'is not in the registry';
    return refused('external_carrier_unknown', `${carrierCode} ${message}.`, [
      { pointer: '/carrier_code', code: 'external_carrier_unknown', message },
    ]);
  }
  const number = normaliseNumber(given.number);
  if (number !== undefined) return accepted({ carrierCode, number });
  return refused('external_number_unreadable', '', [
    { pointer: '/number', code: 'external_number_unreadable', message: 'has 4 to 40 letters and digits' },
  ]);
}

/** What is left out stays; a detail that is null is taken away. */
export type CorrectCommand = {
  readonly [Detail in Exclude<keyof Declared, 'carrierCode' | 'number'>]?: DeclareCommand[Detail] | null;
} & {
  readonly carrierCode?: string | undefined;
  readonly number?: string | undefined;
  readonly reason: string;
};

/**
 * Corrects a declaration; a pair of carrier and number that was declared before stays in its history. While the merchant
 * may declare nothing it may put a slip right and name no other number (`isSlipPutRight`).
 */
export async function correctShipment(
  work: Work,
  organisationId: OrganisationId,
  id: string,
  { reason, ...given }: CorrectCommand,
): Promise<Outcome<ExternalShipment, ExternalErrorCode | 'not_found'>> {
  const locked = await lockStanding(work, organisationId, id);
  if (!locked.ok) return locked;
  const { before, order, others } = locked.value;
  const change = Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value === null ? undefined : value]],
    ),
  );
  const wanted: ExternalShipment = {
    ...before,
    ...(change as Partial<Declared>),
    version: before.version + 1,
    changedAt: work.now,
  };
  const read = readPair(wanted);
  if (!read.ok) return read;
  const corrected = { ...wanted, ...read.value };
  const details = detailChanges(before, corrected);
  if (isSame(corrected, before)) {
    await saveShipment(work.db, corrected);
    tell(work, corrected, ShipmentModified.name, { reason, details });
    return accepted(corrected);
  }
  if (others.some((one) => one.state === 'declared' && isSame(one, corrected)))
    return refused('external_state_conflict', 'Another declaration of this order says the same.');
  const replaced = (await listReplaced(work.db, [id])).get(id) ?? [];
  const until = await findSuspendedUntil(work.db, organisationId, work.now);
  if (until !== undefined) {
    const { firstScanAt, verificationState } = before;
    const declared = {
      pairs: [...replaced, before],
      isScanned: firstScanAt !== undefined,
      verificationState,
    };
    if (!isSlipPutRight(corrected, declared))
      return refused(
        'declarations_suspended',
        `Until ${until} you can put one mistyped character or the wrong carrier right, and name no other number.`,
      );
  }
  if (replaced.length >= MAX_CORRECTIONS) return refused('external_correction_limit', '');
  await insertReplaced(work.db, before, work.now, reason);
  const renewed: ExternalShipment = {
    ...corrected,
    hold: undefined,
    parcelRef: work.newId('pcl'),
    parcelId: undefined,
    trackingStatus: undefined,
    isClosed: false,
    firstScanAt: undefined,
    deliveredAt: undefined,
    numberDeclaredAt: work.now,
  };
  tell(work, renewed, ShipmentModified.name, {
    reason,
    details,
    previous: { carrierCode: before.carrierCode, number: before.number },
  });
  const saved = bumped(bumped(renewed));
  await saveShipment(work.db, saved);
  await release(work, before, bumped(renewed).version);
  seek({ work, shipment: saved, order });
  await settleOrder(work, order, [...others, saved]);
  return accepted(saved);
}

/** Takes a declaration back; it stays readable, and its number is free again. */
export async function withdrawShipment(
  work: Work,
  organisationId: OrganisationId,
  id: string,
  reason: string,
): Promise<Outcome<ExternalShipment, ExternalErrorCode | 'not_found'>> {
  const locked = await lockStanding(work, organisationId, id);
  if (!locked.ok) return locked;
  const { before, order, others } = locked.value;
  const withdrawn: ExternalShipment = {
    ...before,
    version: before.version + 2,
    state: 'withdrawn',
    withdrawnAt: work.now,
    withdrawalReason: reason,
    changedAt: work.now,
  };
  await saveShipment(work.db, withdrawn);
  tell(work, { ...withdrawn, version: before.version + 1 }, ShipmentWithdrawn.name, { reason });
  await release(work, before, withdrawn.version);
  await settleOrder(work, order, [...others, withdrawn]);
  return accepted(withdrawn);
}

type Standing = {
  readonly before: ExternalShipment;
  readonly order: Order;
  readonly others: readonly ExternalShipment[];
};

/** A declaration that stands, with its order: locked, the order first. */
async function lockStanding(
  work: Work,
  organisationId: OrganisationId,
  id: string,
): Promise<Outcome<Standing, ExternalErrorCode | 'not_found'>> {
  const seen = await lockShipment(work.db, organisationId, id);
  if (seen === undefined) return refused('not_found', '');
  const found = await lockOrderFor(work.db, organisationId, { orderId: seen.orderId });
  if (found === undefined) throw new Error('a declaration is of an order that is not there');
  if (seen.state !== 'declared') return refused('external_state_conflict', '');
  const others = (await listOfOrder(work.db, organisationId, seen.orderId)).filter((one) => one.id !== id);
  return accepted({ before: seen, order: found.order, others });
}

/** Says that the number is free, unless another declaration of the merchant stands for it. */
async function release(work: Work, before: ExternalShipment, version: number): Promise<void> {
  const standing = (await listByNumber(work.db, before.carrierCode, before.number)).some(
    (one) => one.id !== before.id && one.organisationId === before.organisationId && one.state === 'declared',
  );
  if (standing || before.hold === 'shared') return;
  tell(
    work,
    { ...before, version },
    NumberReleased.name,
    { parcelId: before.parcelId ?? before.parcelRef },
    [],
  );
}

/** Asks tracking for the number. The shipment's version is that of this event. */
export function seek({
  work,
  shipment,
  order,
}: {
  readonly work: Work;
  readonly shipment: ExternalShipment;
  readonly order: Pick<Order, 'placedAt' | 'to'>;
}): void {
  const { country, city } = order.to;
  const to = city === undefined ? { country } : { country, city };
  tell(
    work,
    shipment,
    NumberSought.name,
    { parcelId: shipment.parcelRef as ParcelId, orderedAt: order.placedAt, to },
    [],
  );
}

const bumped = (one: ExternalShipment): ExternalShipment => ({ ...one, version: one.version + 1 });

/** Lets the order follow its declarations; the caller has locked it. */
export async function settleOrder(
  work: Work,
  order: Order,
  declarations: readonly ExternalShipment[],
): Promise<void> {
  const complete = isComplete(declarations);
  await followExternal(
    work,
    order,
    declarations.map((one) => ({ externalShipmentId: one.id, state: linkStateOf(one, complete) })),
  );
}

/** Tells one event; the shipment's version orders those of one shipment. */
export function tell(
  work: Work,
  shipment: ExternalShipment,
  type: string,
  more: object,
  audience: readonly string[] = audienceOf(shipment),
): void {
  work.emit({
    type,
    group: { organisationId: shipment.organisationId },
    subjectId: shipment.id,
    subjectSequence: shipment.version,
    audience,
    payload: {
      externalShipmentId: shipment.id as ExternalShipmentId,
      organisationId: shipment.organisationId,
      clientPlatformId: shipment.clientPlatformId,
      orderId: shipment.orderId,
      carrierCode: shipment.carrierCode,
      number: shipment.number,
      occurredAt: work.now,
      ...more,
    },
  });
}

function audienceOf({ organisationId, clientPlatformId }: ExternalShipment): readonly string[] {
  return clientPlatformId === undefined ? [organisationId] : [organisationId, clientPlatformId];
}
