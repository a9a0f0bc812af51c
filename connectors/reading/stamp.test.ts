import { expect, it } from 'vitest';
import {
  instantOf,
  offsetBetween,
  readDate,
  readDateAndTime,
  readEpochMs,
  readOffset,
  readStamp,
} from './stamp.ts';

it.each([
  ['2021-05-04T16:06:40', '2021-05-04T16:06:40', undefined],
  ['2021-05-04 16:06', '2021-05-04T16:06:00', undefined],
  ['20210504160640', '2021-05-04T16:06:40', undefined],
  ['2021/05/04 16:06:40', '2021-05-04T16:06:40', undefined],
  ['2021-05-04T16:06:40Z', '2021-05-04T16:06:40', '+00:00'],
  ['2021-05-04T16:06:40.1234567+0200', '2021-05-04T16:06:40.123', '+02:00'],
  ['2021-05-07 23:59:00 GMT-04:00', '2021-05-07T23:59:00', '-04:00'],
  ['2021-05-07 11:59:00 PM', '2021-05-07T23:59:00', undefined],
  ['2021-5-4 9:06', '2021-05-04T09:06:00', undefined],
  ['2021.05.04 09:06:40', '2021-05-04T09:06:40', undefined],
  ['28/01/2026 3:40:52 PM', '2026-01-28T15:40:52', undefined],
  ['01/28/2026 15:40:52+01:00', '2026-01-28T15:40:52', '+01:00'],
  ['03/03/2026 08:00', '2026-03-03T08:00:00', undefined],
  ['2021-02-28T24:00:00+01:00', '2021-03-01T00:00:00', '+01:00'],
  ['20201231 2400', '2021-01-01T00:00:00', undefined],
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
  ['74700', '07:47:00'],
  ['747', '07:47:00'],
  ['09.05.00', '09:05:00'],
  ['10:20:45-05:00', '10:20:45'],
])('reads the clock %s', (text, clock) => {
  expect(readDateAndTime('2021-05-04', text)?.local).toBe(`2021-05-04T${clock}`);
});

it('reads a day that may be two only in a documented order', () => {
  expect(readDate('02/03/2026')).toBeUndefined();
  expect(readDate('02-03-2026')).toBeUndefined();
  expect(readDate('02/03/2026', 'day_first')).toBe('2026-03-02');
  expect(readDate('2/3/2026', 'month_first')).toBe('2026-02-03');
  expect(readDate('28/02/2026', 'month_first')).toBeUndefined();
  expect(readStamp('02/03/2026 10:00')).toBeUndefined();
  expect(readStamp('02/03/2026 10:00', 'month_first')?.local).toBe('2026-02-03T10:00:00');
});

it('reads days as carriers write them', () => {
  expect(readDate('18/02/2021')).toBe('2021-02-18');
  expect(readDate('02/18/2021')).toBe('2021-02-18');
  expect(readDate('18.02.2021')).toBe('2021-02-18');
  expect(readDate('March 2, 2014')).toBe('2014-03-02');
  expect(readDate('2021-05-07 23:59:00 GMT-04:00')).toBe('2021-05-07');
  for (const none of ['soon', '0000-00-00', '2026-02-30', '20261301', ''])
    expect(readDate(none)).toBeUndefined();
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

it('takes only a stated clock for an instant', () => {
  expect(instantOf(readStamp('2026-03-04T08:00:00-05:00'))).toBe('2026-03-04T13:00:00.000Z');
  for (const text of ['2026-03-04T08:00:00', '2026-03-04', '2026-13-04T08:00:00Z', 'soon'])
    expect(instantOf(readStamp(text))).toBeUndefined();
});

it('reads an epoch in milliseconds', () => {
  expect(readEpochMs('1701561597000')).toBe('2023-12-02T23:59:57.000Z');
  for (const text of ['-1', '1e9', '999999999999999999', undefined])
    expect(readEpochMs(text)).toBeUndefined();
});

it('ends no day at another clock than 24:00', () => {
  expect(readStamp('2021-02-28T24:00:01')?.local).toBe('2021-02-28T24:00:01');
  expect(readDateAndTime('2021-02-28', '24:00:00')?.local).toBe('2021-03-01T00:00:00');
});

it.each([
  ['2026-03-05T07:13:56', '2026-03-05T12:13:56', '-05:00'],
  ['2026-03-05T02:00:00', '2026-03-04T20:30:00', '+05:30'],
  ['2026-03-05T02:00:00', '2026-03-05T02:00:00', undefined],
  ['2026-03-05T02:00:00', '2026-03-05T09:07:00', undefined],
  ['2026-03-05T02:00:00', '2026-03-07T02:00:00', undefined],
  [undefined, '2026-03-07T02:00:00', undefined],
])('a clock that shows %s at %s of Greenwich is apart %s', (local, greenwich, offset) => {
  expect(offsetBetween(local, greenwich)).toBe(offset);
});
