import type { Work } from '../../platform/world/index.ts';
import { chunksOf } from './difference.policy.ts';
import type { Bag, Handover } from './model.ts';
import { PARCELS_PER_UPDATE } from './model.ts';

type Subject = Bag | Handover;

function partiesOf({ organisationId, clientPlatformId, carrierId, warehouseId }: Subject) {
  return { organisationId, clientPlatformId, carrierId, warehouseId };
}

function headOf(subject: Subject): object {
  const parties = partiesOf(subject);
  if ('kind' in subject) {
    const { id, number, kind, parcelCount } = subject;
    return { handoverId: id, number, kind, parcelCount, ...parties };
  }
  return { bagId: subject.id, code: subject.code, parcelCount: subject.parcelCount, ...parties };
}

/** Tells one event more of a bag or handover: its version grows with each, so that consumers can order. */
export function tell<T extends Subject>(
  work: Work,
  subject: T,
  event: { readonly name: string },
  more: object = {},
): T {
  const told = { ...subject, version: subject.version + 1 };
  const audience = Object.values(partiesOf(subject)).filter((id) => id !== undefined);
  work.emit({
    type: event.name,
    group: { organisationId: subject.organisationId },
    subjectId: subject.id,
    subjectSequence: told.version,
    audience: [...new Set(audience)],
    payload: { ...headOf(subject), ...more },
  });
  return told;
}

/** A long list in several events of at most 200 entries. */
export function tellInParts<T extends Subject, Item>(
  work: Work,
  subject: T,
  event: { readonly name: string },
  list: readonly Item[],
  moreOf: (chunk: readonly Item[]) => object,
): T {
  const chunks = chunksOf(list, PARCELS_PER_UPDATE);
  return chunks.reduce<T>(
    (told, chunk, index) =>
      tell(work, told, event, { ...moreOf(chunk), part: index + 1, parts: chunks.length }),
    subject,
  );
}

/** A long list in several events of at most 200 entries, each of which stands for itself. */
export function tellEach<T extends Subject, Item>(
  work: Work,
  subject: T,
  event: { readonly name: string },
  list: readonly Item[],
  moreOf: (chunk: readonly Item[]) => object,
): T {
  const chunks = chunksOf(list, PARCELS_PER_UPDATE);
  return chunks.reduce<T>((told, chunk) => tell(work, told, event, moreOf(chunk)), subject);
}
