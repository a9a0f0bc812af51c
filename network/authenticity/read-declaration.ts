import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findCarrier, findNumberFormat } from '../carriers/index.ts';
import { type ExternalShipment, findShipment, listByNumber, listReplaced } from '../external/index.ts';
import { findOrder, listRecipients, type Order } from '../orders/index.ts';
import { locate } from '../places/index.ts';
import { type NumberReport, type NumberScan, scansOfNumber } from '../tracking/index.ts';
import { findWaybillByNumber } from '../waybills/index.ts';
import type {
  BuyerReport,
  DeclarationFacts,
  FactPlace,
  FactScan,
  NumberCheck,
  NumberPool,
  OtherClaim,
} from './facts.ts';
import type { DeclaredCase } from './ports.ts';

/** Declarations of one number that are compared; more are a crowd whatever they say. */
const MAX_CLAIMS = 200;

/**
 * A declaration with everything that is known of its number: what others declared, what their parcels did, what our own
 * stock says. Read in the network's scope, for the judge alone. Undefined when there is no such declaration.
 */
export async function readDeclaration(
  work: Work,
  externalShipmentId: string,
): Promise<DeclaredCase | undefined> {
  const { db, now } = work;
  const declared = await findShipment(db, externalShipmentId);
  const order = declared === undefined ? undefined : await findOrder(db, declared.orderId);
  if (declared === undefined || order === undefined) return undefined;
  const { carrierCode, number } = declared;
  const tracked = await scansOfNumber(db, carrierCode, number, now);
  const facts: DeclarationFacts = {
    at: now,
    declaration: await declarationOf(db, declared),
    order: {
      placedAt: order.placedAt,
      paidAt: order.paidAt,
      to: placeOf(order.to),
      weightGrams: weightOf(order),
    },
    claims: await claimsBeside(db, declared, order),
    holder: holderOf(declared, tracked),
    pool: await poolOf(db, carrierCode, number),
    numberCheck: checkOf(carrierCode, number),
    scans: (tracked?.scans ?? []).flatMap(scanOf),
    reports:
      tracked === undefined || holderOf(declared, tracked) !== 'own' ? [] : standingReports(tracked.reports),
  };
  return {
    organisationId: declared.organisationId,
    clientPlatformId: declared.clientPlatformId,
    orderId: declared.orderId,
    withdrawnAt: declared.withdrawnAt,
    facts,
  };
}

async function declarationOf(
  db: Queryable,
  declared: ExternalShipment,
): Promise<DeclarationFacts['declaration']> {
  const replaced = (await listReplaced(db, [declared.id])).get(declared.id) ?? [];
  const scannedBefore = replaced.flatMap(({ firstScanAt }) => firstScanAt ?? []).sort();
  return {
    externalShipmentId: declared.id,
    declaredAt: declared.declaredAt,
    numberDeclaredAt: declared.numberDeclaredAt,
    shippedAt: declared.shippedAt,
    carrierCode: declared.carrierCode,
    carrierKind: kindOf(declared.carrierCode),
    number: declared.number,
    serviceName: declared.serviceName,
    shipFrom: declared.shipFromCountry,
    weightGrams: declared.weightGrams,
    ...(declared.sendType === 'part' ? { isPart: true as const } : {}),
    correctedAt: replaced.length === 0 ? undefined : declared.numberDeclaredAt,
    replacedNumberScannedAt: scannedBefore[0],
  };
}

const KINDS = {
  ONLINE_DELIVERY: 'online_delivery',
  POST: 'post',
  EXPRESS: 'express',
  AGGREGATOR: 'aggregator',
} as const;

function kindOf(carrierCode: string): DeclarationFacts['declaration']['carrierKind'] {
  const kind = findCarrier(carrierCode)?.sourceKind;
  return kind === undefined ? undefined : KINDS[kind];
}

/** The middle of a town or postcode; of a country alone it would say too much. */
function placeOf(place: Omit<FactPlace, 'position'>): FactPlace {
  const { country, city, postcode } = place;
  const located = locate({
    country,
    ...(city === undefined ? {} : { city }),
    ...(postcode === undefined ? {} : { postcode }),
  });
  const isSharp =
    located !== undefined && located.precision !== 'country' && located.precision !== 'division';
  return { country, city, postcode, position: isSharp ? located.position : undefined };
}

function weightOf(order: Order): number | undefined {
  if (order.parcels !== undefined)
    return order.parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0);
  return order.goods.reduce((sum, item) => sum + item.quantity * item.unitWeightGrams, 0);
}

/** A recipient has one reference within a merchant's vault; between merchants nobody knows. */
async function claimsBeside(db: Queryable, declared: ExternalShipment, order: Order): Promise<OtherClaim[]> {
  const all = await listByNumber(db, declared.carrierCode, declared.number);
  const others = all.filter(({ id }) => id !== declared.id).slice(0, MAX_CLAIMS);
  if (others.length === 0) return [];
  const recipients = await listRecipients(
    db,
    others.map(({ orderId }) => orderId),
  );
  return others.map((other): OtherClaim => {
    const buyerKey = recipients.get(other.orderId) ?? other.orderId;
    return {
      externalShipmentId: other.id,
      organisationId: other.organisationId,
      sameBuyer: other.organisationId === declared.organisationId && buyerKey === order.recipientRef,
      buyerKey,
      declaredAt: other.numberDeclaredAt,
      withdrawnAt: other.withdrawnAt,
    };
  });
}

function holderOf(
  declared: ExternalShipment,
  tracked: { readonly organisationId: string | undefined } | undefined,
): DeclarationFacts['holder'] {
  if (tracked?.organisationId === undefined) return 'nobody';
  return tracked.organisationId === declared.organisationId ? 'own' : 'other';
}

async function poolOf(db: Queryable, carrierCode: string, number: string): Promise<NumberPool> {
  const waybill = await findWaybillByNumber(db, carrierCode, number);
  if (waybill !== undefined)
    return waybill.status === 'cancelled' || waybill.status === 'expired' ? 'cancelled' : 'in_use';
  const carrier = findCarrier(carrierCode);
  const isOurs = carrier?.orderIntake === 'native' && findNumberFormat(carrier, number) !== undefined;
  return isOurs ? 'unused' : 'not_ours';
}

function checkOf(carrierCode: string, number: string): NumberCheck {
  const carrier = findCarrier(carrierCode);
  if (carrier === undefined || carrier.numberFormats.length === 0) return 'no_format';
  return findNumberFormat(carrier, number) === undefined ? 'fails' : 'holds';
}

/**
 * The buyer's words that nobody but the merchant himself has answered: what his marketplace, a carrier or the network
 * answered and closed is settled.
 */
function standingReports(reports: readonly NumberReport[]): BuyerReport[] {
  return reports
    .filter(({ state, answeredByKind }) => state !== 'closed' || answeredByKind === 'merchant')
    .map(({ kind, reportedAt }) => ({ kind, reportedAt }));
}

/** What this program itself noted about a declaration is no evidence for it. */
function scanOf({ place, position, zoneConfidence, quarantined, ...told }: NumberScan): FactScan[] {
  if (told.milestone === 'dispatch_declared' && told.source === 'postroad') return [];
  const held = quarantined ? { quarantined } : {};
  const fact = { ...told, ...held, zoneKnown: zoneConfidence !== 'unknown' };
  if (place === undefined) return [fact];
  const { country, city, postcode } = place;
  return [{ ...fact, place: { country, city, postcode, position } }];
}
