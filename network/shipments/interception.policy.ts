import { accepted, type Money, type Outcome, refused, scaleMinor } from '../kernel/index.ts';
import { type CompiledLine, findTable } from '../lines/index.ts';
import { divisionOf } from '../places/index.ts';
import type { CoarsePlace, Shipment, ShipmentState } from './model.ts';

export const INTERCEPTION_KINDS = ['return', 'address_change'] as const;
export type InterceptionKind = (typeof INTERCEPTION_KINDS)[number];

/** Source: result codes 1, 2, 3 of the interception notice (domain reference 5.3 and 12). A refusal is a failure. */
export const INTERCEPTION_STATES = ['requested', 'accepted', 'done', 'failed', 'cancelled'] as const;
export type InterceptionState = (typeof INTERCEPTION_STATES)[number];
export const RESULT_OF: Readonly<Partial<Record<InterceptionState, 1 | 2 | 3>>> = {
  done: 1,
  failed: 2,
  cancelled: 3,
};

export const INTERCEPTION_ANSWERS = ['accept', 'refuse', 'done', 'failed'] as const;
export type InterceptionCommand = (typeof INTERCEPTION_ANSWERS)[number] | 'cancel';

/** Command -> states it may start from and the one it leads to; its test walks it whole. */
const TRANSITIONS: Readonly<
  Record<InterceptionCommand, { readonly from: readonly InterceptionState[]; readonly to: InterceptionState }>
> = {
  accept: { from: ['requested'], to: 'accepted' },
  refuse: { from: ['requested'], to: 'failed' },
  done: { from: ['accepted'], to: 'done' },
  failed: { from: ['accepted'], to: 'failed' },
  cancel: { from: ['requested', 'accepted'], to: 'cancelled' },
};

/** Repeating a command changes nothing. */
export function decideInterception(
  state: InterceptionState,
  command: InterceptionCommand,
): Outcome<{ to: InterceptionState; changed: boolean }, 'interception_state_conflict'> {
  const { from, to } = TRANSITIONS[command];
  if (state === to) return accepted({ to, changed: false });
  if (!from.includes(state))
    return refused(
      'interception_state_conflict',
      `The interception is ${state}; ${command} needs ${from.join(' or ')}.`,
    );
  return accepted({ to, changed: true });
}

/** States in which the parcel was scanned and has not ended: only then there is something to intercept. */
const INTERCEPTABLE: readonly ShipmentState[] = [
  'picked_up',
  'wait_send',
  'inbound_rejected',
  'outbound_failed',
  'outbound_ok',
  'sent',
  'in_transit',
];
const UNSCANNED: readonly ShipmentState[] = ['wait_receive', 'pickup_failed'];
/** Still at the first warehouse: it can be given back without a journey. */
const BEFORE_DEPARTURE: readonly ShipmentState[] = [
  'picked_up',
  'wait_send',
  'inbound_rejected',
  'outbound_failed',
];

export function checkInterceptable(state: ShipmentState): Outcome<undefined, 'not_interceptable'> {
  if (INTERCEPTABLE.includes(state)) return accepted(undefined);
  return refused(
    'not_interceptable',
    UNSCANNED.includes(state)
      ? 'It was not scanned yet: cancel it, or change its recipient.'
      : `The shipment is ${state}.`,
  );
}

export function isUnscanned(state: ShipmentState): boolean {
  return UNSCANNED.includes(state);
}

export function isBeforeDeparture(state: ShipmentState): boolean {
  return BEFORE_DEPARTURE.includes(state);
}

/** Share of the quoted freight, in basis points. Our default: a parcel that turns round costs more than one that turns off. */
const FEE_BASIS_POINTS: Readonly<Record<InterceptionKind, number>> = { return: 5_000, address_change: 3_000 };

export function interceptionFee(kind: InterceptionKind, quoted: Money): Money {
  return {
    amountMinor: scaleMinor(quoted.amountMinor, FEE_BASIS_POINTS[kind], 10_000),
    currency: quoted.currency,
  };
}

/**
 * May the parcel go there for the price that was paid? Our default: same country and same price zone of the table of
 * the day of purchase. Somewhere else is another shipment.
 */
export function checkNewPlace(
  shipment: Pick<Shipment, 'from' | 'to' | 'purchasedAt'>,
  to: CoarsePlace,
  line: CompiledLine,
): Outcome<undefined, 'recipient_elsewhere'> {
  if (to.country !== shipment.to.country)
    return refused(
      'recipient_elsewhere',
      `The parcel goes to ${shipment.to.country}; it cannot be led to ${to.country}.`,
    );
  const table = findTable(line.selling, shipment.purchasedAt);
  const zoneOf = (place: CoarsePlace) => table?.zoneOf(placeOf(shipment.from), placeOf(place));
  if (!line.servesDestination(placeOf(to)) || zoneOf(to) !== zoneOf(shipment.to)) {
    return refused('recipient_elsewhere', 'The new address lies in another price zone.');
  }
  return accepted(undefined);
}

function placeOf(place: CoarsePlace) {
  const division =
    place.division === undefined
      ? undefined
      : (divisionOf({ country: place.country, divisionCodes: [place.division] })?.code ??
        divisionOf(place)?.code);
  return {
    country: place.country,
    city: place.city,
    postcode: place.postcode,
    ...(division === undefined ? {} : { divisionCodes: [division] }),
  };
}
