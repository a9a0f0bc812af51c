import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { EVENT_HASH_ID, eventHashId, namespacesIn, preHashOf } from './event-hash.policy.ts';
import { exampleDocument, exampleText, hasExamples, OBJECT_EVENT } from './examples.fixture.ts';
import { bareWordOf, vocabularyUri } from './vocabulary.policy.ts';

const NONE = new Map<string, string>();
const preHash = (more: object) =>
  preHashOf({ ...OBJECT_EVENT, ...more }, namespacesIn([{ example: 'https://ns.example.com/epcis/' }]));
const hash = (event: object) => eventHashId(event as Record<string, unknown>, NONE);

describe('the event hash of CBV 2.0', () => {
  it('is that of the published reference, character by character before the digest', () => {
    if (!hasExamples) return;
    const document = exampleDocument('ReferenceEventHashAlgorithm.jsonld') as {
      '@context': unknown;
      epcisBody: { eventList: Record<string, unknown>[] };
    };
    const namespaces = namespacesIn(document['@context']);
    const event = document.epcisBody.eventList[0]!;
    expect(preHashOf(event, namespaces)).toBe(exampleText('ReferenceEventHashAlgorithm.prehashes').trim());
    expect(eventHashId(event, namespaces)).toBe(exampleText('ReferenceEventHashAlgorithm.hashes').trim());
  });

  it('is the same for another order of names, lists and notation of the same thing', () => {
    const { bizStep: _step, ...rest } = OBJECT_EVENT;
    const other = {
      bizStep: 'urn:epcglobal:cbv:bizstep:departing',
      ...rest,
      eventTime: '2026-03-04T10:00:30Z',
      disposition: 'https://ref.gs1.org/cbv/Disp-in_transit',
      epcList: ['https://example.com/sscc/040123450000001112?x=1'],
      readPoint: { id: 'https://id.gs1.org/414/4012345000115/254/987' },
      recordTime: '2026-03-04T10:00:31Z',
      eventID: 'urn:uuid:00000000-0000-0000-0000-000000000000',
    };
    expect(hash(other)).toBe(hash(OBJECT_EVENT));
    expect(hash(OBJECT_EVENT)).toMatch(EVENT_HASH_ID);
  });

  it.each([
    ['another time', { eventTime: '2026-03-04T11:00:30.001+01:00' }],
    ['another offset', { eventTimeZoneOffset: '+02:00' }],
    ['one identifier more', { epcList: [...OBJECT_EVENT.epcList, 'urn:epc:id:sscc:4012345.0000000222'] }],
    ['another step', { bizStep: 'arriving' }],
    ['a field of its own', { 'example:x': '1' }],
    ['no disposition', { disposition: undefined }],
  ])('is another one for %s', (_name, change) => {
    expect(hash({ ...OBJECT_EVENT, ...change })).not.toBe(hash(OBJECT_EVENT));
  });

  it('writes the parts in the order of the standard', () => {
    const text = preHash({
      quantityList: [
        { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 200.5, uom: 'KGM' },
        { epcClass: 'urn:epc:idpat:sgtin:4012345.098765.*', quantity: 10 },
      ],
      persistentDisposition: { unset: ['completeness_inferred'], set: ['completeness_verified'] },
      bizTransactionList: [
        { type: 'po', bizTransaction: 'http://transaction.acme.com/po/12345678' },
        { bizTransaction: 'http://a.example/1' },
      ],
      sourceList: [{ type: 'location', source: 'urn:epc:id:sgln:4012345.00225.0' }],
      sensorElementList: [
        {
          sensorMetadata: { time: '2026-03-04T10:00:00.4567Z', 'example:m': 'x' },
          sensorReport: [
            { type: 'Temperature', value: 26.0, uom: 'CEL' },
            { type: 'gs1:AbsoluteHumidity', value: 12.1, component: 'x', exception: 'ALARM_CONDITION' },
          ],
        },
      ],
      ilmd: { 'example:b': '2', 'example:a': { 'example:c': ['2', '1'] } },
      'example:list': ['b', 'a'],
      errorDeclaration: { declarationTime: '2026-01-01T00:00:00Z' },
    });
    expect(text).toContain(
      'quantityListquantityElementepcClass=https://id.gs1.org/01/04012345123456/10/998877quantity=200.5uom=KGM' +
        'quantityElementepcClass=https://id.gs1.org/01/04012345987652quantity=10action=OBSERVE',
    );
    expect(text).toContain(
      'persistentDispositionset=https://ref.gs1.org/cbv/Disp-completeness_verifiedunset=https://ref.gs1.org/cbv/Disp-completeness_inferred',
    );
    expect(text).toContain(
      'bizTransactionListbizTransaction=http://a.example/1bizTransaction=http://transaction.acme.com/po/12345678type=https://ref.gs1.org/cbv/BTT-po',
    );
    expect(text).toContain(
      'sourceListsource=https://id.gs1.org/414/4012345002256type=https://ref.gs1.org/cbv/SDT-location',
    );
    expect(text).toContain(
      'sensorElementListsensorElementsensorMetadatatime=2026-03-04T10:00:00.457Z{https://ns.example.com/epcis/}m=x' +
        'sensorReporttype=https://gs1.org/voc/AbsoluteHumidityexception=https://gs1.org/voc/SensorAlertType-ALARM_CONDITIONvalue=12.1component=https://ref.gs1.org/cbv/Comp-x' +
        'sensorReporttype=https://gs1.org/voc/Temperaturevalue=26uom=CEL' +
        'ilmd{https://ns.example.com/epcis/}a{https://ns.example.com/epcis/}c=1{https://ns.example.com/epcis/}c=2{https://ns.example.com/epcis/}b=2',
    );
    expect(text.endsWith('{https://ns.example.com/epcis/}list=a{https://ns.example.com/epcis/}list=b')).toBe(
      true,
    );
    expect(text).not.toContain('declarationTime');
  });

  it('leaves out what stands in the schemas alone', () => {
    const withReport = (report: object) => preHash({ sensorElementList: [{ sensorReport: [report] }] });
    expect(withReport({ type: 'Angle', bizRules: 'https://a.example/rules' })).toBe(
      withReport({ type: 'Angle' }),
    );
  });

  it('writes numbers without zeros that say nothing, and leaves identifiers of digits alone', () => {
    expect(preHash({ 'example:n': '0010.500' })).toContain('n=10.5');
    expect(preHash({ 'example:n': 1e21 })).toContain('n=1000000000000000000000');
    expect(preHash({ 'example:n': '-0.0' })).toContain('n=0');
    expect(preHash({ 'example:n': '001234567890123456' })).toContain('n=001234567890123456');
  });

  it('never throws, whatever the event is made of', () => {
    fc.assert(
      fc.property(
        fc.object({
          maxDepth: 4,
          key: fc.constantFrom(
            'type',
            'epcList',
            'ilmd',
            'readPoint',
            'sensorElementList',
            'a:b',
            '@context',
            'quantityList',
          ),
        }),
        (event) => {
          expect(eventHashId(event as Record<string, unknown>, NONE)).toMatch(EVENT_HASH_ID);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('identifiers in their canonical form', () => {
  it.each([
    ['urn:epc:id:sgtin:0614141.107346.2017', '/01/10614141073464/21/2017'],
    ['urn:epc:id:sgtin:4012345.011111.A%2FB(1)', '/01/04012345111118/21/A%2FB%281%29'],
    ['urn:epc:id:sscc:0614141.1234567890', '/00/106141412345678908'],
    ['urn:epc:id:sgln:0614141.00777.0', '/414/0614141007776'],
    ['urn:epc:id:sgln:401234567890..1', '/414/4012345678901/254/1'],
    ['urn:epc:id:pgln:4012345.00225', '/417/4012345002256'],
    ['urn:epc:id:grai:4012345.12345.ABC', '/8003/04012345123456ABC'],
    ['urn:epc:id:gdti:4012345.12345.9', '/253/40123451234569'],
    ['urn:epc:id:sgcn:4012345.12345.9', '/255/40123451234569'],
    ['urn:epc:id:giai:4012345.A1', '/8004/4012345A1'],
    ['urn:epc:id:ginc:4012345.XYZ', '/401/4012345XYZ'],
    ['urn:epc:id:gsin:4012345.222333444', '/402/40123452223334442'],
    ['urn:epc:id:gsrn:4012345.0000000001', '/8018/401234500000000012'],
    ['urn:epc:id:gsrnp:4012345.0000000001', '/8017/401234500000000012'],
    ['urn:epc:id:cpi:4012345.AB1.77', '/8010/4012345AB1/8011/77'],
    ['urn:epc:id:itip:4012345.011111.01.02.S', '/8006/040123451111180102/21/S'],
    ['urn:epc:id:upui:4012345.011111.TP', '/01/04012345111118/235/TP'],
    ['urn:epc:class:lgtin:4012345.012345.L', '/01/04012345123456/10/L'],
    ['urn:epc:idpat:sgtin:4012345.098765.*', '/01/04012345987652'],
    ['http://shop.example/gtin/4012345111118/lot/L/ser/S?17=290101', '/01/04012345111118/21/S'],
    ['https://shop.example/a/b/01/04012345111118/22/V/10/L', '/01/04012345111118/10/L'],
    ['https://id.gs1.org/414/4012345000115/', '/414/4012345000115'],
  ])('%s', (uri, path) => {
    expect(canonicalIdentifier(uri)).toBe(`https://id.gs1.org${path}`);
  });

  it.each([
    'urn:epc:id:sscc:0614141.123',
    'urn:epc:id:sgtin:0614141.107346.',
    'urn:epc:id:unknown:0614141.1',
    'urn:epcglobal:cbv:bt:0614141073467:1152',
    'http://transaction.acme.com/po/12345678',
    'https://shop.example/01/123/21/x',
    'geo:48.1,11.5',
    'https://',
  ])('%s is left as it is', (uri) => {
    expect(canonicalIdentifier(uri)).toBe(uri);
  });
});

it('a standard word is known in every notation, another one stays', () => {
  expect(vocabularyUri('component', 'elevation_angle')).toBe('https://ref.gs1.org/cbv/Comp-elevation_angle');
  expect(vocabularyUri('component', 'depth')).toBe('depth');
  for (const text of [
    'in_transit',
    'urn:epcglobal:cbv:disp:in_transit',
    'cbv:Disp-in_transit',
    'https://ref.gs1.org/cbv/Disp-in_transit',
  ]) {
    expect(vocabularyUri('disposition', text)).toBe('https://ref.gs1.org/cbv/Disp-in_transit');
    expect(bareWordOf('disposition', text)).toBe('in_transit');
  }
  expect(bareWordOf('disposition', 'https://ns.example.com/lost')).toBeUndefined();
  expect(bareWordOf('bizStep', 'in_transit')).toBeUndefined();
});

it('a context binds a prefix in its short form and in its long one, and nothing else', () => {
  const uri = 'https://ns.example.com/epcis/';
  const short = namespacesIn(['https://a.example/c', { example: uri }]);
  expect(namespacesIn({ example: { '@id': uri, '@prefix': true } })).toEqual(short);
  expect(namespacesIn({ example: uri, x: { '@id': 'urn:x' }, y: { '@prefix': true }, z: null })).toEqual(
    short,
  );
});
