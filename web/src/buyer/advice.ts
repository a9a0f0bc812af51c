import type { Tone } from '../kit/status.tsx';
import { lastSeenOf } from './phrases.ts';
import type { BuyerParcel } from './question.ts';

export type Reason = NonNullable<BuyerParcel['standstill']>['reason'];

/** What somebody can do about a standstill: the key of a sentence of `do.*`. */
export const ADVICE = {
  not_handed_over: 'shop',
  pickup_failed: 'wait',
  in_customs: 'wait',
  customs_held: 'customs',
  payment_due: 'pay',
  weather: 'wait',
  held_at_facility: 'shop',
  missorted: 'wait',
  damaged: 'refund',
  intercepted: 'shop',
  rejected_by_carrier: 'refund',
  delayed: 'wait',
  recipient_absent: 'again',
  business_closed: 'again',
  address_problem: 'address',
  refused: 'refund',
  delivery_attempted: 'again',
  waits_for_collection: 'collect',
  on_the_way_back: 'refund',
  long_haul: 'wait',
  no_news: 'shop',
} as const satisfies Record<Reason, string>;

type Status = BuyerParcel['status'];
type Headline =
  | Status
  | 'customs_held'
  | 'payment_due'
  | 'damaged'
  | 'lost'
  | 'destroyed'
  | 'refused'
  | 'sent_back_by_customs'
  | 'was_out_for_delivery';

/** Where the detail says more than the state. */
const HEADLINES: Readonly<Record<string, Headline>> = {
  'exception.customs_export_held': 'customs_held',
  'exception.customs_import_held': 'customs_held',
  'exception.import_terminated': 'sent_back_by_customs',
  'exception.payment_due': 'payment_due',
  'exception.damaged': 'damaged',
  'exception.lost': 'lost',
  'exception.destroyed': 'destroyed',
  'delivery_attempted.refused': 'refused',
};

type Told = Pick<BuyerParcel, 'status' | 'substatus'>;

/** The state in one sentence: the key of a sentence of `state.*`. At the moment `now`: what comes today does not come tomorrow. */
export function headlineOf(
  {
    status,
    substatus,
    steps,
    destination_zone: zone,
  }: Told & Pick<BuyerParcel, 'steps' | 'destination_zone'>,
  now: string,
): Headline {
  const named = HEADLINES[substatus ?? ''];
  if (named !== undefined || status !== 'out_for_delivery') return named ?? status;
  const out = lastSeenOf({ steps })?.occurred_at ?? now;
  return dayOf(out, zone) === dayOf(now, zone) ? status : 'was_out_for_delivery';
}

function dayOf(at: string, timeZone: string | undefined): string {
  const day = new Intl.DateTimeFormat('sv-SE', timeZone === undefined ? {} : { timeZone });
  return day.format(new Date(at));
}

/** A parcel that came to such an end stands still for good; what somebody can do then, as `ADVICE`. */
export function adviceAtEnd({ status, substatus }: Told): 'refund' | undefined {
  const end = HEADLINES[substatus ?? ''] ?? status;
  return ['lost', 'destroyed', 'returned', 'cancelled'].includes(end) ? 'refund' : undefined;
}

export const STATE_TONES: Readonly<Record<BuyerParcel['status'], Tone>> = {
  unknown: 'idle',
  not_found: 'idle',
  info_received: 'idle',
  picked_up: 'move',
  in_transit: 'move',
  out_for_delivery: 'move',
  available_for_pickup: 'warn',
  delivery_attempted: 'warn',
  delivered: 'ok',
  exception: 'bad',
  returning: 'warn',
  returned: 'warn',
  cancelled: 'idle',
  expired: 'idle',
};

/** Has the promise been missed, at the moment `now`? Undefined: there is none to miss, or it is kept so far. */
export function lateness(
  parcel: Pick<BuyerParcel, 'promise' | 'delivered_at' | 'status'>,
  now: string,
): 'late' | 'was_late' | undefined {
  const latest = parcel.promise?.latest;
  if (latest === undefined || parcel.promise?.kind !== 'PROMISE') return undefined;
  if (parcel.delivered_at !== undefined)
    return Date.parse(parcel.delivered_at) > Date.parse(latest) ? 'was_late' : undefined;
  const isOver = ['returned', 'cancelled', 'returning'].includes(parcel.status);
  return !isOver && Date.parse(now) > Date.parse(latest) ? 'late' : undefined;
}
