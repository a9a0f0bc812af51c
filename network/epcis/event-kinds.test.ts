import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventHashId, preHashOf } from './event-hash.policy.ts';

/*
 * One event of each type of EPCIS 2.0, and what CBV 2.0 section 8.9 hashes of it, written by hand: the order of the
 * properties, identifiers as canonical Digital Links with their check digits, words as web URIs, lists in order.
 */
const ID = 'https://id.gs1.org';
const CBV = 'https://ref.gs1.org/cbv';
const NAMESPACES = new Map([['example', 'https://ns.example.com/epcis/']]);

const KINDS: readonly [kind: string, event: Record<string, unknown>, preHash: readonly string[]][] = [
  [
    'ObjectEvent',
    {
      eventID: 'urn:uuid:4f6d1c7e-0000-0000-0000-000000000000',
      recordTime: '2026-03-04T12:00:00Z',
      eventTimeZoneOffset: '-05:00',
      eventTime: '2026-03-04T06:00:30.1239-05:00',
      action: 'ADD',
      epcList: ['urn:epc:id:sgtin:4012345.011111.9', `${ID}/00/340123450000000018?linkType=all`],
      bizStep: 'urn:epcglobal:cbv:bizstep:commissioning',
      ilmd: { 'example:lot': 'L 1' },
    },
    [
      'eventTime=2026-03-04T11:00:30.124Z',
      'eventTimeZoneOffset=-05:00',
      `epcListepc=${ID}/00/340123450000000018epc=${ID}/01/04012345111118/21/9`,
      'action=ADD',
      `bizStep=${CBV}/BizStep-commissioning`,
      'ilmd{https://ns.example.com/epcis/}lot=L 1',
    ],
  ],
  [
    'AggregationEvent',
    {
      eventTime: '2013-06-08T14:58:56.591Z',
      eventTimeZoneOffset: '+02:00',
      action: 'OBSERVE',
      childEPCs: ['urn:epc:id:sgtin:0614141.107346.2018', 'urn:epc:id:sgtin:0614141.107346.2017'],
      childQuantityList: [
        { uom: 'KGM', quantity: 200.5, epcClass: 'urn:epc:class:lgtin:4012345.012345.998877' },
        { epcClass: 'urn:epc:idpat:sgtin:4012345.098765.*', quantity: 10 },
      ],
      parentID: 'urn:epc:id:sscc:0614141.1234567890',
      bizStep: 'receiving',
      disposition: 'in_progress',
      bizLocation: { id: 'urn:epc:id:sgln:0614141.00888.0' },
      readPoint: { id: 'urn:epc:id:sgln:0614141.00777.0' },
    },
    [
      'eventTime=2013-06-08T14:58:56.591Z',
      'eventTimeZoneOffset=+02:00',
      `parentID=${ID}/00/106141412345678908`,
      `childEPCsepc=${ID}/01/10614141073464/21/2017epc=${ID}/01/10614141073464/21/2018`,
      `childQuantityListquantityElementepcClass=${ID}/01/04012345123456/10/998877quantity=200.5uom=KGM`,
      `quantityElementepcClass=${ID}/01/04012345987652quantity=10`,
      'action=OBSERVE',
      `bizStep=${CBV}/BizStep-receiving`,
      `disposition=${CBV}/Disp-in_progress`,
      `readPointid=${ID}/414/0614141007776`,
      `bizLocationid=${ID}/414/0614141008889`,
    ],
  ],
  [
    'TransactionEvent',
    {
      eventTime: '2026-03-04T10:00:00Z',
      eventTimeZoneOffset: '+00:00',
      action: 'ADD',
      bizTransactionList: [
        { type: 'po', bizTransaction: 'http://shop.example/po/2' },
        { type: 'desadv', bizTransaction: 'http://shop.example/asn/1' },
      ],
      parentID: 'urn:epc:id:sscc:0614141.1234567890',
      epcList: ['urn:epc:id:giai:4012345.A1'],
      quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L', quantity: 3 }],
      disposition: 'in_transit',
      destinationList: [{ type: 'owning_party', destination: 'urn:epc:id:pgln:4012345.00225' }],
      sourceList: [{ type: 'location', source: 'urn:epc:id:sgln:4012345.00225.0' }],
    },
    [
      'eventTime=2026-03-04T10:00:00.000Z',
      'eventTimeZoneOffset=+00:00',
      `epcListepc=${ID}/8004/4012345A1`,
      `parentID=${ID}/00/106141412345678908`,
      `quantityListquantityElementepcClass=${ID}/01/04012345123456/10/Lquantity=3`,
      'action=ADD',
      `disposition=${CBV}/Disp-in_transit`,
      `bizTransactionListbizTransaction=http://shop.example/asn/1type=${CBV}/BTT-desadv`,
      `bizTransaction=http://shop.example/po/2type=${CBV}/BTT-po`,
      `sourceListsource=${ID}/414/4012345002256type=${CBV}/SDT-location`,
      `destinationListdestination=${ID}/417/4012345002256type=${CBV}/SDT-owning_party`,
    ],
  ],
  [
    'TransformationEvent',
    {
      eventTime: '2026-03-04T10:00:00+00:00',
      eventTimeZoneOffset: '+00:00',
      transformationID: 'urn:epc:id:gdti:4012345.12345.9',
      outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.OUT', quantity: 12.0 }],
      outputEPCList: ['urn:epc:id:sgtin:4012345.011111.2', 'urn:epc:id:sgtin:4012345.011111.1'],
      inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.IN', quantity: 1.5, uom: 'LTR' }],
      inputEPCList: ['urn:epc:id:grai:4012345.12345.ABC'],
      persistentDisposition: { unset: ['completeness_inferred'], set: ['completeness_verified'] },
      bizStep: `${CBV}/BizStep-repackaging`,
      'example:batch': { 'example:z': true, 'example:a': 7 },
    },
    [
      'eventTime=2026-03-04T10:00:00.000Z',
      'eventTimeZoneOffset=+00:00',
      `inputEPCListepc=${ID}/8003/04012345123456ABC`,
      `inputQuantityListquantityElementepcClass=${ID}/01/04012345123456/10/INquantity=1.5uom=LTR`,
      `outputEPCListepc=${ID}/01/04012345111118/21/1epc=${ID}/01/04012345111118/21/2`,
      `outputQuantityListquantityElementepcClass=${ID}/01/04012345123456/10/OUTquantity=12`,
      `transformationID=${ID}/253/40123451234569`,
      `bizStep=${CBV}/BizStep-repackaging`,
      `persistentDispositionset=${CBV}/Disp-completeness_verifiedunset=${CBV}/Disp-completeness_inferred`,
      '{https://ns.example.com/epcis/}batch',
      '{https://ns.example.com/epcis/}a=7{https://ns.example.com/epcis/}z=true',
    ],
  ],
  [
    'AssociationEvent',
    {
      eventTime: '2026-03-04T10:00:00Z',
      eventTimeZoneOffset: '+01:00',
      action: 'DELETE',
      parentID: 'urn:epc:id:grai:4012345.12345.ABC',
      childEPCs: ['urn:epc:id:giai:4012345.B2', 'urn:epc:id:giai:4012345.A1'],
      sensorElementList: [
        {
          sensorReport: [
            { value: 70, type: 'RelativeHumidity', uom: 'A93' },
            { uom: 'CEL', type: 'Temperature', value: 26.0, sDev: 0.1 },
          ],
          sensorMetadata: { deviceID: 'urn:epc:id:giai:4012345.S9', time: '2026-03-04T09:59:00Z' },
        },
      ],
    },
    [
      'eventTime=2026-03-04T10:00:00.000Z',
      'eventTimeZoneOffset=+01:00',
      `parentID=${ID}/8003/04012345123456ABC`,
      `childEPCsepc=${ID}/8004/4012345A1epc=${ID}/8004/4012345B2`,
      'action=DELETE',
      `sensorElementListsensorElementsensorMetadatatime=2026-03-04T09:59:00.000ZdeviceID=${ID}/8004/4012345S9`,
      'sensorReporttype=https://gs1.org/voc/RelativeHumidityvalue=70uom=A93',
      'sensorReporttype=https://gs1.org/voc/Temperaturevalue=26sDev=0.1uom=CEL',
    ],
  ],
];

test.each(KINDS)('the id of an %s is the hash of what the standard lists', (type, event, parts) => {
  const expected = `eventType=${type}${parts.join('')}`;
  expect(preHashOf({ type, ...event }, NAMESPACES)).toBe(expected);
  const digest = createHash('sha256').update(expected).digest('hex');
  expect(eventHashId({ type, ...event }, NAMESPACES)).toBe(`ni:///sha-256;${digest}?ver=CBV2.0`);
});
