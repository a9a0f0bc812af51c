import type { components } from '@postroad/sdk';
import { plainPickUpCode, type Scheme } from './codes.ts';

type DeviceLease = components['schemas']['DeviceLease'];

/** So many wrong codes are tried at one parcel, here as at the server. */
export const TRIES = 5;

/** What this device may hand out without a network, and until when; without any code in clear. */
export type HeldLease = {
  readonly pointId: string;
  readonly until: string;
  readonly scheme: Scheme;
  readonly salt: string;
  readonly iterations: number;
  /** Hash of the code by the parcel's id. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Wrong codes that were tried here, by the parcel's id. */
  readonly tries: Readonly<Record<string, number>>;
};

/**
 * A lease as the device keeps it, with the wrong codes that the server has counted. `before`: the one whose tries the server
 * has not heard of; they go on, a new lease allows no new ones.
 */
export function leaseOf(
  pointId: string,
  scheme: Scheme,
  answer: DeviceLease,
  before: HeldLease | undefined,
): HeldLease {
  const { until, code_check, parcels } = answer;
  return {
    pointId,
    until,
    scheme,
    salt: code_check.salt,
    iterations: code_check.iterations,
    hashes: Object.fromEntries(parcels.map(({ id, code_hash }) => [id, code_hash])),
    tries: Object.fromEntries(
      parcels.map(({ id, wrong_tries }) => [id, Math.max(wrong_tries, before?.tries[id] ?? 0)]),
    ),
  };
}

export function holds(lease: HeldLease | undefined, parcelId: string, now: number): boolean {
  return lease !== undefined && lease.hashes[parcelId] !== undefined && Date.parse(lease.until) > now;
}

/** Why the device itself hands nothing out. */
export type DeviceRefusal = 'not_leased' | 'lease_over' | 'locked' | 'code_wrong' | 'way_needs_network';

/** May a parcel be handed out without asking the server? `hash` is that of the code that was said. */
export function judge(
  lease: HeldLease | undefined,
  asked: {
    readonly parcelId: string;
    readonly way: 'code' | 'locker' | 'friend' | 'identity';
    readonly hash: string | undefined;
    readonly isSupervisor: boolean;
    readonly now: number;
  },
): 'open' | DeviceRefusal {
  const { parcelId, way, hash, isSupervisor, now } = asked;
  const right = lease?.hashes[parcelId];
  if (lease === undefined || right === undefined) return 'not_leased';
  if (Date.parse(lease.until) <= now) return 'lease_over';
  // The token of a friend is known to the server alone; a document is looked at by a supervisor.
  if (way === 'friend' || (way === 'identity' && !isSupervisor)) return 'way_needs_network';
  if (way === 'identity') return 'open';
  if ((lease.tries[parcelId] ?? 0) >= TRIES) return 'locked';
  return hash === right ? 'open' : 'code_wrong';
}

export function triedOnce(lease: HeldLease, parcelId: string): HeldLease {
  return { ...lease, tries: { ...lease.tries, [parcelId]: (lease.tries[parcelId] ?? 0) + 1 } };
}

export function unlocked(lease: HeldLease, parcelId: string): HeldLease {
  const { [parcelId]: _tried, ...tries } = lease.tries;
  return { ...lease, tries };
}

/** The parcel that a code opens, of those that the device holds: codes are unique among the waiting ones. */
export function parcelOfHash(lease: HeldLease, hash: string): string | undefined {
  return Object.entries(lease.hashes).find(([, one]) => one === hash)?.[0];
}

/** The slow hash of a code, as the server made those of the lease: PBKDF2 with SHA-256, 32 bytes, base64. */
export async function hashOf(
  lease: Pick<HeldLease, 'scheme' | 'salt' | 'iterations'>,
  said: string,
): Promise<string> {
  const plain = new TextEncoder().encode(plainPickUpCode(lease.scheme, said));
  const key = await crypto.subtle.importKey('raw', plain, 'PBKDF2', false, ['deriveBits']);
  const salt = Uint8Array.from(atob(lease.salt), (one) => one.charCodeAt(0));
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: lease.iterations },
    key,
    256,
  );
  return btoa(String.fromCharCode(...new Uint8Array(bits)));
}
