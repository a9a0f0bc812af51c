import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ParcelStatusName, QualityFlagName, ScanInput, TimelineAnswer, timelineAnswer } from './contract.ts';
import { foldScans } from './fold.ts';
import { CN, correct, scan } from './life.fixture.ts';
import type { ParcelStatus, QualityFlag } from './model.ts';

const GOOD = { number: 'RR123456785CN', code: 'EMC', occurredAt: '2026-03-01T08:00:00+08:00' };
const FIX = { ofScan: 'a'.repeat(32), author: 'desk-7', reason: 'wrong door' };

describe('the body of a scan', () => {
  it.each([
    [GOOD],
    [{ ...GOOD, code: undefined, milestone: 'picked_up' }],
    [{ number: '1', code: '900', localTime: '2026-03-01 08:00' }],
    [{ number: '1', code: '900', localTime: '2026-03-01T08:00:01', zone: 'America/Sao_Paulo' }],
    [{ number: '1', code: '900', localTime: '2026-03-01 08:00', zone: 'Asia/Tokyo', zoneAssumed: true }],
    [{ ...GOOD, code: undefined, correction: FIX }],
    [
      {
        ...GOOD,
        carrier: 'china_post',
        text: '离开 <b>杭州</b>',
        operator: 'crr-17',
        proof: 'blb-2',
        synthetic: true,
        place: { country: 'CN', city: '杭州', position: { latitude: 30.25, longitude: 120.16 } },
      },
    ],
  ])('takes %j', (body) => {
    expect(ScanInput.safeParse(body).error).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'number'],
    ['no meaning', { ...GOOD, code: undefined }, 'code'],
    ['two meanings', { ...GOOD, milestone: 'lost' }, 'milestone'],
    ['no time', { number: '1', code: '1' }, 'occurredAt'],
    ['two times', { ...GOOD, localTime: '2026-03-01 08:00' }, 'occurredAt'],
    [
      'an assumption of no zone',
      { number: '1', code: '1', localTime: '2026-03-01 08:00', zoneAssumed: true },
      'zoneAssumed',
    ],
    ['a zone for an exact instant', { ...GOOD, zone: 'Asia/Shanghai' }, 'zone'],
    ['no offset', { ...GOOD, occurredAt: '2026-03-01T08:00:00' }, 'occurredAt'],
    ['a day that does not exist', { ...GOOD, occurredAt: '2026-02-30T08:00:00Z' }, 'occurredAt'],
    ['a year beyond all', { ...GOOD, occurredAt: '9999-12-31T23:59:59-01:00' }, 'occurredAt'],
    ['a year before all', { ...GOOD, occurredAt: '0000-06-01T08:00:00Z' }, 'occurredAt'],
    [
      'a local year beyond all',
      { number: '1', code: '1', localTime: '9999-12-31 23:59', zone: '-03:00' },
      'localTime',
    ],
    ['a local year before all', { number: '1', code: '1', localTime: '0001-01-01 00:00' }, 'localTime'],
    ['a number for a text', { ...GOOD, number: 12345 }, 'number'],
    ['a blank number', { ...GOOD, number: '   ' }, 'number'],
    ['a line break', { ...GOOD, number: 'A\nB' }, 'number'],
    ['a NUL', { ...GOOD, text: 'a\u0000b' }, 'text'],
    ['half a character', { ...GOOD, text: 'a\ud800b' }, 'text'],
    ['a novel', { ...GOOD, text: 'x'.repeat(501) }, 'text'],
    ['a milestone of nobody', { ...GOOD, code: undefined, milestone: 'unmapped' }, 'milestone'],
    [
      'a place on no globe',
      { ...GOOD, place: { country: 'CN', position: { latitude: 91, longitude: 0 } } },
      'place',
    ],
    ['a street', { ...GOOD, place: { country: 'CN', street: 'Wensan Road 1' } }, 'place'],
    ['a country in small letters', { ...GOOD, place: { country: 'cn' } }, 'place'],
    [
      'a zone of Mars',
      { number: '1', code: '1', localTime: '2026-03-01 08:00', zone: 'Mars/Olympus' },
      'zone',
    ],
    ['a correction without reason', { ...GOOD, correction: { ...FIX, reason: ' ' } }, 'correction'],
    ['a correction of no scan', { ...GOOD, correction: { ...FIX, ofScan: '1' } }, 'correction'],
  ])('refuses %s', (_, body, field) => {
    const { error } = ScanInput.safeParse(body);
    expect(error?.issues.map((issue) => issue.path[0])).toContain(field);
  });

  it.each(['recognised', 'receivedAt', 'parcel', 'id', 'source', '__proto_'])(
    'does not let the caller set %s',
    (field) => {
      expect(ScanInput.safeParse({ ...GOOD, [field]: true }).success).toBe(false);
    },
  );
});

describe('the answer of a timeline', () => {
  it('holds every timeline', () => {
    const wrong = scan('03-01 12:00', 'lost', { place: { country: CN, city: '杭州' }, text: 'gone' });
    const timeline = foldScans([
      scan('03-01 08:00', 'picked_up'),
      scan('03-01 09:00', '???', { zoneConfidence: 'unknown' }),
      wrong,
      correct(wrong, '03-02 12:00', 'returning'),
      scan('03-03 12:00', 'returned'),
      scan('03-03 12:00', 'delivered', { recognised: false }),
    ]);
    expect(TimelineAnswer.parse(timelineAnswer(timeline))).toEqual(timeline);
    expect(TimelineAnswer.parse(timelineAnswer(foldScans([]))).status).toBe('not_found');
  });

  it('names exactly the statuses and flags of the model', () => {
    const status = (name: z.infer<typeof ParcelStatusName>): ParcelStatus => name;
    const flag = (name: z.infer<typeof QualityFlagName>): QualityFlag => name;
    expect(ParcelStatusName.options.map(status)).toHaveLength(14);
    expect(QualityFlagName.options.map(flag)).toHaveLength(16);
  });

  it('can be written as JSON Schema with named parts', () => {
    const schema = z.toJSONSchema(TimelineAnswer, { io: 'output' });
    expect(Object.keys(schema.$defs ?? {}).sort()).toEqual([
      'Coordinates',
      'Milestone',
      'MilestoneName',
      'ParcelStatus',
      'QualityFlag',
      'QuarantineReason',
      'QuarantinedEntry',
      'ScanPlace',
      'Timeline',
      'TimelineEntry',
      'UnverifiedEntry',
    ]);
    const input = z.toJSONSchema(ScanInput, { io: 'input' });
    expect(input.$defs?.ScanInput).toMatchObject({ additionalProperties: false, required: ['number'] });
  });
});
