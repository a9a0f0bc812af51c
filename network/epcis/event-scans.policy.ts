import { instantFromMs, msOf } from '../kernel/index.ts';
import type { ContainmentReport } from '../tracking/index.ts';
import type { StoredEvent } from './model.ts';
import { bareWordOf } from './vocabulary.policy.ts';

/** Namespace of our own fields and identifiers in EPCIS events (an experimental URN: RFC 3406 knows `x-`). */
export const OWN_NAMESPACE = 'urn:x-postroad:';
const OWN_NUMBER = `${OWN_NAMESPACE}number:`;

/** A tracking number as an EPC: an SSCC by its key, any other as a URN of ours. */
export function epcOfNumber(number: string): string {
  return /^\d{18}$/.test(number)
    ? `https://id.gs1.org/00/${number}`
    : `${OWN_NUMBER}${encodeURIComponent(number)}`;
}

/** The tracking number that a canonical EPC stands for; undefined for goods, places and other things. */
export function numberOfEpc(epc: string): string | undefined {
  const sscc = /^https:\/\/id\.gs1\.org\/00\/(\d{18})$/.exec(epc)?.[1];
  if (sscc !== undefined) return sscc;
  if (!epc.startsWith(OWN_NUMBER)) return undefined;
  try {
    return decodeURIComponent(epc.slice(OWN_NUMBER.length));
  } catch {
    return undefined;
  }
}

/** A scan as the intake takes it from the wire. */
export type WireScan = {
  readonly number: string;
  readonly code: string;
  readonly occurred_at: string;
  readonly text?: string;
};

/**
 * What an event says about parcels: one scan for each tracking number in it. The code is our own milestone where the
 * event carries it, else `epcis:{bizStep}:{disposition}`, which the intake's table reads. No scan comes of an event
 * that names neither, of a declaration of error, or of words that are not of the vocabulary.
 */
export function scansOfEvent(stored: StoredEvent): readonly WireScan[] {
  if (stored.declaresError) return [];
  const code = milestoneIn(stored) ?? standardCode(stored);
  if (code === undefined) return [];
  const place = stored.readPoint ?? stored.bizLocation;
  const numbers = stored.anyEpcs.flatMap((epc) => numberOfEpc(epc) ?? []);
  return numbers.map((number) => ({
    number,
    code,
    occurred_at: localTimeOf(stored),
    ...(place === undefined ? {} : { text: place.slice(0, 500) }),
  }));
}

/**
 * What an aggregation says about a container and what is inside: packed, unpacked, or everything unpacked (a DELETE
 * without children). Undefined when parent or children have no tracking number, or nothing changed.
 */
export function containmentOfEvent(stored: StoredEvent): ContainmentReport | undefined {
  const { type, action, declaresError, parentId, event } = stored;
  if (declaresError || type !== 'AggregationEvent' || (action !== 'ADD' && action !== 'DELETE'))
    return undefined;
  const number = parentId === undefined ? undefined : numberOfEpc(parentId);
  if (number === undefined) return undefined;
  const container = { number, kind: 'receptacle' } as const;
  const occurredAt = stored.eventTime;
  const isAll = event.childEPCs === undefined && event.childQuantityList === undefined;
  if (isAll) return { container, action: 'unpack', occurredAt };
  const contents = stored.epcs.flatMap((epc) => {
    const child = numberOfEpc(epc);
    return child === undefined ? [] : [{ number: child }];
  });
  if (contents.length === 0) return undefined;
  return { container, action: action === 'ADD' ? 'pack' : 'unpack', occurredAt, contents };
}

function standardCode({ bizStep, disposition }: StoredEvent): string | undefined {
  const step = bizStep === undefined ? '' : bareWordOf('bizStep', bizStep);
  const state = disposition === undefined ? '' : bareWordOf('disposition', disposition);
  if (step === undefined || state === undefined || step + state === '') return undefined;
  return `epcis:${step}:${state}`;
}

/** `postroad:milestone` under whatever prefix the document gives our namespace. */
function milestoneIn({ context, event }: StoredEvent): string | undefined {
  for (const [prefix, namespace] of Object.entries(context)) {
    const value = namespace === OWN_NAMESPACE ? event[`${prefix}:milestone`] : undefined;
    if (typeof value === 'string' && /^[a-z_.]{1,64}$/.test(value)) return value;
  }
  return undefined;
}

/** The moment with the offset of the place where it happened, which the event states beside it. */
function localTimeOf({ event, eventTime }: StoredEvent): string {
  const offset = String(event.eventTimeZoneOffset);
  const minutes = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  const local = instantFromMs(msOf(eventTime) + minutes * 60_000);
  return `${local.slice(0, 23)}${offset}`;
}
