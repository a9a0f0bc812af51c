import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from './event.schema.ts';
import { eventTerms, NOT_NOTED } from './event-terms.policy.ts';
import { OBJECT_EVENT } from './examples.fixture.ts';
import { fullName, namespacesOfHeader } from './namespaces.policy.ts';
import { type EventFilter, readEventQuery, valuesOfAddress } from './query.policy.ts';

const NAMESPACE = 'https://ns.example.com/epcis/';
const BOUND = new Map([['my', NAMESPACE]]);
const read = (query: Record<string, string | string[]>, bound = BOUND) =>
  readEventQuery(valuesOfAddress(query), bound);

function filterOf(query: Record<string, string | string[]>): EventFilter {
  const filter = read(query);
  if (!filter.ok) throw new Error(filter.rejection.detail);
  return filter.value;
}

/** The terms of an event whose document binds `example` to the namespace. */
function termsOf(event: object) {
  const reading = readEvent(JSON.parse(JSON.stringify({ ...OBJECT_EVENT, ...event })), '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const [noted] = eventTerms([{ position: 0, event: reading.event, context: { example: NAMESPACE } }]);
  return noted?.terms ?? [];
}

/** Whether an event that says this is found, as the store finds it. */
function finds(query: Record<string, string | string[]>, event: object): boolean {
  const terms = termsOf(event);
  return filterOf(query).extended.every(({ fits }) =>
    fits.some((fit) =>
      terms.some(({ name, value, number }) => {
        if (name !== fit.name) return false;
        if ('values' in fit) return fit.values.includes(value);
        return !('low' in fit) || (number !== undefined && fit.low <= number && number <= fit.high);
      }),
    ),
  );
}

const SGLN = 'urn:epc:id:sgln:4012345.00011.0';
const FIELDS = {
  'example:lot': 'L-007',
  'example:weight': 12.5,
  'example:count': '40',
  'example:isFragile': true,
  'example:packedAt': '2026-03-01T10:00:00+01:00',
  'example:bestBefore': '2026-09-30',
  'example:from': 'urn:epc:id:sgln:4012345.00011.0',
  'example:tags': ['red', ['green', { '@value': 'blue' }]],
  'example:owner': { '@id': 'urn:x:owner:1' },
  'example:box': { 'example:lid': { colour: 'white', 'example:weight': 3 }, 'example:tags': ['deep'] },
  'example:nothing': null,
  'example:empty': '',
  'example:none': {},
};
const PLACES: readonly [part: string, event: (fields: object) => object][] = [
  ['', (fields) => fields],
  ['ILMD_', (ilmd) => ({ ilmd })],
  ['readPoint_', (fields) => ({ readPoint: { id: SGLN, ...fields } })],
  ['bizLocation_', (fields) => ({ bizLocation: { id: SGLN, ...fields } })],
  [
    'ERROR_DECLARATION_',
    (fields) => ({ errorDeclaration: { declarationTime: '2026-03-04T12:00:00Z', ...fields } }),
  ],
  ['SENSORELEMENT_', (fields) => ({ sensorElementList: [{ sensorReport: [{ type: 'Mass' }], ...fields }] })],
  [
    'SENSORMETADATA_',
    (sensorMetadata) => ({ sensorElementList: [{ sensorMetadata, sensorReport: [{ type: 'Mass' }] }] }),
  ],
  [
    'SENSORREPORT_',
    (fields) => ({ sensorElementList: [{ sensorReport: [{ type: 'Mass' }, { type: 'Mass', ...fields }] }] }),
  ],
];

describe.each(PLACES)('a field of one’s own in %j', (part, eventOf) => {
  const event = eventOf(FIELDS);

  it.each<[name: string, value: string, isFound: boolean]>([
    ['EQ_{}my:lot', 'L-007', true],
    ['EQ_{}my:lot', 'l-007', false],
    ['EQ_{}my:lot', 'x|L-007', true],
    ['EQ_{}my:weight', '12.5', true],
    ['EQ_{}my:weight', '12.50', true],
    ['EQ_{}my:count', '40', true],
    ['EQ_{}my:count', '40.0', true],
    ['EQ_{}my:isFragile', 'true', true],
    ['EQ_{}my:packedAt', '2026-03-01T09:00:00Z', true],
    ['EQ_{}my:packedAt', '2026-03-01T10:00:00Z', false],
    ['EQ_{}my:bestBefore', '2026-09-30', true],
    ['EQ_{}my:from', 'https://id.gs1.org/414/4012345000115', true],
    ['EQ_{}my:tags', 'green', true],
    ['EQ_{}my:tags', 'blue', true],
    ['EQ_{}my:tags', 'deep', false],
    ['EQ_{}my:owner', 'urn:x:owner:1', true],
    ['GT_{}my:weight', '12.5', false],
    ['GE_{}my:weight', '12.5', true],
    ['LT_{}my:weight', '12.6', true],
    ['LE_{}my:weight', '12.4', false],
    ['GT_{}my:count', '39.9', true],
    ['GE_{}my:lot', '0', false],
    ['GE_{}my:packedAt', '2026-03-01T09:00:00Z', true],
    ['GT_{}my:packedAt', '2026-03-01T09:00:00Z', false],
    ['GT_{}my:packedAt', '5', false],
    ['LT_{}my:bestBefore', '2026-10-01', true],
    ['GE_{}my:bestBefore', '2026-10-01', false],
    ['GE_{}my:bestBefore', '2026-01-01T00:00:00Z', false],
    ['EXISTS_{}my:lot', 'true', true],
    ['EXISTS_{}my:box', 'true', true],
    ['EXISTS_{}my:lid', 'true', false],
    ['EXISTS_{}my:nothing', 'true', false],
    ['EXISTS_{}my:empty', 'true', false],
    ['EXISTS_{}my:none', 'true', false],
    ['EXISTS_{}my:unheard', 'false', true],
    ['EQ_INNER_{}my:weight', '3', true],
    ['EQ_INNER_{}my:weight', '12.5', false],
    ['GT_INNER_{}my:weight', '2', true],
    ['EQ_INNER_{}my:tags', 'deep', true],
    ['EQ_INNER_{}#colour', 'white', true],
    ['EXISTS_INNER_{}my:lid', 'true', true],
    ['EXISTS_INNER_{}my:box', 'true', false],
    [`EQ_{}${NAMESPACE}#lot`, 'L-007', true],
    [`EQ_{}${NAMESPACE}lot`, 'L-007', true],
    ['EQ_{}https://ns.example.com/epcis#lot', 'L-007', false],
  ])('%s = %s: %s', (name, value, isFound) => {
    const parameter = name.replace('{}', part);
    expect(finds({ [parameter]: value }, event)).toBe(isFound);
    if (isFound && !name.startsWith('EXISTS_{}my:unheard'))
      expect(PLACES.filter(([, other]) => finds({ [parameter]: value }, other(FIELDS)))).toHaveLength(1);
  });
});

describe('a field', () => {
  it('is the same whatever the prefix is called, and another one in another namespace', () => {
    const bound = new Map([['p', 'urn:a:']]);
    expect(fullName('p:x', bound)).toBe('urn:a:x');
    expect(fullName('x', bound)).toBe('#x');
    expect(fullName('q:x', bound)).toBe('q:x');
    expect(fullName('gs1:x', bound)).toBe('https://gs1.org/voc/x');
    expect(fullName('https://a.example/x', new Map([['https', 'urn:forged:']]))).toBe('https://a.example/x');
    expect(finds({ 'EXISTS_my:x': 'true' }, { 'other:x': 1 })).toBe(false);
  });

  it('of the standard is none of one’s own', () => {
    const names = termsOf({}).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('ext '))).toEqual([]);
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ 'EQ_other:x': '1' }, /^EQ_other:x: the prefix other is not bound.*GS1-Extensions/],
    [{ 'HASATTR_other:x': '1' }, /^HASATTR_other:x: the prefix other is not bound/],
    [{ 'EXISTS_other:x': 'false' }, /^EXISTS_other:x: the prefix other/],
    [{ 'GE_my:x': 'heavy' }, /^GE_my:x: must be a number, a day, or a date and time/],
    [{ 'GE_my:x': '2026-02-30' }, /^GE_my:x: must be a number/],
    [{ 'GE_my:x': '' }, /^GE_my:x: a value is empty/],
    [{ 'EQ_my:x': '' }, /^EQ_my:x: a value is empty/],
    [{ 'EXISTS_my:x': '1' }, /^EXISTS_my:x: must be true or false/],
    [{ 'EQ_my:x': 'ü'.repeat(1001) }, /^EQ_my:x: at most 1,000 characters/],
    [{ EQ_x: '1' }, /^EQ_x: is not answered here/],
    [{ 'EQ_#x': '1' }, /^EQ_#x: is not answered here/],
    [{ 'WD_my:x': '1' }, /^WD_my:x: is not answered here/],
    [{ 'EQ_INNER_INNER_my:x': '1' }, /prefix INNER_my is not bound/],
    [{ 'EQ_SENSORREPORTS_my:x': '1' }, /prefix SENSORREPORTS_my is not bound/],
    [{ EQATTR_readPoint_: 'x' }, /^EQATTR_readPoint_: is not answered here/],
    [{ EQATTR_action_x: 'x' }, /^EQATTR_action_x: is not answered here/],
    [{ HASATTR_epcList: 'x' }, /^HASATTR_epcList: is not answered here/],
    [{ 'EQ_my:': '1' }, /is not answered here/],
  ])('asked for wrongly is refused by the parameter’s name: %o', (query, detail) => {
    const answer = read(query);
    expect(answer).toMatchObject({ ok: false, rejection: { code: 'epcis_query_invalid' } });
    if (!answer.ok) expect(answer.rejection.detail).toMatch(detail);
  });

  it('of any name and value is asked for without an error of ours', () => {
    const operator = fc.constantFrom('EQ', 'GT', 'LE', 'EXISTS', 'HASATTR', 'EQATTR');
    const part = fc.constantFrom('', 'INNER_', 'ILMD_', 'INNER_SENSORELEMENT_', 'readPoint_');
    const any = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(operator, part, any, fc.array(any), (one, where, field, values) => {
        const answer = readEventQuery({ [`${one}_${where}my:${field}`]: values }, BOUND);
        if (!answer.ok) expect(answer.rejection.code).toMatch(/^epcis_query_(?:invalid|too_complex)$/);
      }),
    );
  });
});

describe('attributes of master data', () => {
  it.each([
    [
      'HASATTR_readPoint',
      'my:size|urn:other:x',
      { names: ['readPoint'] },
      [`${NAMESPACE}size`, 'urn:other:x'],
    ],
    ['HASATTR_bizStep', 'size', { column: 'bizSteps' }, ['#size']],
    ['EQATTR_readPoint_my:size_in_m', '5', { names: ['readPoint'] }, [`${NAMESPACE}size_in_m`]],
    ['EQATTR_my:depot_my:size', '5', { own: { names: [`${NAMESPACE}depot`] } }, [`${NAMESPACE}size`]],
  ])('%s = %s', (name, value, of, attributes) => {
    const [described] = filterOf({ [name]: value }).described;
    expect(described).toMatchObject({ of, attributes });
    expect(described?.values).toEqual(name.startsWith('HASATTR') ? undefined : ['5']);
  });
});

describe('an event with very many fields', () => {
  const event = (count: number) => ({
    position: 0,
    context: {},
    event: Object.fromEntries(Array.from({ length: count }, (_, index) => [`a:f${index}`, index])),
  });
  const isNoted = (count: number, most?: { ofEvent: number; ofCapture: number }) =>
    !eventTerms([event(count)], most)[0]?.terms.includes(NOT_NOTED);

  it('has them noted up to a limit, and beyond it none of them', () => {
    expect([isNoted(1_000), isNoted(1_001)]).toEqual([true, false]);
    const [noted] = eventTerms([event(1_001)]);
    expect(noted?.terms.filter(({ name }) => name.startsWith('ext '))).toEqual([NOT_NOTED]);
  });

  it('leaves room for the others of its document', () => {
    const noted = eventTerms([event(4), event(20), event(4), event(5)], { ofEvent: 10, ofCapture: 10 });
    expect(noted.map(({ terms }) => terms.includes(NOT_NOTED))).toEqual([false, true, false, true]);
  });

  it('is noted within what an index holds, however long its names and values are', () => {
    const name = `a:${'n'.repeat(5_000)}`;
    const [noted] = eventTerms([
      {
        position: 0,
        context: { a: 'b'.repeat(9_000) },
        event: { [name]: { [name]: 'v'.repeat(1_000_000) } },
      },
    ]);
    expect(noted?.terms).toHaveLength(2);
    for (const term of noted?.terms ?? [])
      expect(Buffer.byteLength(term.name) + Buffer.byteLength(term.value)).toBeLessThan(500);
  });
});

describe('GS1-Extensions', () => {
  it.each<[string | string[] | undefined, Record<string, string>]>([
    [undefined, {}],
    ['', {}],
    ['a=https://a.example/', { a: 'https://a.example/' }],
    [
      'a=<urn:a:>, b=https://b.example/x,y;c=urn:c:',
      { a: 'urn:a:', b: 'https://b.example/x,y', c: 'urn:c:' },
    ],
    [['a=urn:a:', 'b=urn:b:'], { a: 'urn:a:', b: 'urn:b:' }],
  ])('%j binds %o', (header, bound) => {
    expect(namespacesOfHeader(header)).toEqual({ ok: true, value: new Map(Object.entries(bound)) });
  });

  it.each([
    'a',
    '=x',
    'a=',
    'a=x y',
    'a=x',
    'a=x:é',
    'a=x:1, a=x:2',
    '1=x:',
    '__proto__=x:',
    Array.from({ length: 51 }, (_, index) => `p${index}=x:`).join(', '),
  ])('is refused by its name when it is %s', (header) => {
    const read = namespacesOfHeader(header);
    expect(read).toMatchObject({ ok: false, rejection: { code: 'epcis_header_invalid' } });
    if (!read.ok) expect(read.rejection.detail).toMatch(/^GS1-Extensions: /);
  });
});
