import type { components } from '@postroad/sdk';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import { PARCEL_WORDS } from './words.ts';

export type Order = components['schemas']['Order'];
export type Shipment = components['schemas']['Shipment'];
export type Pickup = components['schemas']['Pickup'];
export type Handover = components['schemas']['Handover'];

const ORDER_TONES: Readonly<Record<Order['state'], Tone>> = {
  open: 'idle',
  booked: 'move',
  shipped: 'move',
  delivered: 'ok',
  returned: 'warn',
  failed: 'bad',
  cancelled: 'idle',
};

const SHIPMENT_TONES: Readonly<Record<Shipment['state'], Tone>> = {
  wait_receive: 'idle',
  picked_up: 'move',
  pickup_failed: 'warn',
  inbound_rejected: 'bad',
  wait_send: 'move',
  outbound_failed: 'bad',
  outbound_ok: 'move',
  sent: 'move',
  in_transit: 'move',
  delivered: 'ok',
  returned: 'warn',
  destroyed: 'bad',
  lost: 'bad',
  cancelled: 'idle',
  closed: 'idle',
};

const PICKUP_TONES: Readonly<Record<Pickup['state'], Tone>> = {
  placed: 'idle',
  assigned: 'move',
  accepted: 'move',
  on_the_way: 'move',
  code_verified: 'move',
  collected: 'ok',
  handed_over: 'ok',
  failed: 'bad',
  cancelled: 'idle',
  refused: 'bad',
};

const HANDOVER_TONES: Readonly<Record<Handover['state'], Tone>> = {
  draft: 'idle',
  committed: 'move',
  awaiting_pickup: 'move',
  pickup: 'move',
  pickup_failed: 'warn',
  arrived: 'move',
  signed_normal: 'ok',
  signed_abnormal: 'warn',
  canceled: 'idle',
};

export const ORDER_STATES = Object.keys(ORDER_TONES) as readonly Order['state'][];
export const SHIPMENT_STATES = Object.keys(SHIPMENT_TONES) as readonly Shipment['state'][];
export const HANDOVER_STATES = Object.keys(HANDOVER_TONES) as readonly Handover['state'][];

export function OrderState({ of }: { readonly of: Order['state'] }) {
  const t = useWords(PARCEL_WORDS);
  return <Status tone={ORDER_TONES[of]}>{t(`order.state.${of}`)}</Status>;
}

export function ShipmentState({ of }: { readonly of: Shipment['state'] }) {
  const t = useWords(PARCEL_WORDS);
  return <Status tone={SHIPMENT_TONES[of]}>{t(`shipment.state.${of}`)}</Status>;
}

/** A state of a shipment as an order carries it: a word that we may not know yet is shown as it is. */
export function ShipmentStateWord({ of }: { readonly of: string }) {
  const known = SHIPMENT_STATES.find((state) => state === of);
  return known === undefined ? <span className="text-soft">{of}</span> : <ShipmentState of={known} />;
}

export function PickupState({ of }: { readonly of: Pickup['state'] }) {
  const t = useWords(PARCEL_WORDS);
  return <Status tone={PICKUP_TONES[of]}>{t(`pickup.state.${of}`)}</Status>;
}

export function HandoverState({ of }: { readonly of: Handover['state'] }) {
  const t = useWords(PARCEL_WORDS);
  return <Status tone={HANDOVER_TONES[of]}>{t(`handover.state.${of}`)}</Status>;
}
