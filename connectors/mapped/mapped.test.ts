import { expect, it } from 'vitest';
import { errorLines, linesOf } from '../reading/sample.fixture.ts';
import { type Mapping, readMapping } from './mapping.ts';
import { mappedConnector } from './parse.ts';
import { JSON_MAPPING } from './samples.fixture.ts';

const CSV_MAPPING: Mapping = {
  carrier: 'village_van',
  format: 'csv',
  source: 'a sheet that a small carrier sends by mail',
  zone: 'Europe/Lisbon',
  fields: { number: 'Parcel', code: 'What', date: 'Day', clock: 'Hour', city: 'Where' },
  codes: { OUT: 'out_for_delivery', OK: 'delivered' },
};
const parse = (text: string, mapping = CSV_MAPPING) =>
  mappedConnector(mapping).parse(new TextEncoder().encode(text));

it('reads rows of a sheet, several of one parcel together', () => {
  const reading = parse(
    'Parcel;What;Day;Hour;Where\nV1;OUT;03.09.2026;8:05;Faro\nV2;XX;03.09.2026;;\nV1;OK;03.09.2026;9:10;"Faro"\n',
  );
  expect(linesOf(reading)).toEqual({
    V1: [
      '2026-09-03T08:05:00 assumed Europe/Lisbon OUT out_for_delivery @ Faro',
      '2026-09-03T09:10:00 assumed Europe/Lisbon OK delivered @ Faro',
    ],
    V2: ['2026-09-03T00:00:00 (day) assumed Europe/Lisbon XX unmapped @ -'],
  });
  expect(reading.parcels[0]?.scans[1]?.pointer).toBe('/2');
});

it.each([
  ['nothing', '', 'payload_empty - -'],
  ['a header alone', 'Parcel;What;Day;Hour;Where\n', 'payload_unexpected - -'],
  ['another sheet', 'A;B\n1;2\n', 'payload_unexpected - -'],
  ['a page', '<html><body>gone</body></html>', 'payload_unexpected - -'],
  ['a quote that never ends', 'Parcel;What\n"V1;OUT\n', 'payload_unreadable - -'],
  ['a column twice', 'Parcel;Parcel\n1;2\n', 'payload_unreadable - -'],
])('names %s', (_what, text, line) => {
  expect(errorLines(parse(text))).toEqual([line]);
});

it('reads a date that may be two only as the mapping says', () => {
  const sheet = 'Parcel,What,Day\nV1,OUT,02/03/2026\nV1,OK,28/02/2026\n';
  expect(errorLines(parse(sheet))).toEqual(['scan_time_unreadable OUT V1']);
  expect(linesOf(parse(sheet, { ...CSV_MAPPING, dates: 'day_first' })).V1?.[0]).toMatch(/^2026-03-02/);
  expect(errorLines(parse(sheet, { ...CSV_MAPPING, dates: 'month_first' }))).toEqual([
    'scan_time_unreadable OK V1',
  ]);
});

it('names a row without a time or a number and reads the others', () => {
  const reading = parse('Parcel,What,Day\nV1,OUT,\n,OUT,2026-09-03\nV2,OK,2026-09-03\n');
  expect(errorLines(reading)).toEqual(['scan_without_time OUT V1', 'number_missing - -']);
  expect(Object.keys(linesOf(reading))).toEqual(['V1', '', 'V2']);
});

it('takes a mapping as it is documented', () => {
  expect(readMapping(JSON.parse(JSON.stringify(JSON_MAPPING)))).toEqual({ ok: true, mapping: JSON_MAPPING });
});

it.each([
  ['a milestone that does not exist', { codes: { OK: 'arrived_somehow' } }, '/codes/OK'],
  ['a detail of another milestone', { codes: { OK: 'delivered/exception.lost' } }, '/codes/OK'],
  ['no time at all', { fields: { number: 'Parcel' } }, '/fields'],
  ['a zone that is none', { zone: 'Mars/Olympus' }, '/zone'],
  ['a list of parcels in a sheet', { parcels: 'data' }, '/'],
  ['a field of no meaning', { colour: 'red' }, '/'],
])('refuses %s and says where', (_what, change, place) => {
  const result = readMapping({ ...CSV_MAPPING, ...change });
  expect(result.ok).toBe(false);
  expect(result.ok ? [] : result.problems.map((problem) => problem.split(':')[0])).toContain(place);
});
