import { expect, test } from 'vitest';
import { facilityCode, isUnknownFacility } from './facility.policy.ts';

const lists = new Map([['postroad_express_eu', new Set(['BER-1', 'MUC-2'].map(facilityCode))]]);

test.each([
  ['a facility of the list', 'postroad_express_eu', { facility: 'BER-1' }, false],
  ['another spelling of it', 'postroad_express_eu', { facility: ' ber-1 ' }, false],
  ['one that is not on it', 'postroad_express_eu', { facility: 'BER-9' }, true],
  ['a place without a facility', 'postroad_express_eu', {}, false],
  ['no place at all', 'postroad_express_eu', undefined, false],
  ['a source that lists none', 'postroad_line', { facility: 'BER-9' }, false],
])('%s', (_, source, place, unknown) => {
  expect(isUnknownFacility(lists, source, place)).toBe(unknown);
});
