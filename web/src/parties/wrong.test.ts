import { PostroadProblem } from '@postroad/sdk';
import { expect, it } from 'vitest';
import type { AddressErrorCode } from '../../../network/places/model.ts';
import type { PhoneRefusal } from '../../../network/places/phone.ts';
import { translator } from '../ground/words.ts';
import { words as en } from './words.en.ts';
import { words as zh } from './words.zh.ts';
import { wrongAt, wrongText } from './wrong.ts';

/** Whom a code is said to. The type asks for each code that the server may answer, also for one that it gains. */
const CODES: Readonly<Record<AddressErrorCode | PhoneRefusal, 'person' | 'program'>> = {
  not_an_object: 'program',
  wrong_type: 'program',
  country_missing: 'program',
  country_unknown: 'program',
  division_missing: 'person',
  division_unknown: 'person',
  // A code of a division beside its name: no form sends one.
  division_mismatch: 'program',
  city_missing: 'person',
  city_unknown: 'person',
  // Of a field that no form has.
  district_missing: 'program',
  district_unknown: 'program',
  text_too_long: 'person',
  lines_missing: 'person',
  too_many_lines: 'person',
  line_empty: 'person',
  line_too_long: 'person',
  postcode_missing: 'person',
  postcode_malformed: 'person',
  postcode_outside_division: 'person',
  position_malformed: 'program',
  phone_malformed: 'person',
  phone_masked: 'person',
};

it.each([
  ['en', en],
  ['zh-CN', zh],
] as const)('a field says what is wrong with it, whatever a person wrote into it: %s', (locale, words) => {
  const t = translator<typeof en>(words, locale);
  const reached = Object.entries(CODES).flatMap(([code, whom]) => (whom === 'person' ? [code] : []));
  expect(reached.filter((code) => wrongText(t, { code }) === words['wrong.other'])).toEqual([]);
  expect(wrongText(t, { code: 'phone_masked' })).toBe(words['wrong.phone_masked']);
  expect(wrongText(t, { code: 'newer_than_this_page' })).toBe(words['wrong.other']);
  expect(wrongText(t, undefined)).toBeUndefined();
  expect(wrongText(t, { code: 'city_unknown', suggestion: 'Leipzig' })).toMatch(/^.+Leipzig/);
});

it('no sentence is kept for a code that no field is refused with', () => {
  const kept = Object.keys(en).flatMap((key) => /^wrong\.(.+)$/.exec(key)?.[1] ?? []);
  expect(kept.filter((code) => code !== 'other' && !(code in CODES))).toEqual([]);
});

it('what is refused is found at its place or deeper, and nowhere else', () => {
  const at = (pointer: string) =>
    new PostroadProblem({
      ...{ code: 'address_invalid', status: 422, title: '', detail: '', requestId: undefined },
      ...{ retryAfterSeconds: undefined, errors: [{ pointer, code: 'found', message: '' }] },
    });
  for (const pointer of ['/sender/address/lines', '/sender/address/lines/0'])
    expect([pointer, wrongAt(at(pointer), '/sender/address/lines')?.code]).toEqual([pointer, 'found']);
  for (const pointer of [
    '',
    '/order/sender/address/lines',
    '/recipient/address/lines',
    '/sender/address/lines_of_old',
    '/sender/address',
  ])
    expect([pointer, wrongAt(at(pointer), '/sender/address/lines')]).toEqual([pointer, undefined]);
  expect(wrongAt(new Error('/sender/name'), '/sender/name')).toBeUndefined();
});
