import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { CN, ES } from './life.fixture.ts';
import type { ScanId } from './model.ts';
import { isScanId, type ScanContent, scanIdOf } from './scan-identity.ts';

const BASE: ScanContent = {
  source: 'post',
  number: 'RR123456785CN',
  code: 'EMC',
  occurredAt: instant('2026-03-01T08:00:00+08:00'),
  place: { country: CN, postcode: '310000', city: 'Hangzhou' },
};

describe('the identity of a scan', () => {
  it('is the same for the same observation, however it is written', () => {
    const again: ScanContent = {
      place: { city: 'Hangzhou', postcode: '310000', country: CN },
      occurredAt: instant('2026-03-01T00:00:00Z'),
      code: 'EMC',
      number: 'RR123456785CN',
      source: 'post',
    };
    expect(scanIdOf(again)).toBe(scanIdOf(BASE));
    expect(isScanId(scanIdOf(BASE))).toBe(true);
  });

  it('does not look at when the scan was received or what was written about it', () => {
    const more = { ...BASE, receivedAt: instant('2026-05-01T00:00:00Z'), text: 'left', recognised: false };
    expect(scanIdOf(more)).toBe(scanIdOf(BASE));
  });

  it('can be computed by anybody from its description', () => {
    const text =
      '["postroad-scan-1","post","RR123456785CN","EMC","2026-03-01T00:00:00.000Z",["CN","310000","Hangzhou",null,null]]';
    expect(scanIdOf(BASE)).toBe(createHash('sha256').update(text).digest('hex').slice(0, 32));
  });

  it.each<[string, Partial<ScanContent>]>([
    ['source', { source: 'post2' }],
    ['number', { number: 'RR123456785C' }],
    ['code', { code: 'EMD' }],
    ['instant', { occurredAt: instant('2026-03-01T00:00:00.001Z') }],
    ['country', { place: { country: ES, postcode: '310000', city: 'Hangzhou' } }],
    ['a postcode that is missing', { place: { country: CN, city: 'Hangzhou' } }],
    ['a postcode that is empty', { place: { country: CN, postcode: '', city: 'Hangzhou' } }],
    ['facility', { place: { country: CN, postcode: '310000', city: 'Hangzhou', facility: 'HGH' } }],
    [
      'position',
      {
        place: { country: CN, postcode: '310000', city: 'Hangzhou', position: { latitude: 1, longitude: 2 } },
      },
    ],
    ['distinction', { distinction: '' }],
    ['correction', { correction: { ofScan: 'a'.repeat(32) as ScanId, author: 'x', reason: 'y' } }],
  ])('changes with the %s', (_, change) => {
    expect(scanIdOf({ ...BASE, ...change })).not.toBe(scanIdOf(BASE));
  });

  it('keeps fields apart whatever they contain, lone surrogates included', () => {
    const text = fc.oneof(
      fc.constantFrom('', '"', '","', '\\', ',', 'null', '\u0000', '\ud800', '\ud801', '\ufffd'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const fields = fc.tuple(text, text, text);
    fc.assert(
      fc.property(fields, fields, ([source, number, code], [source2, number2, code2]) => {
        const same = source === source2 && number === number2 && code === code2;
        const first = scanIdOf({ ...BASE, source, number, code });
        expect(first === scanIdOf({ ...BASE, source: source2, number: number2, code: code2 })).toBe(same);
      }),
      { numRuns: 1000 },
    );
    expect(scanIdOf({ ...BASE, source: 'a","b', number: 'c' })).not.toBe(
      scanIdOf({ ...BASE, source: 'a', number: 'b","c' }),
    );
  });

  it.each(['', 'A'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(31)}g`, ' '.repeat(32)])(
    'is not %j',
    (text) => {
      expect(isScanId(text)).toBe(false);
    },
  );
});
