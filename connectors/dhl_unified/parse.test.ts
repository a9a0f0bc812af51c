import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dhlUnified } from './parse.ts';

/** What one scan is, and what an answer tells of it beside that. */
type Event = {
  readonly scan: {
    readonly statusCode: string;
    readonly second: number;
    readonly city: string;
    readonly status: string | undefined;
    readonly description: string | undefined;
  };
  readonly beside: { readonly remark?: string; readonly nextSteps?: string; readonly pieceIds?: string[] };
};

/** Few of everything, so that events differ in one thing alone or in none. */
const scan: fc.Arbitrary<Event['scan']> = fc.record({
  statusCode: fc.constantFrom('transit', 'delivered', 'unknown'),
  second: fc.integer({ min: 10, max: 11 }),
  city: fc.constantFrom('Leipzig', 'Bonn'),
  status: fc.constantFrom(undefined, 'transit', 'PO'),
  description: fc.constantFrom(undefined, 'Processed at', 'Clearance processing complete', '\n'),
});
const beside: fc.Arbitrary<Event['beside']> = fc.record(
  {
    remark: fc.constantFrom('pending', 'done'),
    nextSteps: fc.constantFrom('wait', 'none'),
    pieceIds: fc.subarray(['JD01', 'JD02']),
  },
  { requiredKeys: [] },
);
const event: fc.Arbitrary<Event> = fc.record({ scan, beside });

const written = ({ scan: { second, city, ...told }, beside: more }: Event) => ({
  timestamp: `2026-07-02T09:15:${second}+02:00`,
  location: { address: { countryCode: 'DE', addressLocality: city } },
  ...told,
  ...more,
});
function idsIn(shipment: object): string[] {
  const payload = { shipments: [{ id: '340434161094021501', ...shipment }] };
  const { parcels, errors } = dhlUnified.parse(new TextEncoder().encode(JSON.stringify(payload)));
  expect(errors).toEqual([]);
  return parcels.flatMap(({ scans }) => scans.map(({ id }) => id));
}
const keyOf = ({ scan: one }: Event) => {
  // White space is no word.
  const description = one.description?.trim() === '' ? undefined : one.description;
  return JSON.stringify([one.statusCode, one.second, one.city, one.status, description ?? null]);
};

it('two events are two scans where status, words, second or place differ, and one where none does', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
      const ids = idsIn({ events: events.map(written) });
      expect(ids).toHaveLength(events.length);
      const idOf = new Map(events.map((one, at) => [keyOf(one), ids[at]]));
      expect(ids).toEqual(events.map((one) => idOf.get(keyOf(one))));
      expect(new Set(ids).size).toBe(idOf.size);
    }),
    { numRuns: 500 },
  );
});

it('an answer that comes again, longer, shorter, in another order and with other advice, tells the same scans', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(event, { minLength: 1, maxLength: 12, selector: keyOf }),
      fc.array(beside, { minLength: 12, maxLength: 12 }),
      fc.nat(),
      (events, others, seed) => {
        const ids = idsIn({ events: events.map(written) });
        const changed = events.map((one, at) => ({ ...one, beside: others[at] ?? {} }));
        const more = { estimatedTimeOfDelivery: '2026-07-04', details: { totalNumberOfPieces: 2 } };
        expect(idsIn({ ...more, events: changed.map(written) })).toEqual(ids);
        expect(idsIn({ events: changed.map(written).reverse() })).toEqual(ids.toReversed());
        const some = seed % events.length;
        expect(idsIn({ events: changed.slice(some).map(written) })).toEqual(ids.slice(some));
        // The latest event alone.
        expect(idsIn({ status: written(changed[some] as Event) })).toEqual([ids[some]]);
      },
    ),
    { numRuns: 300 },
  );
});
