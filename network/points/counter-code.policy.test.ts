import { describe, expect, test } from 'vitest';
import {
  CODE_ALPHABET,
  codeIndexOf,
  newCounterCode,
  qrOf,
  readQr,
  readTypedCode,
  spelled,
} from './counter-code.policy.ts';

describe('codes that open a counter', () => {
  const KEY = new Uint8Array(32).fill(7);
  let draws = 0;
  const bytes = (length: number) => {
    draws += 1;
    return Uint8Array.from({ length }, (_, index) => (draws * 37 + index * 11) % 256);
  };

  test('are read however they are typed, and one wrong or swapped character is found', () => {
    const code = newCounterCode(bytes);
    expect(code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{8}$`));
    expect(readTypedCode(spelled(code).toLowerCase())).toBe(code);
    expect(readTypedCode(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe(code);
    for (let at = 0; at < 7; at += 1) {
      for (const other of CODE_ALPHABET) {
        if (other === code[at]) continue;
        expect(readTypedCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
      }
      const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
      if (at < 6 && swapped !== code) expect(readTypedCode(swapped)).toBeUndefined();
    }
    for (const text of ['', 'OIL0-1SUV', `${code}A`, code.slice(1)])
      expect(readTypedCode(text)).toBeUndefined();
  });

  test('the QR opens by our signature alone', () => {
    const code = newCounterCode(bytes);
    const qr = qrOf(KEY, 'return', code);
    expect(readQr(KEY, 'return', qr)).toBe(code);
    expect(readQr(new Uint8Array(32), 'return', qr)).toBeUndefined();
    expect(readQr(KEY, 'return', qr.replace(code, newCounterCode(bytes)))).toBeUndefined();
    expect(readQr(KEY, 'return', code)).toBeUndefined();
    expect(Buffer.from(codeIndexOf(KEY, 'return', code))).not.toEqual(
      Buffer.from(codeIndexOf(new Uint8Array(32), 'return', code)),
    );
  });

  test('what was signed for one use opens no other', () => {
    const code = newCounterCode(bytes);
    const qr = qrOf(KEY, 'return', code);
    expect(readQr(KEY, 'mailing', qr)).toBeUndefined();
    expect(readQr(KEY, 'mailing', qr.replace('PR1', 'PM1'))).toBeUndefined();
    expect(codeIndexOf(KEY, 'mailing', code)).not.toEqual(codeIndexOf(KEY, 'return', code));
  });
});
