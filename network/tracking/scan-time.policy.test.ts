import { describe, expect, it } from 'vitest';
import { isLocalTime, readScanTime } from './scan-time.policy.ts';

describe('the time of a scan', () => {
  it.each([
    [{ occurredAt: '2026-03-01T08:00:00+08:00' }, {}, '2026-03-01T00:00:00.000Z', '+08:00', 'stated'],
    [{ occurredAt: '2026-03-01T08:00:00Z' }, {}, '2026-03-01T08:00:00.000Z', 'Z', 'stated'],
    [
      { localTime: '2026-03-01 08:00', zone: 'America/Sao_Paulo' },
      { placeZone: 'Asia/Shanghai' },
      '2026-03-01T11:00:00.000Z',
      'America/Sao_Paulo',
      'stated',
    ],
    [{ localTime: '2026-03-01 08:00', zone: '+09:00' }, {}, '2026-02-28T23:00:00.000Z', '+09:00', 'stated'],
    [
      { localTime: '2026-03-01T08:00:30' },
      { placeZone: 'Europe/Madrid', sourceZone: 'Asia/Shanghai' },
      '2026-03-01T07:00:30.000Z',
      'Europe/Madrid',
      'resolved_from_place',
    ],
    [
      { localTime: '2026-03-01 08:00:00.250' },
      { sourceZone: 'Asia/Shanghai' },
      '2026-03-01T00:00:00.250Z',
      'Asia/Shanghai',
      'assumed',
    ],
    [{ localTime: '2026-03-01 08:00' }, {}, '2026-03-01T08:00:00.000Z', undefined, 'unknown'],
    // In the hours that come twice in autumn or never in spring the place does not tell the offset.
    [
      { localTime: '2026-11-01T01:30:00' },
      { placeZone: 'America/New_York' },
      '2026-11-01T05:30:00.000Z',
      'America/New_York',
      'assumed',
    ],
    [
      { localTime: '2026-11-01T02:00:00' },
      { placeZone: 'America/New_York' },
      '2026-11-01T07:00:00.000Z',
      'America/New_York',
      'resolved_from_place',
    ],
    [
      { localTime: '2026-03-29 02:30' },
      { placeZone: 'Europe/Madrid' },
      '2026-03-29T01:30:00.000Z',
      'Europe/Madrid',
      'assumed',
    ],
    // The hour that does not exist in spring is read as the later moment.
    [
      { localTime: '2026-03-29 02:30', zone: 'Europe/Madrid' },
      {},
      '2026-03-29T01:30:00.000Z',
      'Europe/Madrid',
      'stated',
    ],
  ])('%j with %j is %s', (stated, hints, occurredAt, zone, zoneConfidence) => {
    const time = readScanTime(stated, hints);
    expect([time?.occurredAt, time?.zone, time?.zoneConfidence]).toEqual([occurredAt, zone, zoneConfidence]);
  });

  it.each([
    [{}],
    [{ occurredAt: '2026-03-01T08:00:00' }],
    [{ occurredAt: 'yesterday' }],
    [{ occurredAt: '2026-02-30T08:00:00Z' }],
    [{ localTime: '2026-02-30 08:00' }],
    [{ localTime: '2026-03-01 25:00' }],
    [{ localTime: '2026-03-01' }],
    [{ localTime: '2026-03-01 08:00', zone: 'Mars/Olympus' }],
    [{ localTime: '2026-03-01 08:00', zone: '' }],
    [{ localTime: '2026-03-01 08:00Z' }],
  ])('%j is none', (stated) => {
    expect(readScanTime(stated)).toBeUndefined();
  });

  it('keeps the wall-clock time as it was written', () => {
    expect(readScanTime({ occurredAt: '2026-03-01T08:00:00.5-03:00' })?.localTime).toBe(
      '2026-03-01T08:00:00.5',
    );
    expect(readScanTime({ localTime: '2026-03-01 08:00' })?.localTime).toBe('2026-03-01 08:00');
    expect(isLocalTime('2026-03-01 08:00')).toBe(true);
    expect(isLocalTime('0000-01-01 08:00')).toBe(isLocalTime('0000-01-01 08:01'));
  });
});
