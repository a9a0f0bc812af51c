import type { Instant } from '../kernel/index.ts';
import { canonicalIdentifier } from './digital-link.policy.ts';
import type { EpcisEvent } from './event.schema.ts';
import { eventHashId, type Namespaces, namespacesIn } from './event-hash.policy.ts';
import type { StoredEvent } from './model.ts';
import { momentOf } from './moment.policy.ts';
import { vocabularyUri } from './vocabulary.policy.ts';

/** A valid event as it is kept: untouched, with its identity, and with canonical names beside it for queries. */
export function storedEventOf(
  event: EpcisEvent,
  outer: Namespaces,
  position: number,
  recordTime: Instant,
): StoredEvent {
  const hashId = eventHashId(event, outer);
  const own = [...strings(event.epcList), ...strings(event.childEPCs)].map(canonicalIdentifier);
  const parentId = textOf(event.parentID);
  const others = [
    ...strings(event.inputEPCList),
    ...strings(event.outputEPCList),
    ...(parentId === undefined ? [] : [parentId]),
  ].map(canonicalIdentifier);
  const { bizStep, disposition } = event;
  return {
    eventId: event.eventID ?? hashId,
    declaresError: event.errorDeclaration !== undefined,
    position,
    hashId,
    type: event.type,
    eventTime: readMoment(event.eventTime),
    recordTime,
    action: textOf(event.action),
    bizStep: bizStep === undefined ? undefined : vocabularyUri('bizStep', bizStep),
    disposition: disposition === undefined ? undefined : vocabularyUri('disposition', disposition),
    readPoint: idOf(event.readPoint),
    bizLocation: idOf(event.bizLocation),
    parentId: parentId === undefined ? undefined : canonicalIdentifier(parentId),
    epcs: [...new Set(own)],
    anyEpcs: [...new Set([...own, ...others])],
    context: Object.fromEntries(namespacesIn(event['@context'], outer)),
    event,
  };
}

/** The schema has let it through. */
function readMoment(time: string): Instant {
  const moment = momentOf(time);
  if (moment === undefined) throw new Error(`${time} is no moment`);
  return moment;
}

function idOf(place: { readonly id: string } | undefined): string | undefined {
  return place === undefined ? undefined : canonicalIdentifier(place.id);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
