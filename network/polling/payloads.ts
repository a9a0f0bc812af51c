import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type KeyRing, open, seal } from '../../platform/crypto/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type Instant, type OrganisationId } from '../kernel/index.ts';
import type { CarrierReading, LineResult, Reporter } from '../tracking/index.ts';
import {
  type CarrierPayload,
  insertPayload,
  insertPointers,
  type PayloadWay,
  type ScanPointer,
  type SealedPayload,
  touchPayload,
} from './payload-store.ts';
import type { SealedFields } from './secrets.ts';

/** How long what a carrier wrote is kept. Our default: longer than a claim about a parcel stays open. */
export const RETENTION_DAYS = 90;
/** Payloads of one organisation that nobody could read; our default. */
const MAX_UNREADABLE = 1_000;
/** Nothing longer was ever read (connectors: 8 MB). */
const MAX_BYTES = 8 * 1024 * 1024;

export type CamePayload = {
  readonly format: string;
  readonly way: PayloadWay;
  readonly payload: Uint8Array;
  readonly contentType: string;
  readonly reporter: Reporter;
  readonly reading: CarrierReading;
  /** Of its scans, in the order of the reading; empty when none was taken in. */
  readonly results: readonly LineResult[];
};

/**
 * Keeps what a carrier wrote, once by its digest, and where in it each scan stands. In a transaction of its own behind
 * that of the scans: if it fails, the caller has no answer and comes again, and then scans are duplicates.
 */
export async function keepPayload(
  world: World,
  keys: KeyRing,
  organisationId: OrganisationId,
  came: CamePayload,
): Promise<void> {
  if (came.payload.length === 0 || came.payload.length > MAX_BYTES) return;
  const { sha256 } = came.reading.payload;
  await world.command({ organisationId }, async ({ db, now, newId }) => {
    const known = await touchPayload(db, organisationId, came.format, sha256, now);
    const id =
      known ??
      (await insertPayload(db, sealedNew(keys, organisationId, came, newId('cpl'), now), MAX_UNREADABLE));
    if (id !== undefined) await insertPointers(db, organisationId, id, pointersOf(came));
    return accepted(undefined);
  });
}

function sealedNew(
  keys: KeyRing,
  organisationId: OrganisationId,
  came: CamePayload,
  id: CarrierPayload['id'],
  now: Instant,
) {
  const fault = faultOf(came.reading);
  return {
    id,
    organisationId,
    format: came.format,
    sha256: came.reading.payload.sha256,
    way: came.way,
    contentType: came.contentType.slice(0, 200),
    sizeBytes: came.payload.length,
    reporter: came.reporter,
    state: fault === undefined ? ('read' as const) : ('unreadable' as const),
    fault,
    receivedAt: now,
    sealed: sealBytes(keys, organisationId, id, came.payload),
  };
}

/** Why none of it could be read: `payload_unexpected: ...`; undefined when some could. */
export function faultOf({ errors }: CarrierReading): string | undefined {
  const error = errors.find(({ name }) => name.startsWith('payload_'));
  return error === undefined ? undefined : `${error.name}: ${error.message}`.slice(0, 300);
}

export function pointersOf({ reading, results }: Pick<CamePayload, 'reading' | 'results'>): ScanPointer[] {
  const scans = reading.parcels.flatMap((parcel) => parcel.scans);
  const found = results.flatMap(({ index, scanId }): [string, string][] => {
    const pointer = scans[index]?.pointer;
    return scanId === undefined || pointer === undefined ? [] : [[scanId, pointer.slice(0, 500)]];
  });
  // A payload may hold the same scan twice: the first is where it stands.
  return [...new Map(found.toReversed())].map(([scanId, pointer]) => ({ scanId, pointer }));
}

const bindingOf = (organisationId: string, id: string) => ['carrier_payload', organisationId, id];

function sealBytes(keys: KeyRing, organisationId: string, id: string, bytes: Uint8Array): SealedFields {
  const binding = bindingOf(organisationId, id);
  const dataKey = keys.generateDataKey(binding);
  return { sealed: seal(dataKey.plain, zstdCompressSync(bytes), binding), wrappedKey: dataKey.wrapped };
}

/** The bytes as they came. Throws SealError when the row was altered or the key is another. */
export function openPayload(keys: KeyRing, { payload, sealed }: SealedPayload): Uint8Array {
  const binding = bindingOf(payload.organisationId, payload.id);
  const bytes = open(keys.unwrap(sealed.wrappedKey, binding), sealed.sealed, binding);
  return zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES });
}
