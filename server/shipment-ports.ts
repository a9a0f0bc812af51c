import { accepted } from '../network/kernel/index.ts';
import { type LEDGER_ERRORS, listRatesInForce } from '../network/ledger/index.ts';
import type { ExchangeRate, LineCatalogue } from '../network/lines/index.ts';
import {
  createFreightEffects,
  type ParcelsToNumber,
  type ShipmentParcel,
  type ShipmentPorts,
} from '../network/shipments/index.ts';
import type { Vault } from '../network/vault/index.ts';
import {
  firstLabels,
  issueWaybills,
  resolveAreas,
  type WAYBILL_ERRORS,
  type WaybillPorts,
  type WaybillRequest,
} from '../network/waybills/index.ts';
import type { Queryable } from '../platform/db/index.ts';
import { newId } from '../platform/world/index.ts';

/** What holding the freight and issuing the numbers of a purchase may be refused with. */
const PURCHASE_REFUSALS: readonly (keyof typeof LEDGER_ERRORS | keyof typeof WAYBILL_ERRORS)[] = [
  'insufficient_funds',
  'wallet_missing',
  'payer_in_arrears',
  'currency_mismatch',
  'payer_split_invalid',
  'hold_reused',
  'no_number_segment',
  'stock_exhausted',
  'issuing_fenced',
  'label_unavailable',
];

/** Joins shipments to the rooms that give it numbers, vault and money. */
export function createShipmentPorts(
  lines: LineCatalogue,
  vault: Vault,
  waybills: WaybillPorts,
): ShipmentPorts {
  return {
    vault,
    freight: createFreightEffects(lines),
    lines,
    purchaseRefusals: PURCHASE_REFUSALS,
    prepareNumbers: async (world, caller, bought) => {
      if (bought === undefined) return accepted(undefined);
      const { offer, request } = bought;
      return waybills
        .issuerOf(world)
        .ensure(caller.organisationId, offer.carrierCode, request.parcels.length);
    },
    routeTo: async ({ db, now }, carrierCode, to) => {
      const [route] = await resolveAreas(db, waybills.rules, carrierCode, [to], now);
      if (route === undefined) throw new Error('one area was resolved to nothing');
      return route;
    },
    drawLabel: (world, command, now, contentsOf, options) =>
      firstLabels.draw(
        world,
        waybills,
        {
          organisationId: command.organisationId,
          requests: requestsOf(command, () => newId('pcl')),
          route: command.route,
          now,
          contentsOf,
        },
        options,
      ),
    recordLabel: firstLabels.record,
    readLabel: (world, organisationId, labelId) => firstLabels.read(world, waybills, organisationId, labelId),
    issueParcels: async (work, world, command, print) => {
      const parcelIds = print?.requests.map((request) => request.parcelRef);
      const requests = requestsOf(command, (index) => parcelIds?.[index] ?? work.newId('pcl'));
      const context = { issuer: waybills.issuerOf(world), rules: waybills.rules, vault };
      const fresh = { routes: requests.map(() => command.route), onLabels: print?.reserved };
      const outcomes = await issueWaybills(work, context, command.organisationId, requests, fresh);
      const parcels: ShipmentParcel[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        if (!outcome.ok) return outcome;
        const asked = command.parcels[index];
        parcels.push({
          id: requests[index]?.parcelRef as ShipmentParcel['id'],
          index: index + 1,
          waybillId: outcome.value.id,
          number: outcome.value.number,
          weightGrams: asked?.weightGrams ?? 0,
          size: asked?.size,
          measured: undefined,
        });
      }
      return accepted(parcels);
    },
  };
}

function requestsOf(command: ParcelsToNumber, parcelId: (index: number) => string): WaybillRequest[] {
  return command.parcels.map((parcel, index) =>
    waybillRequest(command, index, parcelId(index), parcel.weightGrams),
  );
}

/** The first piece is the parent; the others hang on it. */
function waybillRequest(
  command: ParcelsToNumber,
  index: number,
  parcelId: string,
  weightGrams: number,
): WaybillRequest {
  const { shipmentId, parcels } = command;
  return {
    objectId: `${shipmentId}.${index + 1}`,
    carrierCode: command.carrierCode,
    parentObjectId: index === 0 ? undefined : `${shipmentId}.1`,
    pieceIndex: index + 1,
    pieceCount: parcels.length,
    orderRefs: [command.orderRef],
    shipmentRef: shipmentId,
    parcelRef: parcelId,
    senderRef: command.senderRef,
    recipientRef: command.recipientRef,
    from: command.from,
    to: command.to,
    productCode: command.lineCode,
    weightGrams,
  };
}

/** Rates that the operator entered, for comparing prices and judging amounts. */
export async function comparisonRates(
  db: Queryable,
  at: Parameters<typeof listRatesInForce>[1],
): Promise<readonly ExchangeRate[]> {
  const rates = await listRatesInForce(db, at);
  return rates.map((rate) => ({
    from: rate.from,
    to: rate.to,
    numerator: rate.rateE8,
    denominator: 100_000_000,
    at: rate.validFrom,
  }));
}
