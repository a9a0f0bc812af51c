import { findCarrier, isRecognised, SHIPPED_SOURCES, type TrackingSource } from '../carriers/index.ts';
import type { CountryCode, Instant } from '../kernel/index.ts';
import { isNative } from './directory.policy.ts';
import { OWN_SOURCE, type SourceKind } from './model.ts';
import type { CodeTableName } from './source-codes.policy.ts';

/**
 * Who brought a scan. `network`: this program, from its own records. `hands`: a courier or a warehouse clerk.
 * Others: a carrier's feed, a merchant's app, the operator's desk.
 */
export type Reporter =
  | { readonly kind: 'network' }
  | { readonly kind: 'hands' | 'merchant' | 'operator'; readonly organisationId: string }
  | { readonly kind: 'carrier'; readonly organisationId: string; readonly carrierCode: string };

/**
 * Source id of a reporter. A carrier speaks as the source that is registered for it; hands and merchants by their
 * organisation, so that a foreign statement never has the identity of a genuine one.
 */
export function sourceOf(reporter: Reporter): string {
  switch (reporter.kind) {
    case 'network':
      return OWN_SOURCE;
    case 'carrier':
      return reporter.carrierCode;
    case 'merchant':
      return `merchant:${reporter.organisationId}`;
    default:
      return `${OWN_SOURCE}:${reporter.organisationId}`;
  }
}

const KINDS: Readonly<Record<TrackingSource['kind'], SourceKind>> = {
  ONLINE_DELIVERY: 'online_delivery',
  POST: 'post',
  EXPRESS: 'express',
  AGGREGATOR: 'aggregator',
};

/** A merchant only repeats what others did, so it counts as a re-publisher. */
export function sourceKindOf(reporter: Reporter): SourceKind {
  if (reporter.kind === 'merchant') return 'aggregator';
  if (reporter.kind !== 'carrier') return 'online_delivery';
  return KINDS[findCarrier(reporter.carrierCode)?.sourceKind ?? 'AGGREGATOR'];
}

/** The codes that a source writes in. Posts write EMSEVT; whoever works by our API writes our own. */
export function codeTableOf(reporter: Reporter): CodeTableName {
  if (reporter.kind !== 'carrier') return 'native';
  if (reporter.carrierCode === 'cainiao') return 'cainiao';
  return sourceKindOf(reporter) === 'post' ? 'emsevt' : 'native';
}

/** What recognition must know of a parcel; all absent for one without an order. */
export type ParcelParts = {
  readonly organisationId: string | undefined;
  readonly clientPlatformId: string | undefined;
  readonly carrierId: string | undefined;
  readonly warehouseId: string | undefined;
  /** Whose number the parcel has, by which it was registered. */
  readonly number?: string | undefined;
  readonly carrierCode?: string | undefined;
  readonly route?: readonly CountryCode[] | undefined;
  readonly destination?: { readonly country: CountryCode } | undefined;
};

/**
 * Does a scan move the official state of this parcel? Carriers by the sources of the client platform at the time of
 * receipt (domain 3.1), and none of a number that another carrier brings alone; hands only where their organisation has a
 * part in the parcel, or nobody has one yet; merchants never: they gain by what they say. `number`: what was scanned.
 */
export function isTrusted(
  reporter: Reporter,
  parcel: ParcelParts,
  receivedAt: Instant,
  sources: readonly TrackingSource[] = SHIPPED_SOURCES,
  number = parcel.number,
): boolean {
  switch (reporter.kind) {
    case 'network':
    case 'operator':
      return true;
    case 'merchant':
      return false;
    case 'hands':
      return isNobodys(parcel) || audienceOf(parcel).includes(reporter.organisationId);
    case 'carrier':
      if (isAnothersParcel(reporter, parcel, number)) return false;
      return isRecognised(sources, parcel.clientPlatformId ?? 'default', reporter.carrierCode, receivedAt);
  }
}

type ReportingCarrier = Reporter & { readonly kind: 'carrier' };

/**
 * The right key with another carrier's number (promise G8). A carrier that takes orders here moves its own parcels alone.
 * Others do bring what somebody else sent, under his number, but not everything: `isLastMileOf`. Whose a parcel is that
 * nobody ordered, and what leads to it by a number of the reporter's own, is left open.
 */
function isAnothersParcel(
  reporter: ReportingCarrier,
  parcel: ParcelParts,
  number: string | undefined,
): boolean {
  const { carrierId, carrierCode, organisationId } = parcel;
  if (carrierId === reporter.organisationId) return false;
  const isOrdered = organisationId !== undefined && carrierCode !== undefined;
  if (isNative(reporter.carrierCode))
    return carrierId !== undefined || (isOrdered && carrierCode !== reporter.carrierCode);
  if (!isOrdered || carrierCode === reporter.carrierCode || number !== parcel.number) return false;
  return !isLastMileOf(reporter, carrierCode, parcel);
}

/** One house since 2016: what TNT took over FedEx tracks, and the other way round. */
const SISTERS: ReadonlySet<string> = new Set(['fedex', 'tnt']);

/**
 * Whether a carrier elsewhere may bring what has a number of `carrierCode`. Not what a carrier of ours brings from door to
 * door within one country. An express carrier hands over to the post of the country of destination, and to no other
 * express carrier. Aggregators and everybody else repeat or bring what they are given.
 */
function isLastMileOf(
  reporter: ReportingCarrier,
  carrierCode: string,
  { route, destination }: ParcelParts,
): boolean {
  const bringer = findCarrier(reporter.carrierCode);
  if (bringer?.sourceKind !== 'EXPRESS' && bringer?.sourceKind !== 'POST') return true;
  if (isNative(carrierCode)) return route?.length !== 1;
  if (findCarrier(carrierCode)?.sourceKind !== 'EXPRESS') return true;
  if (bringer.sourceKind === 'EXPRESS') return SISTERS.has(bringer.code) && SISTERS.has(carrierCode);
  return destination === undefined || destination.country === bringer.country;
}

const isNobodys = (parcel: ParcelParts) => audienceOf(parcel).length === 0;

/** The organisations that may read a parcel and its events, each once. */
export function audienceOf({
  organisationId,
  clientPlatformId,
  carrierId,
  warehouseId,
}: ParcelParts): string[] {
  const readers: string[] = [];
  addOnce(readers, organisationId);
  addOnce(readers, clientPlatformId);
  addOnce(readers, carrierId);
  addOnce(readers, warehouseId);
  return readers;
}

function addOnce(list: string[], item: string | undefined): void {
  if (item !== undefined && !list.includes(item)) list.push(item);
}
