import { expect, it } from 'vitest';
import { dhlExpress } from './dhl_express/parse.ts';
import { dhlUnified } from './dhl_unified/parse.ts';
import { readEdiPayload } from './edifact/parse.ts';
import { fedex } from './fedex/parse.ts';
import { gls } from './gls/parse.ts';
import type { Mapping } from './mapped/mapping.ts';
import { mappedConnector } from './mapped/parse.ts';
import { reportOf } from './report.ts';
import { ups } from './ups/parse.ts';

/** Where each carrier's format states a weight, in payloads of our own making; and where it states none that is a parcel's. */
const bytesOf = (payload: object | string) =>
  new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
type Parses = { parse: (payload: Uint8Array) => Parameters<typeof reportOf>[0] };
const gramsOf = ({ parse }: Parses, payload: object | string) => {
  const report = reportOf(parse(bytesOf(payload)));
  return [report, ...report.more_parcels].map(({ events }) => events.map((event) => event.weight_grams));
};

const activity = { status: { type: 'I', code: 'DP' }, date: '20260304', time: '221500' };
const upsWith = (weight: object) => ({
  trackResponse: {
    shipment: [
      { package: [{ trackingNumber: '1Z999AA10123456784', weight, activity: [activity, activity] }] },
    ],
  },
});
const fedexWith = (weight: object[]) => ({
  output: {
    completeTrackResults: [
      {
        trackingNumber: '123456789012',
        trackResults: [
          {
            packageDetails: { weightAndDimensions: { weight } },
            scanEvents: [{ date: '2026-03-04T10:00:00+01:00', eventType: 'PU' }],
          },
        ],
      },
    ],
  },
});
const soap = `<TrackReply><HighestSeverity>SUCCESS</HighestSeverity><TrackDetails><TrackingNumber>123456789012</TrackingNumber>
  <PackageWeight><Units>LB</Units><Value>0.2</Value></PackageWeight><ShipmentWeight><Units>LB</Units><Value>9</Value></ShipmentWeight>
  <Events><Timestamp>2026-03-04T10:00:00-05:00</Timestamp><EventType>PU</EventType></Events></TrackDetails></TrackReply>`;
const bill = (
  pieces: number,
) => `<req:TrackingResponse xmlns:req="http://www.dhl.com"><AWBInfo><AWBNumber>9053283201</AWBNumber>
  <Status><ActionStatus>success</ActionStatus></Status><ShipmentInfo><Pieces>${pieces}</Pieces><Weight>0.09</Weight><WeightUnit>K</WeightUnit>
  <ShipmentEvent><Date>2026-03-04</Date><Time>10:00:00</Time><ServiceEvent><EventCode>PU</EventCode></ServiceEvent></ShipmentEvent></ShipmentInfo>
  <Pieces><PieceInfo><PieceDetails><LicensePlate>JD0123456789012</LicensePlate><ActualWeight>1.5</ActualWeight><Weight>2</Weight><WeightUnit>K</WeightUnit></PieceDetails>
  <PieceEvent><Date>2026-03-04</Date><Time>10:00:00</Time><ServiceEvent><EventCode>PU</EventCode></ServiceEvent></PieceEvent></PieceInfo></Pieces></AWBInfo></req:TrackingResponse>`;
const unified = (details: object) => ({
  shipments: [
    {
      id: '00340434292135100131',
      details,
      events: [{ timestamp: '2026-03-04T10:00:00+01:00', statusCode: 'transit' }],
    },
  ],
});
const kilo = { value: 1.2, unitText: 'kg' };
const ediWith = (...segments: string[]) => {
  const body = ['BGM+23', 'CNI+1+C100', 'STS+1+13', 'RFF+CW:P1', 'DTM+78:202603041015:203', ...segments];
  const message = ['UNH+1+IFTSTA:D:96A:UN', ...body, `UNT+${body.length + 2}+1`];
  return [`UNB+UNOC:3+CARRIER+R+260304:0900+7`, ...message, 'UNZ+1+7'].map((one) => `${one}'`).join('');
};
const edifact: Parses = { parse: readEdiPayload };
const MAPPING: Mapping = {
  carrier: 'village_van',
  format: 'csv',
  source: 'a sheet of our own making',
  fields: { number: 'Parcel', code: 'What', time: 'When', weight: 'Weight', unit: 'Unit' },
  codes: { OK: 'delivered' },
};
const { unit: _unit, ...withoutUnit } = MAPPING.fields;
const sheet = (weight: string, unit: string) =>
  `Parcel;What;When;Weight;Unit\nV1;OK;2026-03-04T10:00:00Z;${weight};${unit}\n`;

it.each<readonly [string, Parses, object | string, (number | null)[][]]>([
  [
    'UPS, of the package with each activity',
    ups,
    upsWith({ unitOfMeasurement: 'LBS', weight: '5.00' }),
    [[2_268, 2_268]],
  ],
  ['UPS, nothing weighed', ups, upsWith({ unitOfMeasurement: 'LBS', weight: '0.00' }), [[null, null]]],
  [
    'FedEx, the same in two units',
    fedex,
    fedexWith([
      { value: '2.0', unit: 'LB' },
      { value: '0.91', unit: 'KG' },
    ]),
    [[907]],
  ],
  ['FedEx, of an unknown unit', fedex, fedexWith([{ value: '2.0', unit: 'ST' }]), [[null]]],
  ['FedEx SOAP, of the package and not of the shipment', fedex, soap, [[91]]],
  ['DHL Express, of a shipment of one piece, and of the piece', dhlExpress, bill(1), [[90], [1_500]]],
  ['DHL Express, a sum is no parcel’s', dhlExpress, bill(2), [[null], [1_500]]],
  ['DHL unified, of one piece', dhlUnified, unified({ totalNumberOfPieces: 1, weight: kilo }), [[1_200]]],
  [
    'DHL unified, a sum is no parcel’s',
    dhlUnified,
    unified({ totalNumberOfPieces: 3, weight: kilo }),
    [[null]],
  ],
  ['DHL unified, many pieces', dhlUnified, unified({ pieceIds: ['a', 'b'], weight: kilo }), [[null]]],
  [
    'GLS, among other facts of the parcel',
    gls,
    {
      tuStatus: [
        {
          tuNo: '12345678901',
          infos: [
            { type: 'PRODUCT', value: 'Parcel' },
            { type: 'WEIGHT', value: '1.5 kg' },
          ],
          history: [{ date: '2026-03-04', time: '10:00:00' }],
        },
      ],
    },
    [[1_500]],
  ],
  ['IFTSTA, gross weight of the goods item', edifact, ediWith('MEA+PD+AAB+GRM:1250'), [[1_250]]],
  ['IFTSTA, total gross', edifact, ediWith('MEA+AAE+AAD+KGM:2.5'), [[2_500]]],
  ['IFTSTA, a tare says nothing', edifact, ediWith('MEA+AAE+T+KGM:2.5'), [[null]]],
  ['IFTSTA, two weights are none', edifact, ediWith('MEA+AAE+G+KGM:2.5', 'MEA+AAE+G+KGM:3'), [[null]]],
  [
    'IFTSTA, one weight of two parcels is none',
    edifact,
    ediWith('RFF+CW:P2', 'MEA+AAE+G+KGM:2'),
    [[null], [null]],
  ],
  ['a mapped sheet with a unit', mappedConnector(MAPPING), sheet('1,5', 'kg'), [[1_500]]],
  [
    'a mapped sheet in grams',
    mappedConnector({ ...MAPPING, fields: withoutUnit }),
    sheet('150', ''),
    [[150]],
  ],
  ['a mapped sheet with a word', mappedConnector(MAPPING), sheet('light', 'kg'), [[null]]],
])('%s', (_name, connector, payload, grams) => {
  expect(gramsOf(connector, payload)).toEqual(grams);
});
