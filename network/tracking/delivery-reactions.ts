import type { z } from 'zod';
import type { Work } from '../../platform/world/index.ts';
import {
  Delivered,
  DeliveredToSafePlace,
  DeliveryAssigned,
  DeliveryAttempted,
  DeliveryBroughtBack,
  DeliveryRefused,
  HeldForPickup,
  OutForDelivery,
  ParcelDisposed,
  ReturnCompleted,
  ReturnStarted,
} from '../deliveries/events.ts';
import type { CountryCode } from '../kernel/index.ts';
import { recordOwnScans } from './record.ts';

type DeliveryFacts = z.output<typeof OutForDelivery.schema> & {
  readonly reason?: string;
  readonly signKind?: string;
  readonly cashCollected?: boolean;
  readonly collectedAtDepot?: boolean;
};

const ATTEMPT_CODES: ReadonlySet<string> = new Set([
  'recipient_absent',
  'business_closed',
  'address_problem',
]);

/** What each event of the last mile means for its parcel, in our own codes. */
const CODE_OF: Readonly<Record<string, (facts: DeliveryFacts) => string>> = {
  [DeliveryAssigned.name]: () => 'arrived_delivery_depot',
  [OutForDelivery.name]: () => 'out_for_delivery',
  [DeliveryAttempted.name]: ({ reason = '' }) => {
    if (reason === 'damaged') return 'damaged';
    return ATTEMPT_CODES.has(reason) ? `delivery_attempted.${reason}` : 'delivery_attempted';
  },
  [Delivered.name]: ({ signKind, cashCollected, collectedAtDepot }) => {
    if (cashCollected === true) return 'delivered.cod_collected';
    if (collectedAtDepot === true) return 'delivered.collected';
    return signKind === 'self' ? 'delivered.signed' : 'delivered.proxy_or_neighbour';
  },
  [DeliveredToSafePlace.name]: () => 'delivered.safe_place',
  [DeliveryRefused.name]: () => 'refused',
  [DeliveryBroughtBack.name]: () => 'in_transit_local.arrived_facility',
  [HeldForPickup.name]: () => 'at_point.outlet',
  [ReturnStarted.name]: () => 'returning',
  [ReturnCompleted.name]: () => 'returned',
  [ParcelDisposed.name]: () => 'disposed',
};

export const LAST_MILE_EVENTS: readonly string[] = Object.keys(CODE_OF);

/** Records what our couriers reported. The parcel was registered with its order, which this consumer saw before. */
export async function followDelivery(work: Work, type: string, facts: DeliveryFacts): Promise<void> {
  const code = CODE_OF[type]?.(facts);
  if (code === undefined) throw new Error(`no code for ${type}`);
  const { country, city } = facts.place;
  const place =
    city === undefined ? { country: country as CountryCode } : { country: country as CountryCode, city };
  await recordOwnScans(work, [
    {
      parcelId: facts.parcelId,
      number: facts.number,
      code,
      occurredAt: facts.occurredAt,
      place,
      synthetic: false,
    },
  ]);
}
