import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substatusAfter } from '../../network/tracking/connector-contract.ts';
import { scanLine } from '../reading/sample.fixture.ts';
import { readEdiTime } from './date-time.ts';
import { readEdiPayload, readStatusFile } from './parse.ts';
import { STATUS_TABLES } from './status-codes.ts';

/** `npm run rig:parsers` tries more. */
const TIMES = Number(process.env.PARSER_TIMES ?? 1);

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A file of one message with these segments (without their terminators). */
function fileOf(type: string, sender: string, ...segments: string[]): string {
  const message = [`UNH+1+${type}`, ...segments, `UNT+${segments.length + 2}+1`];
  const body = [`UNB+UNOC:3+${sender}+R+260304:0900+7`, ...message, 'UNZ+1+7'];
  return `UNA:+.? '${body.map((segment) => `${segment}'\r\n`).join('')}`;
}
const D96A = 'IFTSTA:D:96A:UN';
function read(text: string) {
  const { messages, errors } = readStatusFile(bytesOf(text));
  const readings = messages.map(({ reading }) => reading);
  return {
    errors: errors.map(({ code }) => code),
    faults: readings.flatMap((reading) => reading.errors.map(({ code, pointer }) => `${code} ${pointer}`)),
    lines: Object.fromEntries(
      readings.flatMap(({ parcels }) => parcels.map((parcel) => [parcel.number, parcel.scans.map(scanLine)])),
    ),
    parcels: readings.flatMap(({ parcels }) => parcels),
  };
}
const status = (...segments: string[]) => read(fileOf(D96A, 'CARRIER', 'BGM+23', 'CNI+1+C100', ...segments));
const AT = 'DTM+78:202603041015:203';

describe('a status message', () => {
  it('of the field is read field by field', () => {
    const folder =
      process.env.POSTROAD_DATA_TRACKING ?? join(import.meta.dirname, '../../../shared/data/tracking');
    const file = [folder, join(import.meta.dirname, '../../../../shared/data/tracking')]
      .map((one) => join(one, 'examples/iftsta-ups-d07b-a.edi'))
      .find(existsSync);
    if (file === undefined) {
      process.stderr.write(
        'SKIPPED, NOT PROVED: the IFTSTA interchange of UPS (POSTROAD_DATA_TRACKING names its folder).\n',
      );
      return;
    }
    const { messages, errors } = readStatusFile(readFileSync(file));
    expect(errors).toEqual([]);
    expect(
      messages.map(({ interchange, sender, message }) => [
        interchange,
        sender.id,
        message.reference,
        message.release,
        message.group,
      ]),
    ).toEqual([
      ['00000000044975', 'EURPROD', '00000000806777', '07B', '00000000044975'],
      ['00000000044975', 'EURPROD', '00000000806778', '07B', '00000000044975'],
    ]);
    const scans = messages.flatMap(({ reading }) => reading.parcels.flatMap((parcel) => parcel.scans));
    expect(scans.map((scan) => [scan.number, scanLine(scan), scan.time.occurredAt, scan.text])).toEqual([
      [
        '1Z3F4W576807747148',
        '2016-07-14T17:37:46 resolved_from_place Europe/Berlin 1:D2:21 delivered @ WENDLINGEN',
        '2016-07-14T15:37:46.000Z',
        undefined,
      ],
      [
        '1Z562V506807737844',
        '2016-07-14T17:33:39 resolved_from_place Europe/Brussels 1:E1:101 exception @ BRUSSELS',
        '2016-07-14T15:33:39.000Z',
        'DELIVERY WILL BE RESCHEDULED. RESOLUTION; THIS PACKAGE IS BEING HELD FOR A FUTURE DELIVERY DATE. REASON',
      ],
    ]);
  });

  it('names its parcels by package before consignment, the nearest statement first', () => {
    expect(Object.keys(status('STS+1+21', AT).lines)).toEqual(['C100']);
    expect(Object.keys(status('RFF+CW:P1', 'STS+1+21', AT).lines)).toEqual(['P1']);
    expect(
      Object.keys(
        status('RFF+CW:P1', 'STS+1+21', AT, 'GID+1', 'GIN+BJ+340123450000000018+340123450000000025').lines,
      ),
    ).toEqual(['340123450000000018', '340123450000000025']);
    expect(Object.keys(status('RFF+CU:ORDER-9', 'STS+1+21', AT).lines)).toEqual(['C100']);
  });

  it('keeps one consignment’s number from the next one', () => {
    const { lines } = status('RFF+CW:P1', 'STS+1+13', AT, 'CNI+2+C200', 'STS+1+21', AT);
    expect(Object.keys(lines)).toEqual(['P1', 'C200']);
  });

  it('takes place and time of the status before those around it', () => {
    const { lines } = status(
      'LOC+14+:::GENT+:::BE',
      'STS+1+1',
      AT,
      'STS+1+31',
      'DTM+334:20260304120000:204',
      'LOC+14+DEHAM:139:6:HAMBURG',
    );
    expect(lines.C100).toEqual([
      '2026-03-04T10:15:00 resolved_from_place Europe/Brussels 1 in_transit_local/in_transit.arrived_facility @ GENT',
      '2026-03-04T12:00:00 resolved_from_place Europe/Berlin 31 out_for_delivery @ DEHAM, HAMBURG',
    ]);
  });

  it('leaves a wall clock without place unknown, and takes an offset that is stated', () => {
    expect(status('STS+1+21', AT).lines.C100).toEqual(['2026-03-04T10:15:00 unknown 21 delivered @ -']);
    expect(status('STS+1+21', 'DTM+78:202603041015?+0130:205').lines.C100).toEqual([
      '2026-03-04T10:15:00 stated +01:30 21 delivered @ -',
    ]);
    expect(status('STS+1+21', 'DTM+78:20260304:102').lines.C100).toEqual([
      '2026-03-04T00:00:00 (day) unknown 21 delivered @ -',
    ]);
  });

  it('tells the estimated delivery and the reason of a failed one', () => {
    const { parcels, lines } = status('STS+1+23+7', AT, 'DTM+17:20260305:102', 'FTX+AAI+++SHOP SHUT');
    expect(parcels[0]).toMatchObject({
      estimatedDate: '2026-03-05',
      scans: [{ text: 'SHOP SHUT', category: 'reason 7' }],
    });
    expect(lines.C100![0]).toContain('delivery_attempted/delivery_attempted.business_closed');
  });

  it.each([
    ['STS+1+23+6', 'delivery_attempted.recipient_absent'],
    ['STS+1+56+30', 'delivery_attempted.address_problem'],
    ['STS+1+23+49', 'delivery_attempted.refused'],
    ['STS+1+23+62+7', 'delivery_attempted.business_closed'],
    ['STS+1+20+46', 'exception.payment_due'],
    ['STS+1+20+63', 'exception.delayed_weather'],
    ['STS+1+25+35', 'exception.delayed_carrier'],
    ['STS+1+101+31', 'exception.delayed_external'],
    ['STS+1+101', 'exception.delayed'],
    ['STS+1+101+53', 'exception.missorted'],
    ['STS+1+90+63', 'exception.held_at_facility'],
  ])('reads the reasons beside the status: %s', (sts, substatus) => {
    expect(status(sts, AT).parcels[0]!.scans[0]!.substatus).toBe(substatus);
  });

  it('reads a code by the list that it is of', () => {
    const meanings = (type: string, sender: string, sts: string) =>
      read(fileOf(type, sender, 'BGM+23', 'CNI+1+C100', sts, AT)).parcels[0]!.scans[0]!.milestone;
    expect(meanings(D96A, 'X', 'STS+1+21')).toBe('delivered');
    expect(meanings(D96A, 'X', 'STS+1+999')).toBe('unmapped');
    // 4405 has no list for transport: an unknown sender's 21 is anything.
    expect(meanings('IFTSTA:D:07B:UN', 'X', 'STS+1+21')).toBe('unmapped');
    expect(meanings('IFTSTA:D:07B:UN', 'X', 'STS+1+21::6')).toBe('delivered');
    expect(meanings('IFTSTA:D:07B:UN', 'X', 'STS+1+EMH::139')).toBe('delivery_attempted');
    expect(meanings('IFTSTA:D:07B:UN', 'X', 'STS+1:D2:21')).toBe('unmapped');
    expect(meanings('IFTSTA:D:07B:UN', 'X:UPS', 'STS+1:D2:21')).toBe('delivered');
    expect(meanings('IFTSTA:D:07B:UN', 'X:UPS', 'STS+1:Z9:21')).toBe('unmapped');
  });

  it('of a post is read by item and EMSEVT code', () => {
    const { lines, faults } = read(
      fileOf(
        'EMSEVT:3:0:UP',
        'SGSINA',
        'BGM+23',
        'RFF+AAO:RR123456785SG',
        'STS+1+EMC',
        'DTM+7:202603042200:203',
        'LOC+5+SGSINA',
        'STS+1+EMD',
        'DTM+7:202603050800:203',
        'LOC+60+DEFRAA',
        'STS+1+ZZZ',
        'DTM+7:202603050900:203',
      ),
    );
    expect(faults).toEqual([]);
    expect(lines).toEqual({
      RR123456785SG: [
        '2026-03-04T22:00:00 resolved_from_place Asia/Singapore EMC departed_origin @ SGSINA',
        '2026-03-05T08:00:00 resolved_from_place Europe/Berlin EMD arrived_destination @ DEFRAA',
        '2026-03-05T09:00:00 unknown ZZZ unmapped @ -',
      ],
    });
  });

  it.each([
    ['no number', [D96A, 'BGM+23', 'STS+1+21', AT], 'number_missing /4/STS'],
    ['no status', [D96A, 'BGM+23', 'CNI+1+C1', 'STS+1', AT], 'status_missing /5/STS'],
    ['no time', [D96A, 'BGM+23', 'CNI+1+C1', 'STS+1+21', 'DTM+137:20260304:102'], 'time_missing /5/STS'],
    [
      'a time of another format',
      [D96A, 'BGM+23', 'CNI+1+C1', 'STS+1+21', 'DTM+78:2026:203'],
      'time_unreadable /6/DTM',
    ],
    [
      'a day that does not exist',
      [D96A, 'BGM+23', 'CNI+1+C1', 'STS+1+21', 'DTM+78:20260230:102'],
      'time_unreadable /5/STS',
    ],
    ['no status segment', [D96A, 'BGM+23', 'CNI+1+C1'], 'status_missing /2/UNH'],
  ] as const)('with %s is answered by its place', (_name, [type, ...segments], fault) => {
    const { faults, parcels } = read(fileOf(type, 'X', ...segments));
    expect(faults).toEqual([fault]);
    expect(parcels.flatMap(({ scans }) => scans)).toEqual([]);
  });

  it('of another kind is named', () => {
    expect(read(fileOf('ORDERS:D:96A:UN', 'X', 'BGM+220')).errors).toEqual(['message_type_unknown']);
  });
});

describe('a file as one payload', () => {
  const good = ['BGM+23', 'CNI+1+C1', 'STS+1+21', AT];

  it('joins its messages, and names what is broken beside what was read', () => {
    const bad = fileOf(D96A, 'X', 'BGM+23').replace('UNT+3', 'UNT+4');
    const reading = readEdiPayload(bytesOf(fileOf(D96A, 'X', ...good) + bad));
    expect(reading.parcels.map(({ number, scans }) => [number, scans.length])).toEqual([['C1', 1]]);
    expect(reading.errors).toMatchObject([
      {
        name: 'message_unreadable',
        code: 'count_wrong',
        message: expect.stringMatching(/^count_wrong at segment \d+ UNT, element 1, byte \d+: /),
      },
    ]);
  });

  it.each([
    ['nothing', '', 'payload_empty'],
    ['another file', '{}', 'payload_unexpected'],
    ['another message', fileOf('ORDERS:D:96A:UN', 'X', 'BGM+220'), 'payload_unexpected'],
    ['bytes of another repertoire', fileOf(D96A, 'X', 'BGM+\u0001'), 'payload_not_text'],
    ['half a file', fileOf(D96A, 'X', ...good).slice(0, 90), 'payload_unreadable'],
  ])('%s is no payload', (_name, text, name) => {
    const { parcels, errors } = readEdiPayload(bytesOf(text));
    expect(parcels).toEqual([]);
    expect(errors.map((error) => error.name)).toEqual([name]);
  });
});

it('every detail of the tables fits its milestone', () => {
  for (const { groups } of Object.values(STATUS_TABLES))
    for (const [code, milestone, substatus] of groups.flatMap(({ rows }) => rows))
      if (substatus !== undefined) expect(substatusAfter(milestone, substatus), code).toBe(substatus);
});

it('times are read by their format only', () => {
  expect(readEdiTime('260304', '101')).toEqual({ localTime: '2026-03-04T00:00:00', isDateOnly: true });
  expect(readEdiTime('202602282400', '203')).toEqual({ localTime: '2026-03-01T00:00:00', isDateOnly: false });
  expect(readEdiTime('980304', '101')?.localTime).toBe('1998-03-04T00:00:00');
  expect(readEdiTime('202603041015UTC', '303')).toMatchObject({
    localTime: '2026-03-04T10:15:00',
    zone: 'UTC',
  });
  expect(readEdiTime('202603041015CST', '303')).not.toHaveProperty('zone');
  for (const [value, format] of [
    ['20260304', '203'],
    ['2026030410155', '203'],
    ['2026-03-04', '102'],
    ['20260304', '999'],
    ['', '102'],
    ['202603041015+1', '205'],
  ] as const)
    expect(readEdiTime(value, format), value).toBeUndefined();
});

it('any change of a good file gives a reading', () => {
  const text = fileOf(
    D96A,
    'X:UPS',
    'BGM+23',
    'CNI+1+C1',
    'LOC+14+:::LYON+:::FR',
    'STS+1+21',
    AT,
    'STS+1:D2:21',
    AT,
  );
  fc.assert(
    fc.property(fc.nat(text.length), fc.string({ maxLength: 6 }), fc.nat(8), (at, noise, cut) => {
      const { messages, errors } = readStatusFile(bytesOf(text.slice(0, at) + noise + text.slice(at + cut)));
      for (const { reading } of messages)
        for (const { name } of reading.errors) expect(name).toMatch(/^[a-z_]+$/);
      for (const { code } of errors) expect(code).toMatch(/^[a-z_0-9]+$/);
    }),
    { numRuns: 1_000 * TIMES },
  );
});
