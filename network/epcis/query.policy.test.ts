import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { nextAfter } from './condition.policy.ts';
import { readEvent } from './event.schema.ts';
import { OBJECT_EVENT } from './examples.fixture.ts';
import { findParameter, PARAMETER_NAMES } from './parameters.policy.ts';
import {
  type EventFilter,
  QUERY_PARAMETERS,
  readEventQuery,
  tokenAfter,
  valuesOfAddress,
} from './query.policy.ts';
import { storedEventOf } from './stored-event.policy.ts';
import { termsOf, termValue } from './terms.policy.ts';
import { inAllUnits } from './units.policy.ts';

const read = (query: Record<string, string | string[]>) => readEventQuery(valuesOfAddress(query));
function filterOf(query: Record<string, string | string[]>): EventFilter {
  const filter = read(query);
  if (!filter.ok) throw new Error(filter.rejection.detail);
  return filter.value;
}
/** Whether an event that says this is found, as the store finds it. */
function finds(query: Record<string, string | string[]>, event: object): boolean {
  // As it comes from outside: what is undefined is not there.
  const reading = readEvent(JSON.parse(JSON.stringify({ ...OBJECT_EVENT, ...event })), '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const terms = termsOf(reading.event);
  const { said, measured } = filterOf(query);
  return (
    said.every(({ names, values }) =>
      terms.some((term) => names.includes(term.name) && values.includes(term.value)),
    ) &&
    measured.every(({ ranges }) =>
      terms.some(({ name, number }) =>
        ranges.some(
          (range) =>
            range.name === name && number !== undefined && range.low <= number && number <= range.high,
        ),
      ),
    )
  );
}
/** A name with what stands in it for others. */
const written = (name: string) =>
  name
    .replace('{type}', 'po')
    .replace('{uom}', 'KGM')
    .replace('{INNER_}', 'INNER_')
    .replace('{part_}', 'ILMD_')
    .replace('{field}', 'gs1:field')
    .replace('{attribute}', 'attribute');
const withReport = (report: object, sensorMetadata?: object) => ({
  sensorElementList: [
    { ...(sensorMetadata === undefined ? {} : { sensorMetadata }), sensorReport: [report] },
  ],
});

describe('a parameter', () => {
  it('is told by its name; every name of the list is read, with a type or a unit where it wants one', () => {
    expect(PARAMETER_NAMES.length).toBeGreaterThan(90);
    for (const name of PARAMETER_NAMES) expect(findParameter(written(name)), name).toBeDefined();
  });

  it('of another name is refused by it, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, value) => {
        fc.pre(findParameter(name) === undefined && !QUERY_PARAMETERS.includes(name));
        const answer = readEventQuery({ [name]: [value] });
        expect(answer).toMatchObject({ ok: false, rejection: { code: 'epcis_query_invalid' } });
        if (!answer.ok) expect(answer.rejection.detail.startsWith(name.slice(0, 60))).toBe(true);
      }),
    );
    for (const name of [
      'constructor',
      '__proto__',
      'EQ_',
      'GE_value',
      'EQ_bizTransaction_',
      'GE_percRank_KGM',
    ])
      expect(read({ [name]: '1' }).ok, name).toBe(false);
  });

  it('takes any text without an error of ours', () => {
    const names = QUERY_PARAMETERS.map(written);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.string({ unit: 'binary' })), (name, values) => {
        const answer = readEventQuery({ [name]: values });
        if (!answer.ok) expect(answer.rejection.code).toMatch(/^epcis_query_(?:invalid|too_complex)$/);
      }),
    );
  });

  it.each([
    [{ EQ_eventID: Array.from({ length: 101 }, (_, index) => `urn:e:${index}`) }, 'epcis_query_too_complex'],
    [
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`EQ_source_t${index}`, 'urn:a:b'])),
      'epcis_query_too_complex',
    ],
    [
      Object.fromEntries(
        ['MATCH_epcClass', 'MATCH_anyEPCClass', 'MATCH_inputEPCClass'].map((name) => [
          name,
          Array.from({ length: 50 }, (_, index) => `urn:epc:idpat:sgtin:40123${10 + index}.*.*`),
        ]),
      ),
      'epcis_query_too_complex',
    ],
    [{ EQ_eventID: 'x'.repeat(1_001) }, 'epcis_query_invalid'],
    [{ MATCH_epcClass: 'urn:epc:idpat:sscc:0614141.*' }, 'epcis_query_invalid'],
    [{ MATCH_inputEPC: '' }, 'epcis_query_invalid'],
    [{ GE_quantity: ['1', '2'] }, 'epcis_query_invalid'],
    [{ GE_quantity: 'much' }, 'epcis_query_invalid'],
    [{ EQ_quantity: '1|x' }, 'epcis_query_invalid'],
    [{ EQ_quantity: '' }, 'epcis_query_invalid'],
    [{ GE_value_CEL: 'Infinity' }, 'epcis_query_invalid'],
    [{ GE_value_cel: '1' }, 'epcis_query_invalid'],
    [{ EQ_booleanValue: 'yes' }, 'epcis_query_invalid'],
    [{ EQ_hexBinaryValue: 'xyz' }, 'epcis_query_invalid'],
    [{ EXISTS_sensorElementList: '1' }, 'epcis_query_invalid'],
    [{ GE_startTime: '2026-02-30T00:00:00Z' }, 'epcis_query_invalid'],
    [{ eventCountLimit: '0' }, 'epcis_query_invalid'],
    [{ eventCountLimit: '5', maxEventCount: '5' }, 'epcis_query_invalid'],
  ])('with such values is refused: %o', (query, code) => {
    expect(read(query)).toMatchObject({ ok: false, rejection: { code } });
  });
});

describe('numbers', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
  const plain = (value: number) => value.toFixed(6).replace(/^-0(\.0+)$/, '0$1');

  it('are compared as the operator says, for every pair', () => {
    fc.assert(
      fc.property(number, number, fc.boolean(), (left, right, isSame) => {
        const asked = Number(plain(left));
        const told = isSame ? asked : Number(plain(right));
        const event = withReport({ type: 'Temperature', value: told, uom: 'XX' });
        const asks = (operator: string) => finds({ [`${operator}_value_XX`]: plain(left) }, event);
        expect(['EQ', 'GT', 'GE', 'LT', 'LE'].map(asks)).toEqual([
          told === asked,
          told > asked,
          told >= asked,
          told < asked,
          told <= asked,
        ]);
      }),
    );
  });

  it('have a next one, with nothing between', () => {
    expect([nextAfter(1, 1), nextAfter(1, -1)]).toEqual([1 + Number.EPSILON, 1 - Number.EPSILON / 2]);
    expect([nextAfter(0, 1), nextAfter(0, -1)]).toEqual([Number.MIN_VALUE, -Number.MIN_VALUE]);
    fc.assert(
      fc.property(number, (value) => {
        const next = nextAfter(value, 1);
        expect(next).toBeGreaterThan(value);
        expect(nextAfter(next, -1) + 0).toBe(value + 0);
      }),
    );
  });

  it.each([
    [26, 'CEL', 'KEL', 299.15],
    [-40, 'CEL', 'FAH', -40],
    [36, 'KMH', 'MTS', 10],
    [1, 'SMI', 'KMT', 1.609344],
    [1, 'TNE', 'KGM', 1000],
    [1013.25, 'A97', 'ATM', 1],
    [1.5, 'HUR', 'MIN', 90],
  ])('%f %s are told in %s as %f', (value, unit, other, expected) => {
    const all = inAllUnits(value, unit);
    expect(all[0]).toEqual({ unit, value });
    expect(all.find((one) => one.unit === other)?.value).toBeCloseTo(expected, 9);
  });

  it('in another unit of the same kind are found, and found as equal; of another kind they are not', () => {
    const event = withReport({ type: 'Temperature', value: 26, uom: 'CEL' });
    for (const [query, isFound] of [
      [{ EQ_value_KEL: '299.15' }, true],
      [{ EQ_value_FAH: '1|78.8' }, true],
      [{ GE_value_KEL: '299' }, true],
      [{ GT_value_KEL: '299.15' }, false],
      [{ LT_value_KEL: '299.15' }, false],
      [{ LE_value_KEL: '299.15' }, true],
      [{ GE_value_KGM: '1' }, false],
      [{ GE_minValue_CEL: '1' }, false],
    ] as const)
      expect([query, finds(query, event)]).toEqual([query, isFound]);
  });
});

describe('what an event says is found by it', () => {
  const transformation = {
    type: 'TransformationEvent',
    ...{ epcList: undefined, action: undefined },
    inputEPCList: ['urn:epc:id:sgtin:4012345.011111.1'],
    outputEPCList: ['https://id.gs1.org/01/04012345222220/21/2'],
    inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 10, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'urn:epc:idpat:sgtin:4012345.066666.*', quantity: 2.5 }],
  };
  const sensor = withReport(
    {
      type: 'gs1:Temperature',
      ...{ microorganism: 'https://m.example/1', chemicalSubstance: 'https://c.example/1' },
      ...{ stringValue: 'a|b', booleanValue: false, hexBinaryValue: 'f0e1', uriValue: 'https://u.example/1' },
      ...{ deviceID: 'urn:epc:id:giai:4000001.222', percRank: 50, percValue: 12.7, sDev: 0.1, uom: 'CEL' },
      ...{ time: '2026-01-02T00:00:00Z' },
    },
    {
      ...{
        deviceID: 'urn:epc:id:giai:4000001.111',
        bizRules: 'https://r.example/1',
        rawData: 'https://d.example/1',
      },
      ...{ dataProcessingMethod: 'https://p.example/1', deviceMetadata: 'https://dm.example/1' },
      ...{ time: '2026-01-01T00:00:00Z', startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-03T00:00:00Z' },
    },
  );
  const others = {
    persistentDisposition: {
      set: ['completeness_verified'],
      unset: ['urn:epcglobal:cbv:disp:completeness_inferred'],
    },
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:1152' }],
    sourceList: [{ type: 'location', source: 'urn:epc:id:sgln:4012345.00225.0' }],
    destinationList: [
      { type: 'urn:epcglobal:cbv:sdt:owning_party', destination: 'urn:epc:id:pgln:4012345.00225' },
    ],
  };
  it.each<[object, Record<string, string>, boolean]>([
    [transformation, { MATCH_inputEPC: 'https://id.gs1.org/01/04012345111118/21/1' }, true],
    [transformation, { MATCH_outputEPC: 'https://id.gs1.org/01/04012345111118/21/1' }, false],
    [transformation, { MATCH_epc: 'https://id.gs1.org/01/04012345111118/21/1' }, false],
    [transformation, { MATCH_inputEPCClass: 'https://id.gs1.org/01/04012345123456/10/L1' }, true],
    [transformation, { MATCH_outputEPCClass: 'https://id.gs1.org/01/04012345123456/10/L1' }, false],
    [transformation, { MATCH_anyEPCClass: 'https://id.gs1.org/01/04012345666663' }, true],
    [transformation, { MATCH_epcClass: 'https://id.gs1.org/01/04012345666663' }, false],
    [transformation, { EQ_quantity: '10' }, true],
    [transformation, { EQ_quantity_KGM: '10' }, true],
    [transformation, { EQ_quantity_GRM: '10000' }, true],
    [transformation, { EQ_quantity_KGM: '2.5' }, false],
    [transformation, { GT_quantity: '10' }, false],
    [transformation, { GE_quantity: '10', LE_quantity: '2.5' }, true],
    [transformation, { LT_quantity: '2.5' }, false],
    [sensor, { EXISTS_sensorElementList: 'true', EQ_type: 'Temperature' }, true],
    [sensor, { EQ_type: 'https://gs1.org/voc/Temperature' }, true],
    [sensor, { EQ_type: 'Speed' }, false],
    [sensor, { EQ_deviceID: 'https://id.gs1.org/8004/4000001222' }, true],
    [sensor, { EQ_SENSORMETADATA_deviceID: 'https://id.gs1.org/8004/4000001111' }, true],
    [sensor, { EQ_SENSORREPORT_deviceID: 'https://id.gs1.org/8004/4000001111' }, false],
    [sensor, { EQ_SENSORMETADATA_deviceMetadata: 'https://dm.example/1' }, true],
    [sensor, { EQ_SENSORREPORT_rawData: 'https://d.example/1' }, false],
    [sensor, { EQ_bizRules: 'https://r.example/1', EQ_dataProcessingMethod: 'https://p.example/1' }, true],
    [sensor, { EQ_microorganism: 'https://m.example/1', EQ_chemicalSubstance: 'https://c.example/1' }, true],
    [sensor, { EQ_stringValue: 'a' }, false],
    [sensor, { EQ_booleanValue: 'false' }, true],
    [sensor, { EQ_booleanValue: 'true' }, false],
    [sensor, { EQ_hexBinaryValue: 'F0E1', EQ_uriValue: 'https://u.example/1' }, true],
    [sensor, { GE_percRank: '50', LT_percRank: '50.1' }, true],
    [sensor, { GE_percValue_CEL: '12.7', LT_sDev_CEL: '0.2' }, true],
    [sensor, { GE_time: '2026-01-02T00:00:00Z' }, true],
    [sensor, { GE_SENSORMETADATA_time: '2026-01-02T00:00:00Z' }, false],
    [sensor, { LT_SENSORREPORT_time: '2026-01-02T00:00:00Z' }, false],
    [sensor, { LT_startTime: '2026-01-01T01:00:00+01:00' }, false],
    [sensor, { GE_startTime: '2026-01-01T01:00:00+01:00', LT_endTime: '2026-01-03T00:00:00.001Z' }, true],
    [{}, { EXISTS_sensorElementList: 'true' }, false],
    [{}, { EXISTS_sensorElementList: 'false' }, true],
    [others, { EQ_persistentDisposition_set: 'completeness_verified' }, true],
    [others, { EQ_persistentDisposition_unset: 'completeness_inferred' }, true],
    [others, { EQ_persistentDisposition_unset: 'completeness_verified' }, false],
    [others, { EQ_bizTransaction_po: 'urn:epcglobal:cbv:bt:0614141073467:1152' }, true],
    [
      others,
      { 'EQ_bizTransaction_urn:epcglobal:cbv:btt:po': 'urn:epcglobal:cbv:bt:0614141073467:1152' },
      true,
    ],
    [others, { EQ_bizTransaction_desadv: 'urn:epcglobal:cbv:bt:0614141073467:1152' }, false],
    [others, { EQ_source_location: 'https://id.gs1.org/414/4012345002256' }, true],
    [others, { EQ_destination_owning_party: 'https://id.gs1.org/417/4012345002256' }, true],
    [{}, { EQ_readPoint: 'https://id.gs1.org/414/4012345000115/254/987' }, true],
  ])('%o by %o: %s', (event, query, isFound) => {
    expect(finds(query, event)).toBe(isFound);
  });

  it('also when it is longer than an index holds, and then as it stands', () => {
    const long = 'ü'.repeat(900);
    expect(Buffer.byteLength(termValue(long))).toBeLessThan(100);
    expect(finds({ EQ_stringValue: long }, withReport({ type: 'Count', stringValue: long }))).toBe(true);
    expect(finds({ EQ_stringValue: long }, withReport({ type: 'Count', stringValue: `${long}ü` }))).toBe(
      false,
    );
  });

  it('once, however often it says it', () => {
    const epcList = Array.from({ length: 50 }, () => OBJECT_EVENT.epcList[0]);
    const reading = readEvent({ ...OBJECT_EVENT, epcList }, '');
    if (!reading.ok) throw new Error('invalid');
    expect(termsOf(reading.event).filter(({ name }) => name === 'epc')).toHaveLength(1);
  });
});

describe('a token', () => {
  const reading = readEvent({ ...OBJECT_EVENT, eventID: 'urn:e:1' }, '');
  if (!reading.ok) throw new Error('invalid');
  const last = storedEventOf(reading.event, new Map(), 0, instant('2026-03-05T00:00:00Z'));

  it('goes on behind its event, with what eventCountLimit has left', () => {
    const query = { eventCountLimit: '7', perPage: '3' };
    const nextPageToken = tokenAfter(filterOf(query), last, 3);
    const after = { time: last.eventTime, eventId: 'urn:e:1', declaresError: false };
    expect(filterOf({ ...query, nextPageToken })).toMatchObject({ left: 4, limit: 3, after });
    for (const other of [{}, { eventCountLimit: '3' }, { ...query, orderBy: 'recordTime' }])
      expect(read({ ...other, nextPageToken })).toMatchObject({ ok: false });
    expect(read({ ...query, nextPageToken: tokenAfter(filterOf(query), last, 7) }).ok).toBe(false);
  });
});
