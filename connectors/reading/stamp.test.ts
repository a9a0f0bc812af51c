import { expect, it } from 'vitest';
import { readDate, readDateAndTime, readEpochMs, readOffset, readStamp } from './stamp.ts';

it.each([
  ['2021-05-04T16:06:40', '2021-05-04T16:06:40', undefined],
  ['2021-05-04 16:06', '2021-05-04T16:06:00', undefined],
  ['20210504160640', '2021-05-04T16:06:40', undefined],
  ['2021/05/04 16:06:40', '2021-05-04T16:06:40', undefined],
  ['2021-05-04T16:06:40Z', '2021-05-04T16:06:40', '+00:00'],
  ['2021-05-04T16:06:40.1234567+0200', '2021-05-04T16:06:40.123', '+02:00'],
  ['2021-05-07 23:59:00 GMT-04:00', '2021-05-07T23:59:00', '-04:00'],
])('reads %s', (text, local, zone) => {
  expect(readStamp(text)).toEqual({ local, isDateOnly: false, ...(zone === undefined ? {} : { zone }) });
});

it('knows a day without a time from midnight', () => {
  expect(readStamp('2021-05-04')).toEqual({ local: '2021-05-04T00:00:00', isDateOnly: true });
  expect(readDateAndTime('20210504', '000000')).toEqual({ local: '2021-05-04T00:00:00', isDateOnly: false });
  expect(readDateAndTime('March 1, 2014', undefined)).toEqual({
    local: '2014-03-01T00:00:00',
    isDateOnly: true,
  });
});

it.each([
  ['8:09 am', '08:09:00'],
  ['12:54 am', '00:54:00'],
  ['12:05 pm', '12:05:00'],
  ['1020', '10:20:00'],
  ['102045', '10:20:45'],
  ['10:20:45.1234567', '10:20:45.123'],
])('reads the clock %s', (text, clock) => {
  expect(readDateAndTime('2021-05-04', text)?.local).toBe(`2021-05-04T${clock}`);
});

it('reads days as carriers write them, the day before the month where slashes are', () => {
  expect(readDate('18/02/2021')).toBe('2021-02-18');
  expect(readDate('18.02.2021')).toBe('2021-02-18');
  expect(readDate('March 2, 2014')).toBe('2014-03-02');
  expect(readDate('2021-05-07 23:59:00 GMT-04:00')).toBe('2021-05-07');
  expect(readDate('soon')).toBeUndefined();
});

it.each([
  ['Z', '+00:00'],
  ['+8', '+08:00'],
  ['+0800', '+08:00'],
  ['GMT-04:00', '-04:00'],
  ['UTC+5:30', '+05:30'],
  ['+14', '+14:00'],
])('reads the offset %s', (text, offset) => {
  expect(readOffset(text)).toBe(offset);
});

it('takes nothing for an offset that is none', () => {
  for (const text of ['+15', '+08:99', 'EST', '8', '', undefined]) expect(readOffset(text)).toBeUndefined();
});

it('reads an epoch in milliseconds', () => {
  expect(readEpochMs('1701561597000')).toBe('2023-12-02T23:59:57.000Z');
  for (const text of ['-1', '1e9', '999999999999999999', undefined])
    expect(readEpochMs(text)).toBeUndefined();
});
