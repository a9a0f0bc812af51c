import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wireCodec } from '../../platform/http/index.ts';
import { NAUGHTY } from '../../test/rigs/schema-arbitrary.ts';
import { ScanInput } from './contract.ts';
import { MILESTONE_NAMES } from './milestones.policy.ts';
import { readPlainScan } from './plain-scan.policy.ts';

const codec = wireCodec(ScanInput);

/** As the intake reads what is not plain. */
function readBySchema(wire: unknown): ScanInput | undefined {
  const unknown: string[] = [];
  const parsed = ScanInput.safeParse(codec.decode(wire, '', (pointer) => unknown.push(pointer)));
  return parsed.success && unknown.length === 0 ? parsed.data : undefined;
}

const at = fc
  .date({ min: new Date('1999-12-01'), max: new Date('2031-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const exact = fc.oneof(
  at,
  fc
    .tuple(at, fc.constantFrom('+08:00', '-03:30', '+00:00', 'Z'))
    .map(([text, zone]) => text.slice(0, 19) + zone),
);
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'aZ09 -_.äß杭州'), minLength: 1, maxLength: 16 }),
  fc.constantFrom('München', '杭州', 'DE-17'),
);
const place = fc.record(
  { country: fc.constantFrom('DE', 'CN', 'BR'), city: word, facility: word, postcode: word },
  { requiredKeys: ['country'] },
);
const rest = {
  number: word,
  occurred_at: exact,
  place,
  text: word,
  operator: word,
  proof: word,
  carrier: fc.constantFrom('china_post', 'ups'),
  synthetic: fc.boolean(),
};
const required = { requiredKeys: ['number', 'occurred_at'] as ('number' | 'occurred_at')[] };
const good = fc.oneof(
  fc.tuple(fc.record(rest, required), word).map(([scan, code]): object => ({ ...scan, code })),
  fc
    .tuple(fc.record(rest, required), fc.constantFrom(...MILESTONE_NAMES))
    .map(([scan, milestone]): object => ({ ...scan, milestone })),
);

const naughty = fc.oneof(
  fc.constantFrom<unknown>(
    ...NAUGHTY,
    null,
    undefined,
    0,
    true,
    [],
    {},
    { country: 'de' },
    { country: 'DE', x: 1 },
  ),
  fc.constantFrom(
    '2026-02-30T08:00:00Z',
    '2026-03-01 08:00:00Z',
    '2026-03-01T24:00:00Z',
    '0000-01-01T00:00:00Z',
  ),
  fc.constantFrom(
    '2026-03-01T08:00:00+24:00',
    '2026-03-01T08:00:00-00:00',
    '2026-03-01T08:00:00.1234567890Z',
  ),
  fc.constantFrom(
    '9999-12-31T23:59:59-01:00',
    '2026-03-01T08:00Z',
    '2026-03-01T08:00:60Z',
    '2024-02-29T08:00:00Z',
  ),
  fc.constantFrom(
    '\u00a0',
    '\u3000x',
    '\u2028',
    '\ud83d\ude00',
    '\ud83d',
    '\u0085',
    'x'.repeat(101),
    ' x',
    'unmapped',
  ),
  fc.string(),
  fc.anything(),
  place,
);
const names = fc.constantFrom(
  ...[
    'number',
    'code',
    'milestone',
    'occurred_at',
    'occurredAt',
    'local_time',
    'zone',
    'zone_assumed',
    'place',
  ],
  ...['text', 'operator', 'proof', 'carrier', 'synthetic', 'correction', 'constructor', 'extra'],
);
/** A good scan of which one or two fields are something else, on the outside or in the place. */
const spoiled = fc
  .tuple(good, fc.array(fc.tuple(names, naughty), { minLength: 1, maxLength: 2 }), fc.option(naughty))
  .map(([scan, fields, city]) => ({
    ...scan,
    ...(city === null ? {} : { place: { country: 'DE', city } }),
    ...Object.fromEntries(fields),
  }));

describe('a plain scan', () => {
  it('is what the schema takes it for, and never one that the schema refuses', () => {
    fc.assert(
      fc.property(fc.oneof(good, spoiled, fc.anything()), (wire) => {
        const plain = readPlainScan(wire);
        if (plain !== undefined) expect(plain).toStrictEqual(readBySchema(wire));
      }),
      { numRuns: 20_000 },
    );
  });

  it('is nearly every scan that comes', () => {
    fc.assert(
      fc.property(good, (wire) => {
        const bySchema = readBySchema(wire);
        if (bySchema !== undefined && !hasLeadingBlank(wire))
          expect(readPlainScan(wire)).toStrictEqual(bySchema);
      }),
    );
  });

  it.each([
    ['a correction', { correction: { of_scan: 'a'.repeat(32), author: 'x', reason: 'y' } }],
    ['a local time', { occurred_at: undefined, local_time: '2026-03-01 08:00' }],
    ['a field of nobody', { street: 'Wensan Road 1' }],
  ])('is not one with %s', (_, more) => {
    const plain = { number: 'RR123456785CN', code: 'EMC', occurred_at: '2026-03-01T08:00:00+08:00' };
    expect(readPlainScan(plain)).toEqual(readBySchema(plain));
    expect(readPlainScan({ ...plain, ...more })).toBeUndefined();
  });
});

function hasLeadingBlank(wire: unknown): boolean {
  if (typeof wire === 'string') return /^\s/.test(wire);
  return typeof wire === 'object' && wire !== null && Object.values(wire).some(hasLeadingBlank);
}
