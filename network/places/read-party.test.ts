import { expect, test } from 'vitest';
import { readParty } from './read-party.ts';

const address = {
  country: 'US',
  division: 'Massachusetts',
  city: 'Boston',
  postcode: '02108',
  lines: ['24 Beacon St'],
};
const errorsOf = (outcome: ReturnType<typeof readParty>) => (outcome.ok ? [] : outcome.rejection.errors);

test('a field of the address is refused where the party stands in the body, with what was probably meant', () => {
  const [error, ...others] =
    errorsOf(
      readParty({ name: 'A', address: { ...address, division: 'Masachusetts' } }, '/order/recipient'),
    ) ?? [];
  expect(others).toEqual([]);
  expect(error).toMatchObject({
    pointer: '/order/recipient/address/division',
    code: 'division_unknown',
    suggestion: 'Massachusetts',
  });
  expect(error?.message).toContain('Massachusetts');
});

test('where nothing is near, nothing is suggested', () => {
  const [error] = errorsOf(readParty({ name: 'A', address: { ...address, division: 'Qqqqqqq' } }, '')) ?? [];
  expect(error?.code).toBe('division_unknown');
  expect(error).not.toHaveProperty('suggestion');
});

test('a phone that hides digits is refused at its field; a good one is brought to E.164', () => {
  const masked = readParty({ name: 'A', phone: '+1 617 ***-3000', address }, '/sender');
  expect(errorsOf(masked)).toMatchObject([{ pointer: '/sender/phone', code: 'phone_masked' }]);
  const read = readParty({ name: 'A', phone: '(617) 727-3600', address }, '/sender');
  expect(read.ok && read.value.phone).toBe('+16177273600');
});
