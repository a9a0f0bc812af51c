import { createHash } from 'node:crypto';
import { verifyPassword } from '../../platform/crypto/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  type Instant,
  type Money,
  type OrganisationId,
  type Outcome,
  type Rejection,
  refused,
} from '../kernel/index.ts';
import { recordCodCollected } from '../ledger/index.ts';
import { locate } from '../places/index.ts';
import { applyFacts } from './announce.ts';
import { type DeliveryCommand, decide, type Proofs } from './decide.ts';
import { bindProof, insertProof, lockWish, saveWish } from './door-store.ts';
import { END_HOLD } from './jobs.ts';
import type { AttemptReason, Delivery, DeliveryErrorCode, ProofId, SignKind, Wish } from './model.ts';
import { type DoorPlace, isFarFromAddress } from './place.policy.ts';
import type { DeliveryPorts } from './ports.ts';
import { makerOf } from './proofs.ts';
import { hasCash, insertCash } from './run-store.ts';
import { findReport, lockDeliveries, saveDeliveries } from './store.ts';

/** What a courier says happened at a door. `clientId` is made where it happened, so that a repeated send counts once. */
export type Report = {
  readonly clientId: string;
  readonly occurredAt?: Instant | undefined;
  readonly place?: DoorPlace | undefined;
  readonly outcome: 'attempted' | 'delivered' | 'refused';
  readonly reason?: AttemptReason | undefined;
  readonly signKind?: SignKind | undefined;
  readonly photoId?: ProofId | undefined;
  /** SVG path data. */
  readonly signature?: string | undefined;
  readonly pin?: string | undefined;
  readonly cashCollected?: Money | undefined;
};

/** Our default: a stranger who guesses has five chances in ten thousand. */
export const PIN_TRIES = 5;

type Settled = Outcome<Delivery, DeliveryErrorCode | 'not_found'>;

/**
 * Takes one report in a transaction of its own. A wrong PIN is counted although the answer is a refusal; everything
 * else that is refused leaves no trace. The same report again answers the delivery as it stands.
 */
export async function fileReport(
  world: World,
  caller: Principal,
  organisationId: string,
  deliveryId: string,
  report: Report,
  ports: DeliveryPorts,
): Promise<Settled> {
  const outcome = await world.command<{ settled: Settled }, DeliveryErrorCode | 'not_found'>(
    { organisationId },
    async (work) => {
      const settled = await settle(work, caller, organisationId, deliveryId, report, ports);
      const isToKeep = settled.ok || settled.rejection.code === 'pin_wrong';
      return isToKeep ? accepted({ settled }) : settled;
    },
  );
  return outcome.ok ? outcome.value.settled : outcome;
}

async function settle(
  work: Work,
  caller: Principal,
  organisationId: string,
  deliveryId: string,
  report: Report,
  ports: DeliveryPorts,
): Promise<Settled> {
  const [before] = await lockDeliveries(work.db, organisationId, [deliveryId]);
  if (before === undefined || !(await isHis(work, caller, before, ports))) return refused('not_found', '');
  const digest = digestOf(report);
  const earlier = await findReport(work.db, { organisationId, deliveryId, clientId: report.clientId });
  if (earlier !== undefined)
    return Buffer.compare(earlier, digest) === 0 ? accepted(before) : refused('client_id_reused', '');
  const occurredAt = report.occurredAt ?? work.now;
  if (occurredAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const wish = await lockWish(work.db, organisationId, before.shipmentId);
  const proofs: Proofs = {
    photo: report.photoId !== undefined,
    signature: report.signature !== undefined,
    pin: report.pin !== undefined,
  };
  const decision = decide(before, commandOf(report, proofs), { occurredAt, wish });
  if (!decision.ok) return decision;
  const isHandedOver = report.outcome === 'delivered';
  const cash = await checkCash(work, before, isHandedOver, report.cashCollected);
  if (!cash.ok) return cash;
  const checked = isHandedOver
    ? await takeProofs(work, caller, before, wish, report, ports)
    : accepted<ProofId[]>([]);
  if (!checked.ok) return checked;
  const isFar = report.place !== undefined && isFarFromAddress(report.place, locate(whereaboutsOf(before)));
  const seen: Delivery = {
    ...before,
    proofIds: [...before.proofIds, ...checked.value],
    flags:
      isFar && !before.flags.includes('far_from_address')
        ? [...before.flags, 'far_from_address']
        : before.flags,
  };
  const { place, clientId } = report;
  const evidence = { ...(place === undefined ? {} : { place }), proofs, ...(isFar ? { far: true } : {}) };
  const applied = applyFacts(work, seen, decision.value, {
    occurredAt,
    byCaller: caller.id,
    clientId,
    digest,
    evidence,
    place,
    proofs,
    cash: cash.value,
  });
  await saveDeliveries(work.db, organisationId, [applied.delivery], applied.steps, work.now);
  if (cash.value !== undefined) await bookCash(work, applied.delivery, cash.value, occurredAt, ports);
  if (applied.delivery.state === 'held' && applied.delivery.holdUntil !== undefined) {
    work.schedule({
      kind: END_HOLD,
      key: `${before.id}:${applied.delivery.version}`,
      runAt: applied.delivery.holdUntil,
      payload: { organisationId, deliveryId },
    });
  }
  return accepted(applied.delivery);
}

/** A courier reports what is on his own list; the staff of the carrier report anything of theirs. */
async function isHis(
  work: Work,
  caller: Principal,
  delivery: Delivery,
  ports: DeliveryPorts,
): Promise<boolean> {
  if (caller.role !== 'courier') return true;
  const courier = await ports.couriers.findCourierOfCaller(work.db, delivery.organisationId, caller);
  return courier !== undefined && courier.id === delivery.courierId;
}

/** The PIN and the strokes of a hand are left out: the digest is kept for long and could be tried out. */
function digestOf(report: Report): Uint8Array {
  const { pin: _pin, signature: _signature, ...open } = report;
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(open).sort()))
    .digest();
}

function commandOf(report: Report, proofs: Proofs): DeliveryCommand {
  if (report.outcome === 'refused') return { kind: 'refuse' };
  if (report.outcome === 'attempted') return { kind: 'attempt', reason: report.reason ?? 'courier_unable' };
  return { kind: 'deliver', signKind: report.signKind ?? 'self', proofs };
}

/** What is to be collected now: with the first parcel of the shipment that is handed over, exactly, and never again. */
async function checkCash(
  work: Work,
  delivery: Delivery,
  isHandedOver: boolean,
  given: Money | undefined,
): Promise<Outcome<Money | undefined, DeliveryErrorCode>> {
  const asked = delivery.cashOnDelivery;
  const isDue =
    isHandedOver &&
    asked !== undefined &&
    asked.amountMinor > 0 &&
    !(await hasCash(work.db, delivery.organisationId, delivery.shipmentId));
  if (!isDue) return given === undefined ? accepted(undefined) : refused('cod_not_due', '');
  if (given === undefined)
    return refused('cod_not_collected', `${asked.amountMinor} in minor units of ${asked.currency} are due.`);
  if (given.currency !== asked.currency || given.amountMinor !== asked.amountMinor)
    return refused('cod_amount_differs', `${asked.amountMinor} in minor units of ${asked.currency} are due.`);
  return accepted(asked);
}

async function takeProofs(
  work: Work,
  caller: Principal,
  delivery: Delivery,
  wish: Wish,
  report: Report,
  ports: DeliveryPorts,
): Promise<Outcome<ProofId[], DeliveryErrorCode>> {
  const { organisationId, id: deliveryId } = delivery;
  if (report.pin !== undefined) {
    const wrong = await checkPin(work, organisationId, wish, report.pin);
    if (wrong !== undefined) return { ok: false, rejection: wrong };
  }
  const ids: ProofId[] = [];
  if (report.photoId !== undefined) {
    if (
      !(await bindProof(work.db, {
        organisationId,
        proofId: report.photoId,
        deliveryId,
        byCaller: makerOf(caller),
      }))
    )
      return refused('proof_not_usable', '');
    ids.push(report.photoId);
  }
  if (report.signature !== undefined)
    ids.push(await storeSignature(work, caller, delivery, report.signature, ports));
  return accepted(ids);
}

async function checkPin(
  work: Work,
  organisationId: string,
  wish: Wish,
  pin: string,
): Promise<Rejection<DeliveryErrorCode> | undefined> {
  if (wish.pinWrongTries >= PIN_TRIES) return refused('pin_locked', '').rejection;
  if (wish.pinHash !== undefined && (await verifyPassword(wish.pinHash, pin))) return undefined;
  const tries = wish.pinWrongTries + 1;
  await saveWish(
    work.db,
    organisationId,
    { ...wish, pinWrongTries: tries, version: wish.version + 1 },
    work.now,
  );
  return refused('pin_wrong', `${PIN_TRIES - tries} tries are left.`).rejection;
}

async function storeSignature(
  work: Work,
  caller: Principal,
  delivery: Delivery,
  path: string,
  ports: DeliveryPorts,
): Promise<ProofId> {
  const { organisationId, id: deliveryId } = delivery;
  const id = work.newId('prf');
  const bytes = new TextEncoder().encode(path);
  const sealed = await ports.vault.sealBlob(work, { organisationId, name: id, bytes });
  await insertProof(
    work.db,
    {
      id,
      organisationId,
      kind: 'signature',
      contentType: 'image/svg+xml',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest(),
      blobKey: undefined,
      sealed,
      deliveryId,
      shipmentId: undefined,
      byCaller: caller.id,
    },
    work.now,
  );
  return id;
}

/** The carrier owes the merchant what its courier took. The fee for collecting was charged with the freight. */
async function bookCash(
  work: Work,
  delivery: Delivery,
  amount: Money,
  occurredAt: Instant,
  ports: DeliveryPorts,
): Promise<void> {
  if (!(await insertCash(work.db, delivery, amount, occurredAt)))
    throw new Error(`cash was taken twice for ${delivery.shipmentId}`);
  // The operator is a stranger to the carrier: found in the network's name, booked in the carrier's.
  await work.actFor('network');
  const clearsWith = await ports.operatorOf(work.db);
  await work.actFor({ organisationId: delivery.organisationId });
  const booked = await recordCodCollected(work, {
    collectorId: delivery.organisationId,
    merchantId: delivery.merchantId,
    clearsWith,
    reference: { kind: 'shipment', id: delivery.shipmentId },
    due: amount,
    collectedMinor: amount.amountMinor,
    feeMinor: 0,
  });
  if (!booked.ok)
    throw new Error(`the cash of ${delivery.shipmentId} could not be booked: ${booked.rejection.code}`);
}

function whereaboutsOf(delivery: Delivery) {
  const { country, city, postcode, division } = delivery.to;
  return { country, city, postcode, division };
}

/** Carrier staff: the parcel is back with its sender, or was disposed of. */
export async function endDelivery(
  work: Work,
  owner: OrganisationId,
  caller: Principal,
  deliveryId: string,
  kind: 'complete_return' | 'dispose',
  occurredAt: Instant | undefined,
): Promise<Settled> {
  const at = occurredAt ?? work.now;
  if (at > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const [before] = await lockDeliveries(work.db, owner, [deliveryId]);
  if (before === undefined) return refused('not_found', '');
  const wish = await lockWish(work.db, owner, before.shipmentId);
  const decision = decide(before, { kind }, { occurredAt: at, wish });
  if (!decision.ok) return decision;
  const applied = applyFacts(work, before, decision.value, { occurredAt: at, byCaller: caller.id });
  await saveDeliveries(work.db, owner, [applied.delivery], applied.steps, work.now);
  return accepted(applied.delivery);
}
