import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Catalogue, type Outcome, type PartyRef, refused } from '../kernel/index.ts';
import { type ChargeId, chargeNow, refundCharge } from '../ledger/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import { type PartyInput, readParty } from '../places/index.ts';
import {
  activateWaybill,
  confirmInterception,
  endInterception,
  requestInterception,
  updateWaybill,
  type WaybillPorts,
} from '../waybills/index.ts';
import { lineOf } from './freight.ts';
import {
  checkInterceptable,
  checkNewPlace,
  decideInterception,
  type InterceptionCommand,
  type InterceptionKind,
  interceptionFee,
  isBeforeDeparture,
  isUnscanned,
  RESULT_OF,
} from './interception.policy.ts';
import {
  InterceptionAccepted,
  InterceptionEnded,
  InterceptionRequested,
  ShipmentRecipientChanged,
} from './interception-events.ts';
import {
  findInterception,
  type Interception,
  insertInterception,
  lockInterception,
  saveInterception,
} from './interception-store.ts';
import type { CoarsePlace, Shipment } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { audienceOf, emitShipmentEvent, takeStep } from './step.ts';
import { lockShipment, saveShipment } from './store.ts';

export type InterceptionPorts = Pick<ShipmentPorts, 'vault' | 'freight'> & {
  readonly lines: LineCatalogue;
  readonly rules: WaybillPorts['rules'];
};

export const INTERCEPTION_ERRORS = {
  not_interceptable: {
    status: 409,
    title: 'There is nothing to intercept',
    advice: 'Before the first scan cancel it or change its recipient; after its end open a return.',
  },
  interception_open: {
    status: 409,
    title: 'Another interception is open for this shipment',
    advice: 'Wait for its end, or cancel it first.',
  },
  interception_state_conflict: {
    status: 409,
    title: 'The interception is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  recipient_elsewhere: {
    status: 422,
    title: 'The new address is too far from what was paid',
    advice: 'Choose an address of the same country and price zone, or ask the parcel back and send it anew.',
  },
  recipient_fixed: {
    status: 409,
    title: 'The recipient cannot be changed like this any more',
    advice: 'Request an interception of kind address_change.',
  },
} as const satisfies Catalogue;

export type InterceptionRequest = {
  readonly kind: InterceptionKind;
  readonly reason?: string | undefined;
  readonly recipient?: PartyInput | undefined;
};

/** Asks the carrier to stop every parcel of a shipment. The fee is fixed now and charged when the carrier accepts. */
export async function askInterception(
  work: Work,
  owner: string,
  caller: Principal,
  shipmentId: string,
  request: InterceptionRequest,
  ports: InterceptionPorts,
): Promise<Outcome<Interception>> {
  const shipment = await lockShipment(work.db, owner, shipmentId);
  if (shipment === undefined) return refused('not_found', '');
  const possible = checkInterceptable(shipment.state);
  if (!possible.ok) return possible;
  const target =
    request.recipient === undefined
      ? accepted(undefined)
      : await storeRecipient(work, shipment, request.recipient, ports);
  if (!target.ok) return target;
  const interception: Interception = {
    id: work.newId('icp'),
    organisationId: shipment.organisationId,
    shipmentId: shipment.id,
    numbers: shipment.parcels.map((parcel) => parcel.number),
    carrierId: shipment.carrierId,
    kind: request.kind,
    state: 'requested',
    reason: request.reason,
    recipientRef: target.value?.ref,
    to: target.value?.to,
    fee: interceptionFee(request.kind, shipment.quoted.total),
    chargeId: undefined,
    version: 1,
    requestedAt: work.now,
    changedAt: work.now,
  };
  if (!(await insertInterception(work.db, interception, caller.id))) return refused('interception_open', '');
  const stopped = await onWaybills(shipment, async (id) => {
    // The first scan may have come by another door than the waybill's own.
    const active = await activateWaybill(work, id);
    return active.ok ? requestInterception(work, id) : active;
  });
  if (!stopped.ok) return stopped;
  tell(work, shipment, interception, InterceptionRequested.name, { fee: interception.fee });
  return accepted(interception);
}

/** The carrier's answers, and the merchant's second thoughts. */
export async function moveInterception(
  work: Work,
  owner: string,
  caller: Principal,
  command: {
    readonly interceptionId: string;
    readonly answer: InterceptionCommand;
    readonly reason?: string | undefined;
  },
  ports: InterceptionPorts,
): Promise<Outcome<Interception>> {
  // The shipment first, as everywhere: two ways of locking would wait for each other.
  const seen = await lockShipmentOf(work, owner, command.interceptionId);
  if (seen === undefined) return refused('not_found', '');
  const { shipment, interception } = seen;
  const decision = decideInterception(interception.state, command.answer);
  if (!decision.ok) return decision;
  if (!decision.value.changed) return accepted(interception);
  const moved: Interception = {
    ...interception,
    state: decision.value.to,
    reason: command.reason ?? interception.reason,
    version: interception.version + 1,
    changedAt: work.now,
  };
  if (moved.state === 'accepted') return accept(work, shipment, moved);
  await saveInterception(work.db, moved);
  const ended =
    moved.state === 'done'
      ? await finish(work, caller, shipment, moved, ports)
      : await giveUp(work, shipment, moved);
  if (!ended.ok) return ended;
  tell(work, shipment, moved, InterceptionEnded.name, {
    result: RESULT_OF[moved.state],
    departed: !isBeforeDeparture(shipment.state),
  });
  return accepted(moved);
}

async function lockShipmentOf(work: Work, owner: string, id: string) {
  const found = await findInterception(work.db, id);
  const shipment = found === undefined ? undefined : await lockShipment(work.db, owner, found.shipmentId);
  const interception = await lockInterception(work.db, owner, id);
  return interception === undefined || shipment === undefined ? undefined : { interception, shipment };
}

async function accept(
  work: Work,
  shipment: Shipment,
  interception: Interception,
): Promise<Outcome<Interception>> {
  let chargeId: string | undefined;
  if (interception.fee.amountMinor > 0) {
    const charge = await chargeNow(work, {
      organisationId: shipment.organisationId,
      reference: { kind: 'interception', id: interception.id },
      payers: [{ organisationId: shipment.organisationId, role: 'merchant', shareBasisPoints: 10_000 }],
      charges: [
        {
          type: interception.kind === 'return' ? 'interception' : 'address_change',
          amount: interception.fee,
        },
      ],
      evidence: `interception:${interception.id}`,
      whenShort: 'refuse',
    });
    if (!charge.ok) return charge;
    chargeId = charge.value.chargeId;
  }
  const charged = { ...interception, chargeId };
  await saveInterception(work.db, charged);
  tell(work, shipment, charged, InterceptionAccepted.name, { fee: charged.fee });
  return accepted(charged);
}

/** Done: the parcel is stopped, or goes to its new address. After departure the carrier's own scans tell the way back. */
async function finish(
  work: Work,
  caller: Principal,
  shipment: Shipment,
  interception: Interception,
  ports: InterceptionPorts,
): Promise<Outcome<unknown>> {
  if (interception.kind === 'return') {
    const stopped = await onWaybills(shipment, (id) => confirmInterception(work, id));
    if (!stopped.ok || !isBeforeDeparture(shipment.state)) return stopped;
    return takeStep(
      work,
      shipment.organisationId,
      caller,
      { kind: 'return_before_departure' },
      { shipmentId: shipment.id, reason: 'intercepted' },
      ports.freight,
    );
  }
  const released = await onWaybills(shipment, (id) => endInterception(work, id));
  if (!released.ok) return released;
  if (interception.recipientRef === undefined || interception.to === undefined)
    throw new Error(`${interception.id} changes an address without having one`);
  return redirect(
    work,
    caller,
    shipment,
    { ref: interception.recipientRef, to: interception.to },
    'address_change',
  );
}

/** Refused, failed or called off: the parcel goes on. What was charged for a stop that failed is given back. */
async function giveUp(work: Work, shipment: Shipment, interception: Interception): Promise<Outcome<unknown>> {
  const released = await onWaybills(shipment, (id) => endInterception(work, id));
  if (!released.ok || interception.chargeId === undefined || interception.state === 'cancelled')
    return released;
  return refundCharge(work, {
    organisationId: shipment.organisationId,
    chargeId: interception.chargeId as ChargeId,
    reason: { kind: 'interception_failed', id: interception.id },
  });
}

async function onWaybills(
  shipment: Shipment,
  act: (waybillId: string) => Promise<Outcome<unknown>>,
): Promise<Outcome<undefined>> {
  for (const parcel of shipment.parcels) {
    const outcome = await act(parcel.waybillId);
    if (!outcome.ok) return outcome;
  }
  return accepted(undefined);
}

/** Another recipient before the first scan: the waybills follow, and a new label has to be printed. */
export async function changeRecipient(
  work: Work,
  owner: string,
  caller: Principal,
  shipmentId: string,
  recipient: PartyInput,
  ports: InterceptionPorts,
): Promise<Outcome<Shipment>> {
  const shipment = await lockShipment(work.db, owner, shipmentId);
  if (shipment === undefined) return refused('not_found', '');
  if (!isUnscanned(shipment.state)) return refused('recipient_fixed', `The shipment is ${shipment.state}.`);
  const target = await storeRecipient(work, shipment, recipient, ports);
  if (!target.ok) return target;
  const { ref, to } = target.value;
  const updated = await onWaybills(shipment, (id) =>
    updateWaybill(work, ports.rules, id, { recipientRef: ref, to }),
  );
  if (!updated.ok) return updated;
  const changed = await redirect(work, caller, shipment, target.value, 'change_recipient');
  if (!changed.ok) return changed;
  emitShipmentEvent(work, changed.value, ShipmentRecipientChanged.name, {
    shipmentId: shipment.id,
    organisationId: shipment.organisationId,
    carrierId: shipment.carrierId,
    to,
    occurredAt: work.now,
  });
  return changed;
}

type Target = { readonly ref: PartyRef; readonly to: CoarsePlace };

async function storeRecipient(
  work: Work,
  shipment: Shipment,
  input: PartyInput,
  ports: InterceptionPorts,
): Promise<Outcome<Target>> {
  const party = readParty(input, '/recipient');
  if (!party.ok) return party;
  const { position: _position, ...address } = party.value.address;
  const to: CoarsePlace = {
    country: address.country,
    division: address.divisionCodes?.[0] ?? address.division,
    city: address.city,
    postcode: address.postcode,
  };
  const history = await ports.lines.history(work.db, { codes: [shipment.lineCode] });
  const line = lineOf(history, shipment);
  if (line === undefined)
    throw new Error(`the line ${shipment.lineCode} of ${shipment.id} is not in the catalogue`);
  const fits = checkNewPlace(shipment, to, line);
  if (!fits.ok) return fits;
  const ref = await ports.vault.storeParty(work, {
    organisationId: shipment.organisationId,
    party: { ...party.value, address },
  });
  return accepted({ ref, to });
}

async function redirect(
  work: Work,
  caller: Principal,
  before: Shipment,
  target: Target,
  step: string,
): Promise<Outcome<Shipment>> {
  const shipment: Shipment = {
    ...before,
    recipientRef: target.ref,
    to: target.to,
    version: before.version + 1,
    changedAt: work.now,
  };
  await saveShipment(work.db, shipment, {
    step,
    reason: undefined,
    evidence: { recipient: target.ref },
    byCaller: caller.id,
    occurredAt: work.now,
  });
  return accepted(shipment);
}

function tell(work: Work, shipment: Shipment, interception: Interception, type: string, more: object): void {
  work.emit({
    type,
    group: { organisationId: shipment.organisationId },
    subjectId: interception.id,
    subjectSequence: interception.version,
    audience: audienceOf(shipment),
    payload: {
      interceptionId: interception.id,
      shipmentId: shipment.id,
      organisationId: shipment.organisationId,
      clientPlatformId: shipment.clientPlatformId,
      carrierId: shipment.carrierId,
      parcels: shipment.parcels.map((parcel) => ({
        parcelId: parcel.id,
        waybillId: parcel.waybillId,
        number: parcel.number,
        index: parcel.index,
      })),
      kind: interception.kind,
      to: interception.to,
      occurredAt: work.now,
      ...more,
    },
  });
}
