import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted } from '../kernel/index.ts';
import { listPlacesInside, replaceMasterData } from './vocabulary-element-store.ts';

const organisationId = 'org_descendants';
let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
});
afterAll(() => bed.stop());

const GLN = 'https://id.gs1.org/414/4012345000115';
const PLACES = [
  GLN,
  `${GLN}/254/1`,
  `${GLN}/254/2`,
  'https://id.gs1.org/414/4012345000122',
  'urn:x-postroad:place:NL',
  'urn:x-postroad:place:NL:Óst',
  'urn:x-postroad:place:NLx',
  'urn:x:yard',
  'urn:x:yard:gate',
  'urn:x:ümlaut',
];
/** By the identifiers alone, in words of this test. */
const holds = (outer: string, inner: string) =>
  (outer === GLN && inner.startsWith(`${GLN}/254/`)) ||
  (outer === 'urn:x-postroad:place:NL' && inner.startsWith('urn:x-postroad:place:NL:'));

it('places are found through children and identifiers in turn, whatever circles they make', async () => {
  const place = fc.constantFrom(...PLACES);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(place, place), { maxLength: 12 }),
      fc.uniqueArray(place, { maxLength: 2 }),
      async (pairs, asked) => {
        const children = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()].map(
          ([parent, child]) => ({ parent, child }),
        );
        const elements = PLACES.map((element) => ({ element, vocabularies: [] }));
        await bed.world.command({ organisationId }, async ({ db }) => {
          await replaceMasterData(
            db,
            organisationId,
            'cap_places',
            { elements, attributes: [], children },
            new Map(),
          );
          return accepted(undefined);
        });
        const expected = new Set(asked);
        for (let size = -1; size !== expected.size; ) {
          size = expected.size;
          for (const { parent, child } of children)
            if ([...expected].some((one) => one === parent || holds(one, parent))) expected.add(child);
        }
        const found = await bed.world.read({ organisationId }, (db) =>
          listPlacesInside(db, organisationId, asked),
        );
        expect(found.toSorted()).toEqual([...expected].toSorted());
      },
    ),
    { numRuns: 60 },
  );
});
