import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_LIST, readDocument, readEvent } from './event.schema.ts';
import { documentOf, exampleDocument, hasExamples, OBJECT_EVENT } from './examples.fixture.ts';

const faults = (change: object) => {
  const reading = readEvent({ ...OBJECT_EVENT, ...change }, '/e');
  return reading.ok ? [] : reading.faults.map(({ pointer }) => pointer);
};

describe('an event', () => {
  it('of the standard’s own examples is read, and so is its document', () => {
    if (!hasExamples) return;
    for (const name of [
      'Example_9.6.1-ObjectEvent',
      'Example_9.6.3-AggregationEvent',
      'ReferenceEventHashAlgorithm',
    ]) {
      const document = readDocument(exampleDocument(`${name}.jsonld`));
      if (!document.ok) throw new Error(`${name}: ${JSON.stringify(document.faults)}`);
      for (const event of document.document.events) expect(readEvent(event, '')).toMatchObject({ ok: true });
    }
  });

  it.each([
    ['an unknown kind', { type: 'Event' }, '/e/type'],
    ['no kind', { type: undefined }, '/e/type'],
    ['no time', { eventTime: undefined }, '/e/eventTime'],
    ['a time without offset', { eventTime: '2026-03-04T11:00:30' }, '/e/eventTime'],
    ['a day that does not exist', { eventTime: '2026-02-30T11:00:30Z' }, '/e/eventTime'],
    ['no offset', { eventTimeZoneOffset: undefined }, '/e/eventTimeZoneOffset'],
    ['an offset that no clock has', { eventTimeZoneOffset: '+15:00' }, '/e/eventTimeZoneOffset'],
    ['an unknown action', { action: 'MOVE' }, '/e/action'],
    ['an unknown step', { bizStep: 'flying' }, '/e/bizStep'],
    ['an identifier that is no URI', { epcList: ['123'] }, '/e/epcList/0'],
    ['no object at all', { epcList: [] }, '/e'],
    ['a field without namespace', { color: 'red' }, '/e/color'],
    ['a place without id', { readPoint: {} }, '/e/readPoint/id'],
    [
      'a unit without quantity',
      { quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:4012345.098765.*', uom: 'KGM' }] },
      '/e/quantityList/0/uom',
    ],
    [
      'an empty sensor report',
      { sensorElementList: [{ sensorReport: [{}] }] },
      '/e/sensorElementList/0/sensorReport/0',
    ],
  ])('with %s is answered by its place', (_name, change, pointer) => {
    expect(faults(change)).toContain(pointer);
  });

  it('may have what the schemas of the standard alone know', () => {
    const sensorReport = [
      { type: 'Angle', component: 'elevation_angle', bizRules: 'https://a.example/rules' },
    ];
    expect(faults({ sensorElementList: [{ sensorReport }] })).toEqual([]);
  });

  it('may carry fields of its sender under a namespace', () => {
    expect(faults({ 'example:anything': { deep: [1] }, 'https://a.example/b': 1, '@context': {} })).toEqual(
      [],
    );
  });

  it.each([
    [
      'an aggregation that adds names its parent',
      { type: 'AggregationEvent', action: 'ADD', childEPCs: ['urn:epc:id:sscc:4012345.0000000111'] },
      '/e/parentID',
    ],
    [
      'an aggregation names children',
      { type: 'AggregationEvent', action: 'ADD', parentID: 'urn:epc:id:sscc:4012345.0000000111' },
      '/e',
    ],
    [
      'an association names its parent',
      { type: 'AssociationEvent', action: 'ADD', childEPCs: ['a:b'] },
      '/e/parentID',
    ],
    [
      'a transaction names one',
      { type: 'TransactionEvent', action: 'ADD', epcList: ['a:b'] },
      '/e/bizTransactionList',
    ],
    ['a transformation names what it makes', { type: 'TransformationEvent', inputEPCList: ['a:b'] }, '/e'],
  ])('%s', (_name, event, pointer) => {
    const { eventTime, eventTimeZoneOffset } = OBJECT_EVENT;
    const reading = readEvent({ eventTime, eventTimeZoneOffset, ...event }, '/e');
    expect(reading).toMatchObject({ ok: false, faults: [{ pointer }] });
  });
});

describe('a document', () => {
  it('is read around its events', () => {
    expect(readDocument(documentOf(OBJECT_EVENT))).toMatchObject({
      ok: true,
      document: { events: [OBJECT_EVENT] },
    });
  });

  it.each([
    ['another type', { type: 'EPCISQueryDocument' }, '/type'],
    ['another version', { schemaVersion: '1.2' }, '/schemaVersion'],
    ['no context', { '@context': undefined }, '/@context'],
    ['no list of events', { epcisBody: {} }, EVENT_LIST],
    ['no body', { epcisBody: undefined }, '/epcisBody'],
  ])('with %s is answered by its place', (_name, change, pointer) => {
    const reading = readDocument({ ...documentOf(OBJECT_EVENT), ...change });
    expect(reading).toMatchObject({ ok: false, faults: [{ pointer }] });
  });

  it('of any JSON gives faults, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const [document, event] = [readDocument(value), readEvent(value, '')];
        expect(document.ok || document.faults.length > 0).toBe(true);
        expect(event.ok || event.faults.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
