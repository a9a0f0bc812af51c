import { expect, it } from 'vitest';
import { keepFitting } from './looking.ts';
import { readEventQuery } from './query.policy.ts';

const read = readEventQuery({ 'EXISTS_a:f': ['true'] }, new Map([['a', 'urn:a:']]));
if (!read.ok) throw new Error(read.rejection.detail);
const filter = read.value;
const NO_DATABASE = undefined as never;
/** 100 fields, of which the one that is looked for is looked at last. */
const event = (name: string) => ({
  context: { a: 'urn:a:' },
  event: {
    [name]: 1,
    ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`a:${index}`, index])),
  },
});
const look = async (names: readonly string[], most?: number) => {
  const looked = most === undefined ? undefined : { fields: 0, most };
  const { kept, isAll } = await keepFitting(NO_DATABASE, 'org', filter, names.map(event), looked);
  return [kept.length, isAll];
};

it('an event is looked into to its end, and no other behind so many fields; without a bound all are', async () => {
  expect(await look(['a:f'], 1)).toEqual([1, true]);
  expect(await look(['a:g', 'a:f'], 150)).toEqual([1, true]);
  expect(await look(['a:f', 'a:f'], 50)).toEqual([1, false]);
  expect(await look(['a:f', 'a:f', 'a:g', 'a:f'])).toEqual([3, true]);
});
