import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { codesOf, MILESTONE_NAMES } from '../tracking/index.ts';
import { readEvent } from './event.schema.ts';
import { containmentOfEvent, epcOfNumber, numberOfEpc, scansOfEvent } from './event-scans.policy.ts';
import { OBJECT_EVENT } from './examples.fixture.ts';
import { momentOf } from './moment.policy.ts';
import { storedEventOf } from './stored-event.policy.ts';
import { BIZ_STEPS, DISPOSITIONS } from './vocabulary.policy.ts';

const NOW = instant('2026-03-05T00:00:00Z');
function scans(change: object, context: Record<string, string> = {}) {
  const reading = readEvent({ ...OBJECT_EVENT, epcList: [epcOfNumber('AB12345')], ...change }, '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return scansOfEvent(storedEventOf(reading.event, new Map(Object.entries(context)), 0, NOW));
}

it('a number is the same after it was an identifier', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
      fc.pre(!/^\d{18}$/.test(text));
      expect(numberOfEpc(epcOfNumber(text))).toBe(text);
    }),
  );
  expect(epcOfNumber('340123450000000018')).toBe('https://id.gs1.org/00/340123450000000018');
  expect(numberOfEpc('https://id.gs1.org/01/04012345111118/21/1')).toBeUndefined();
  expect(numberOfEpc('urn:x-postroad:number:%E0%A4%A')).toBeUndefined();
});

it('a scan keeps the wall clock of the place', () => {
  expect(scans({ eventTime: '2026-03-04T23:30:00.25Z', eventTimeZoneOffset: '-05:30' })).toEqual([
    {
      number: 'AB12345',
      code: 'epcis:departing:in_transit',
      occurred_at: '2026-03-04T18:00:00.250-05:30',
      text: 'https://id.gs1.org/414/4012345000115/254/987',
    },
  ]);
  expect(scans({ eventTimeZoneOffset: '+01:00' })[0]?.occurred_at).toBe('2026-03-04T11:00:30.000+01:00');
});

it.each([
  ['words of its own', { bizStep: 'https://ns.example.com/flying' }, []],
  ['neither step nor state', { bizStep: undefined, disposition: undefined }, []],
  ['a declaration of error', { errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z' } }, []],
  ['a step alone', { bizStep: 'void_shipping', disposition: undefined }, ['epcis:void_shipping:']],
  [
    'words in URN notation',
    { bizStep: 'urn:epcglobal:cbv:bizstep:arriving', disposition: 'in_progress' },
    ['epcis:arriving:in_progress'],
  ],
])('%s', (_name, change, codes) => {
  expect(scans(change).map(({ code }) => code)).toEqual(codes);
});

it('our own milestone in an event counts under any prefix, and under no other namespace', () => {
  const change = { 'x:milestone': 'delivered' };
  expect(scans(change, { x: 'urn:x-postroad:' })[0]?.code).toBe('delivered');
  expect(scans(change, { x: 'https://ns.example.com/' })[0]?.code).toBe('epcis:departing:in_transit');
  expect(MILESTONE_NAMES).toContain('delivered');
});

it('every code of the table is made of words of the vocabulary', () => {
  for (const code of codesOf('epcis')) {
    const [head, step = '', state = ''] = code.split(':');
    expect(head).toBe('epcis');
    expect(BIZ_STEPS.has(step), code).toBe(true);
    if (state !== '') expect(DISPOSITIONS.has(state), code).toBe(true);
  }
});

it('a moment lies in the calendar and in what an instant holds', () => {
  expect(momentOf('2026-03-04T10:00:30.1239999+01:00')).toBe('2026-03-04T09:00:30.123Z');
  for (const text of [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '2026-02-29T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01',
    '',
  ])
    expect(momentOf(text), text).toBeUndefined();
});

const PARENT = epcOfNumber('BAG12345');
const CHILD = epcOfNumber('AB12345');
it.each<[string, object, object | undefined]>([
  ['packed', { action: 'ADD' }, { action: 'pack', contents: [{ number: 'AB12345' }] }],
  ['taken out', { action: 'DELETE' }, { action: 'unpack', contents: [{ number: 'AB12345' }] }],
  ['emptied', { action: 'DELETE', childEPCs: undefined }, { action: 'unpack' }],
  ['seen inside', { action: 'OBSERVE' }, undefined],
  ['goods alone', { action: 'ADD', childEPCs: ['https://id.gs1.org/01/04012345111118/21/1'] }, undefined],
  [
    'in a thing without a number',
    { action: 'ADD', parentID: 'https://id.gs1.org/8003/040123451111181' },
    undefined,
  ],
  [
    'declared wrong',
    { action: 'ADD', errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z' } },
    undefined,
  ],
])('an aggregation: %s', (_name, change, report) => {
  const { epcList: _list, ...head } = OBJECT_EVENT as Record<string, unknown>;
  const event = { ...head, type: 'AggregationEvent', parentID: PARENT, childEPCs: [CHILD], ...change };
  const reading = readEvent(event, '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const found = containmentOfEvent(storedEventOf(reading.event, new Map(), 0, NOW));
  if (report === undefined) expect(found).toBeUndefined();
  else {
    const { occurredAt, container, ...rest } = found!;
    expect(rest).toEqual(report);
    expect(container).toEqual({ number: 'BAG12345', kind: 'receptacle' });
    expect(occurredAt).toBe(storedEventOf(reading.event, new Map(), 0, NOW).eventTime);
  }
});
