import { expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://postroad.test', pathname: '/track' });
const { curlOf, formAddress, isTestAddress, returnsAddress, tokenOf } = await import('./question.ts');

it.each([
  ['/t/trk_live_abc', 'trk_live_abc'],
  ['/t/trk_live_abc/', 'trk_live_abc'],
  ['/t/%E0%A4%A', '%E0%A4%A'],
  ['/track', undefined],
  ['/t/', undefined],
  ['/t/a/b', undefined],
])('the token of %s is %s', (path, token) => {
  expect(tokenOf(path)).toBe(token);
});

it('a command in the clipboard holds no token, number or digits', () => {
  const texts = [
    curlOf({ token: 'trk_live_secret' }, 'http://postroad.test'),
    curlOf({ number: 'PRE1', phone_last4: '9876' }, 'http://postroad.test'),
  ];
  for (const text of texts) expect(text).not.toMatch(/trk_live_secret|PRE1|9876/);
  expect(texts[0]).toContain('$TRACKING_TOKEN');
});

it.each([
  ['PRE1', false, '/track?number=PRE1'],
  ['PRE1', true, '/track?world=test&number=PRE1'],
  ['A&world=test', false, '/track?number=A%26world%3Dtest'],
])('the form of %s, test world %s, has the address %s, and keeps to its world', (number, isTest, address) => {
  expect(formAddress(number, isTest)).toBe(address);
  expect(isTestAddress(new URL(address, 'http://postroad.test').search)).toBe(isTest);
});

it('what goes back is asked for in the world of the parcel', () => {
  const digits = { number: 'PRE1', phone_last4: '9876' };
  expect([{ token: 'trk_live_a' }, digits].map(returnsAddress)).toEqual(['/returns', '/returns']);
  const tests = [{ token: 'trk_test_a' }, { ...digits, world: 'test' as const }];
  expect(tests.map(returnsAddress)).toEqual(['/returns?world=test', '/returns?world=test']);
});
