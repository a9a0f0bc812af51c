import type { Arrival, BagId, Content, Difference } from './model.ts';

/**
 * What was announced against what was scanned, by number: every announced parcel once, then what came besides.
 * Codes: domain reference 2.2.
 */
export function differencesOf(
  announced: readonly Content[],
  arrivals: readonly Arrival[],
  bagIds: ReadonlySet<string>,
): Difference[] {
  const scanned = new Map(arrivals.map((arrival) => [arrival.number, arrival]));
  const expected = new Set(announced.map((content) => content.number));
  // Carriers recycle numbers: should two announced parcels bear the same one, a scan of it stands for the first.
  const distinct = [
    ...new Map([...announced].reverse().map((content) => [content.number, content])).values(),
  ];
  const known = distinct.reverse().map((content): Difference => {
    const arrival = scanned.get(content.number);
    return {
      number: content.number,
      code: arrival === undefined ? 2 : arrival.issue === undefined ? 0 : 5,
      parcelId: content.parcelId,
      bagId: bagIds.has(content.containerId) ? (content.containerId as BagId) : undefined,
      issue: arrival?.issue,
    };
  });
  const surplus = arrivals
    .filter((arrival) => !expected.has(arrival.number))
    .map(
      ({ number, issue }): Difference => ({
        number,
        code: 3,
        parcelId: undefined,
        bagId: undefined,
        issue,
      }),
    );
  return [...known, ...surplus];
}

/** Lists in pieces of at most `size`, as long events are cut. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
