import { expect, test } from 'vitest';
import { concernedBy, subjectOf } from './audited.policy.ts';

const ORG = 'org_01jd3v9k2m4n6p8q0r1s2t3v4w';

test.each([
  [{ lineCode: 'eu_standard' }, { id: 'x' }, 'eu_standard'],
  [undefined, { id: 'lin_1' }, 'lin_1'],
  [undefined, { key: { id: 'key_1' }, secret: 's' }, 'key_1'],
  [{}, { kind: 'market_policy', revived: 3 }, 'market_policy'],
  [undefined, undefined, undefined],
  [undefined, { revived: 3 }, undefined],
])('the subject of %j with answer %j is %s', (params, answer, subject) => {
  expect(subjectOf(params, answer)).toBe(subject);
});

test('it concerns the organisation that the answer names, else the owner', () => {
  expect(concernedBy('org_owner', { organisationId: ORG })).toBe(ORG);
  expect(concernedBy('org_owner', { key: { id: 'k', organisationId: ORG } })).toBe(ORG);
  expect(concernedBy('org_owner', { organisationId: 'network' })).toBe('org_owner');
  expect(concernedBy('org_owner', undefined)).toBe('org_owner');
});
