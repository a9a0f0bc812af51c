import { expect, test } from 'vitest';
import { curlOf } from './requests.ts';

const ORIGIN = 'http://127.0.0.1:8080';

test('a request becomes a command without a secret', () => {
  expect(curlOf({ method: 'GET', path: '/v1/me?x=1', body: undefined }, ORIGIN)).toBe(
    `curl 'http://127.0.0.1:8080/v1/me?x=1' \\\n  -H "Authorization: Bearer $POSTROAD_KEY"`,
  );
});

test('a quote in the body does not end the shell’s word', () => {
  const text = curlOf({ method: 'POST', path: '/v1/x', body: `{"a":"it's; rm -rf"}` }, ORIGIN);
  expect(text).toContain(`-X POST`);
  expect(text).toContain(`--data '{"a":"it'\\''s; rm -rf"}'`);
});
