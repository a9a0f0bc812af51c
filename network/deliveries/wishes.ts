import { hashPassword, randomBytes } from '../../platform/crypto/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { findShipment } from '../shipments/index.ts';
import { type Consent, insertConsent, lockWish, saveWish } from './door-store.ts';
import type { SignKind, Wish } from './model.ts';

export type StateWish = {
  readonly shipmentId: string;
  readonly safePlace: readonly SignKind[];
  readonly afterAttempts?: Wish['afterAttempts'];
  readonly givenBy: Consent['givenBy'];
  readonly givenAt?: Instant | undefined;
};

/**
 * Records what the recipient allows and wants; the newest record counts, an empty one withdraws. The wish stands in
 * the book of the carrier that comes to the door, the consent beside it for ever.
 */
export async function stateWish(work: Work, caller: Principal, command: StateWish): Promise<Outcome<Wish>> {
  const shipment = await findShipment(work.db, command.shipmentId);
  if (shipment === undefined) return refused('not_found', '');
  const givenAt = command.givenAt ?? work.now;
  if (givenAt > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  await work.actFor({ organisationId: shipment.carrierId });
  const before = await lockWish(work.db, shipment.carrierId, shipment.id);
  const { safePlace, afterAttempts, givenBy } = command;
  const consentId = work.newId('cns');
  await insertConsent(
    work.db,
    shipment.carrierId,
    {
      id: consentId,
      shipmentId: shipment.id,
      safePlace,
      afterAttempts,
      givenBy,
      givenAt,
      recordedBy: caller.id,
    },
    work.now,
  );
  const wish: Wish = { ...before, safePlace, afterAttempts, consentId, version: before.version + 1 };
  await saveWish(work.db, shipment.carrierId, wish, work.now);
  return accepted(wish);
}

/** The largest multiple of 10,000 below 2^16: draws above it are thrown away, or small PINs would come more often. */
const FAIR_BELOW = 60_000;

export function newPin(bytes: (length: number) => Uint8Array = randomBytes): string {
  for (;;) {
    const [high = 0, low = 0] = bytes(2);
    const drawn = high * 256 + low;
    if (drawn < FAIR_BELOW) return String(drawn % 10_000).padStart(4, '0');
  }
}

/** A new PIN for the recipient, in clear text once; the one before is void, the tries begin anew. */
export async function issuePin(
  work: Work,
  shipmentId: string,
  isRequired: boolean,
): Promise<Outcome<{ pin: string }>> {
  const shipment = await findShipment(work.db, shipmentId);
  if (shipment === undefined) return refused('not_found', '');
  await work.actFor({ organisationId: shipment.carrierId });
  const before = await lockWish(work.db, shipment.carrierId, shipment.id);
  const pin = newPin();
  const wish: Wish = {
    ...before,
    pinHash: await hashPassword(pin),
    isPinRequired: isRequired,
    pinWrongTries: 0,
    version: before.version + 1,
  };
  await saveWish(work.db, shipment.carrierId, wish, work.now);
  return accepted({ pin });
}
