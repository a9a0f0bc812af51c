import { expect, it, vi } from 'vitest';

vi.stubGlobal('location', { origin: 'http://postroad.test', pathname: '/track' });
const { curlOf, tokenOf } = await import('./question.ts');

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
