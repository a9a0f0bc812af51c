import { describe, expect, test } from 'vitest';
import { locate } from '../places/index.ts';
import { IMAGE_LIMIT_BYTES, imageTypeOf, SIGNATURE_PATH } from './image.policy.ts';
import { isFarFromAddress, roundedPlace } from './place.policy.ts';
import { jpeg, png } from './proof.fixture.ts';
import { newPin } from './wishes.ts';

const text = (content: string) => new TextEncoder().encode(content.padEnd(200));

describe('what is an image', () => {
  test('whole JPEG and PNG files are', () => {
    expect(imageTypeOf(jpeg())).toBe('image/jpeg');
    expect(imageTypeOf(png())).toBe('image/png');
  });
  test('pages, scripts and drawings with script are not', () => {
    for (const content of [
      '<html><script>alert(1)</script>',
      '<svg onload="alert(1)">',
      'GIF89a',
      '%PDF-1.7',
      'PK\u0003\u0004',
    ]) {
      expect(imageTypeOf(text(content))).toBeUndefined();
    }
  });
  test('a page in the coat of a JPEG is not', () => {
    const coat = text('xx<html><script>alert(1)</script>');
    coat.set([0xff, 0xd8, 0xff]);
    coat.set([0xff, 0xd9], coat.length - 2);
    expect(imageTypeOf(coat)).toBeUndefined();
  });
  test('cut, huge and empty ones are not', () => {
    expect(imageTypeOf(jpeg().subarray(0, -2))).toBeUndefined();
    expect(imageTypeOf(png().subarray(0, -1))).toBeUndefined();
    expect(imageTypeOf(png(20_000, 10))).toBeUndefined();
    expect(imageTypeOf(new Uint8Array(IMAGE_LIMIT_BYTES + 1))).toBeUndefined();
    expect(imageTypeOf(new Uint8Array())).toBeUndefined();
  });
  test('any damage to the head of a JPEG answers, and never throws', () => {
    const whole = jpeg();
    for (let at = 0; at < 40; at += 1) {
      for (const byte of [0, 0x7f, 0xff]) {
        const broken = Uint8Array.from(whole);
        broken[at] = byte;
        expect(['image/jpeg', undefined]).toContain(imageTypeOf(broken));
      }
    }
  });
});

test('a signature is strokes and nothing else', () => {
  expect(SIGNATURE_PATH.test('M10 10 L200 40 C1,2 3,4 5,6')).toBe(true);
  for (const hostile of [
    'M1 1"/><script>alert(1)</script>',
    'M1 1 url(x) 123456',
    'javascript:alert(1)',
    'M',
    `M${'1 '.repeat(11_000)}`,
    'M1 1 L2 2\n<',
  ]) {
    expect(SIGNATURE_PATH.test(hostile)).toBe(false);
  }
});

describe('the place of a proof', () => {
  const munich = { latitude: 48.137, longitude: 11.575, accuracyMeters: 10 };
  const cityOfMunich = locate({ country: 'DE' as never, city: 'München' });
  const house = {
    position: { latitude: 48.137, longitude: 11.575 },
    precision: 'address',
    source: 'caller',
  } as const;
  test('another city is far; the same one is not', () => {
    expect(isFarFromAddress(munich, cityOfMunich)).toBe(false);
    expect(isFarFromAddress({ latitude: 52.52, longitude: 13.4, accuracyMeters: 10 }, cityOfMunich)).toBe(
      true,
    );
  });
  test('two kilometres from a known house are the limit, and a bad fix gets its doubt', () => {
    const north = (meters: number, accuracyMeters: number) => ({
      latitude: 48.137 + meters / 111_195,
      longitude: 11.575,
      accuracyMeters,
    });
    expect(isFarFromAddress(north(1_990, 0), house)).toBe(false);
    expect(isFarFromAddress(north(2_020, 0), house)).toBe(true);
    expect(isFarFromAddress(north(2_400, 500), house)).toBe(false);
    expect(isFarFromAddress(north(90_000, 50_000), house)).toBe(false);
  });
  test('where only the country is known nothing is far', () => {
    expect(
      isFarFromAddress(munich, { ...house, precision: 'country', position: { latitude: 0, longitude: 0 } }),
    ).toBe(false);
    expect(isFarFromAddress(munich, undefined)).toBe(false);
  });
  test('what is told outside is a region, not a home', () => {
    expect(roundedPlace({ latitude: 48.13743, longitude: 11.57549 })).toEqual({
      latitude: 48.14,
      longitude: 11.58,
    });
  });
});

test('PINs are four digits, and draws that would favour small ones are thrown away', () => {
  const draws = [
    [0xff, 0xff],
    [0xea, 0x60],
    [0x00, 0x07],
  ];
  expect(newPin(() => Uint8Array.from(draws.shift() ?? []))).toBe('0007');
});
