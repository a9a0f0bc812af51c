import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMaskedPhone, normalisePhone } from './phone.ts';

describe('phone', () => {
  test.each([
    ['138 1234 5678', 'CN', '+8613812345678', undefined],
    ['138-1234-5678', 'CN', '+8613812345678', undefined],
    ['+86 138 1234 5678', 'BR', '+8613812345678', undefined],
    ['008613812345678', 'CN', '+8613812345678', undefined],
    ['１３８１２３４５６７８', 'CN', '+8613812345678', undefined],
    ['13812345678-1234', 'CN', '+8613812345678', '1234'],
    ['13812345678转1234', 'CN', '+8613812345678', '1234'],
    ['(212) 555-0100', 'US', '+12125550100', undefined],
    ['212-555-0100 x123', 'US', '+12125550100', '123'],
    ['(11) 98765-4321', 'BR', '+5511987654321', undefined],
    ['030 123456', 'DE', '+4930123456', undefined],
    ['+44 20 7946 0000', 'ZZ', '+442079460000', undefined],
  ])('%s in %s is %s', (text, country, e164, extension) => {
    const outcome = normalisePhone(text, country);
    expect(outcome).toMatchObject({ ok: true, value: { e164 } });
    expect(outcome.ok && outcome.value.extension).toBe(extension);
  });

  test.each([
    '138----5678',
    '138****5678',
    '138＊＊＊＊5678',
    '138 **** 5678',
    '138xxxx5678',
    '138XXXX5678',
    '138••••5678',
    '138…5678',
    '138....5678',
    '138____5678',
    '138 - - - - 5678',
    '138————5678',
    '*******5678',
    '138####5678',
  ])('%s hides digits and is refused before anything is stripped', (text) => {
    expect(isMaskedPhone(text)).toBe(true);
    expect(normalisePhone(text, 'CN')).toMatchObject({ ok: false, rejection: { code: 'phone_masked' } });
  });

  test.each(['', ' ', 'hello', '12', '+', '1'.repeat(41), '+999999999999999', '\ud800', '123456'])(
    '%j is no phone number of China',
    (text) => {
      expect(normalisePhone(text, 'CN')).toMatchObject({ ok: false, rejection: { code: 'phone_malformed' } });
    },
  );

  test('never throws, and what it accepts is E.164 and stays as it is', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()x*-]{0,20}$/));
    fc.assert(
      fc.property(text, fc.constantFrom('CN', 'US', 'BR', 'DE', '', '__proto__'), (phone, country) => {
        const once = normalisePhone(phone, country);
        if (!once.ok) return;
        expect(once.value.e164).toMatch(/^\+[1-9]\d{1,14}$/);
        expect(normalisePhone(once.value.e164, 'CN')).toMatchObject({
          ok: true,
          value: { e164: once.value.e164 },
        });
      }),
      { numRuns: 1000 },
    );
  });
});
