import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { instant, type OrganisationId } from '../kernel/index.ts';
import { readEvent } from './event.schema.ts';
import { insertEvents, insertTerms } from './event-store.ts';
import { eventTerms, NOT_NOTED } from './event-terms.policy.ts';
import { OBJECT_EVENT } from './examples.fixture.ts';
import { countFitting, findFitting } from './looking.ts';
import type { StoredEvent } from './model.ts';
import { type Asked, naivelyFits } from './naive-filter.fixture.ts';
import { type EventFilter, readEventQuery } from './query.policy.ts';
import { storedEventOf } from './stored-event.policy.ts';

const organisationId = 'org_extensions' as OrganisationId;
const NOW = instant('2026-03-05T00:00:00Z');
const ONE = 'https://ns.example/';
const OTHER = 'urn:x-other:';
/** Two ways to name the same namespaces; and one of the query. */
const CONTEXTS = [
  { a: ONE, b: OTHER },
  { b: ONE, 'x-1': OTHER },
] as const;
const BOUND = new Map([
  ['q', ONE],
  ['r', OTHER],
]);

let bed: TestWorld;
let stored: readonly StoredEvent[];
beforeAll(async () => {
  bed = await startTestWorld();
  stored = DOCUMENTS.flatMap(({ context, events }, capture) =>
    events.map((change, position) => {
      const value = { ...OBJECT_EVENT, eventID: `urn:e:${capture}:${position}`, ...change };
      const reading = readEvent(JSON.parse(JSON.stringify(value)), '');
      if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
      return storedEventOf(reading.event, new Map(Object.entries(context)), position, NOW);
    }),
  );
  await bed.database.transaction({ organisationId }, async (tx) => {
    for (const [capture] of DOCUMENTS.entries()) {
      const events = stored.filter(({ eventId }) => eventId.startsWith(`urn:e:${capture}:`));
      await insertEvents(tx, organisationId, `cap_${capture}`, events);
      // Small enough that some events are noted and others are not, by either limit.
      const noted = eventTerms(events, { ofEvent: 45, ofCapture: 350 });
      notNoted += noted.filter(({ terms }) => terms.includes(NOT_NOTED)).length;
      await insertTerms(tx, organisationId, `cap_${capture}`, noted);
    }
    return { keep: true, value: undefined };
  });
});
afterAll(() => bed.stop());
let notNoted = 0;

const LEAVES = [
  ...['L1', 'l1', '7', '7.0', '007', '-2.5', 'true', '', 'urn:x:y'],
  ...[
    '2026-03-01',
    '2026-03-02',
    '2026-03-01T10:00:00Z',
    '2026-03-01T11:00:00+01:00',
    '2026-03-01T12:30:00.250Z',
  ],
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...LEAVES, ...LEAVES, 7, 0, -2.5, 1e21, true, false, null, {}, []),
  fc.constantFrom(...LEAVES).map((value) => ({ '@value': value, '@type': 'xsd:string' })),
  fc.constantFrom('urn:x:y', 'L1').map((id) => ({ '@id': id })),
);
const LOCALS = ['f', 'g', 'h'] as const;
const DOCUMENTS = fc.sample(
  fc.constantFrom(...CONTEXTS).chain((context) => {
    const named = [
      ...Object.keys(context).flatMap((prefix) => LOCALS.map((local) => `${prefix}:${local}`)),
      `${ONE}f`,
      'unbound:f',
    ];
    const dictionary = (names: readonly string[], value: fc.Arbitrary<unknown>) =>
      fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        dictionary([...named, 'plain', '@type'], tie('value')),
      ),
    }));
    const fields = dictionary(named, value);
    const sensor = fc.tuple(fields, fields, fields).map(([element, sensorMetadata, report]) => ({
      ...element,
      sensorMetadata,
      sensorReport: [{ type: 'Mass' }, { type: 'Count', ...report }],
    }));
    const place = fields.map((more) => ({ id: 'urn:epc:id:sgln:4012345.00011.0', ...more }));
    const declaration = fields.map((more) => ({ declarationTime: '2026-03-04T12:00:00Z', ...more }));
    const event = fc
      .record(
        {
          own: fields,
          ilmd: dictionary([...named, 'plain'], value),
          readPoint: place,
          bizLocation: place,
          errorDeclaration: declaration,
          sensorElementList: fc.array(sensor, { maxLength: 2 }),
        },
        { requiredKeys: ['own'] },
      )
      .map(({ own, ...parts }) => ({ ...own, ...parts }));
    return fc.record({
      context: fc.constant(context),
      events: fc.array(event, { minLength: 10, maxLength: 12 }),
    });
  }),
  { numRuns: 16, seed: 20260304 },
);

const asked = fc.record({
  operator: fc.constantFrom<Asked['operator']>('EQ', 'EQ', 'GT', 'GE', 'LT', 'LE', 'EXISTS'),
  part: fc.constantFrom(
    ...['', 'ILMD', 'SENSORELEMENT', 'SENSORMETADATA', 'SENSORREPORT', 'ERROR_DECLARATION'],
    ...['readPoint', 'bizLocation'],
  ),
  isInner: fc.boolean(),
  field: fc.constantFrom<readonly [written: string, names: readonly string[]]>(
    ...LOCALS.flatMap((local): [string, string[]][] => [
      [`q:${local}`, [ONE + local]],
      [`r:${local}`, [OTHER + local]],
    ]),
    [`${ONE}#f`, [`${ONE}#f`, `${ONE}f`]],
    ['#plain', ['#plain']],
  ),
  values: fc.array(fc.constantFrom(...LEAVES.filter(Boolean), '0', '1'), { minLength: 1, maxLength: 3 }),
});

type Drawn = typeof asked extends fc.Arbitrary<infer Value> ? Value : never;

function queryOf({ operator, part, field, values, ...drawn }: Drawn) {
  // What has no namespace is no field of its own, but in ILMD.
  const isInner = drawn.isInner || (field[0].startsWith('#') && part !== 'ILMD');
  const name = `${operator}_${isInner ? 'INNER_' : ''}${part === '' ? '' : `${part}_`}${field[0]}`;
  const given = operator === 'EXISTS' ? ['true'] : operator === 'EQ' ? values : values.slice(0, 1);
  return { name, given, asked: { operator, part, isInner, fields: field[1], values: given } };
}

const idsOf = (events: readonly StoredEvent[]) => events.map(({ eventId }) => eventId).sort();
const isDeclaration = ({ declaresError }: StoredEvent) => declaresError;

it('what an index finds is what is found by reading every event, for any parameter, noted or not', async () => {
  expect([stored.length > 150, notNoted > 20, stored.length - notNoted > 60]).toEqual([true, true, true]);
  expect(stored.some(isDeclaration)).toBe(true);
  let hits = 0;
  let misses = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 2 }), async (list) => {
      const queries = list.map(queryOf);
      const values = Object.fromEntries(queries.map(({ name, given }) => [name, given]));
      const filter = readEventQuery(values, BOUND);
      if (!filter.ok) {
        // What is no number, day or moment has no order.
        expect(filter.rejection.detail).toMatch(/^(?:G|L)[TE]_.*must be a number/);
        return;
      }
      // Of two with one name the second counts.
      const inForce = queries.filter(({ name, given }) => values[name] === given);
      const expected = stored.filter(({ event, context }) =>
        inForce.every((query) => naivelyFits(event, context, query.asked)),
      );
      const found = await find(filter.value, 1_000);
      expect(idsOf(found), Object.keys(values).join()).toEqual(idsOf(expected));
      expect(await count(filter.value)).toBe(expected.length);
      if (expected.length > 1)
        expect(await pages(filter.value, 7)).toEqual(found.map(({ eventId }) => eventId));
      if (expected.length > 0) hits += 1;
      else misses += 1;
    }),
    { numRuns: 250, seed: 344 },
  );
  expect(hits).toBeGreaterThan(100);
  expect(misses).toBeGreaterThan(10);
});

async function find(filter: EventFilter, limit: number): Promise<StoredEvent[]> {
  const found = await bed.database.read({ organisationId }, (db) =>
    findFitting(db, organisationId, filter, limit),
  );
  if (found === 'tooMany') throw new Error('too many');
  return found;
}

const count = (filter: EventFilter) =>
  bed.database.read({ organisationId }, (db) => countFitting(db, organisationId, filter, 1_000));

async function pages(filter: EventFilter, size: number): Promise<string[]> {
  const ids: string[] = [];
  let after: EventFilter['after'];
  for (;;) {
    const page = await find(after === undefined ? filter : { ...filter, after }, size);
    ids.push(...page.map(({ eventId }) => eventId));
    const last = page.at(-1);
    if (last === undefined) return ids;
    after = { time: last.eventTime, eventId: last.eventId, declaresError: last.declaresError };
  }
}
