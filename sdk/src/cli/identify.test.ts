import { afterEach, expect, test } from 'vitest';
import { createPostroadClient } from '../client.ts';
import { answer, type Behaviour, type Double, problem, startDouble } from '../double.fixture.ts';
import { identifyNumbers } from './identify.ts';

let double: Double | undefined;
afterEach(() => double?.stop());

async function identify(json: boolean, ...behaviours: readonly Behaviour[]) {
  const server = await startDouble(...behaviours);
  double = server;
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const code = await identifyNumbers(
    { json, isTerminal: false, write, note: () => undefined },
    {
      checkout: undefined,
      connect: async () => createPostroadClient({ baseUrl: server.baseUrl, key: 'prd_test_k', retries: 0 }),
      numbers: [' 1z/9 ', 'x'],
      file: undefined,
    },
  );
  return { code, out, paths: server.seen.map((one) => one.url) };
}

const CANDIDATE = { number: '1Z9', carrier: 'ups', format: 'ups', check_digit: 'ok', names: {}, reasons: [] };

test('outside of a checkout a server is asked for each number', async () => {
  const answers = [
    answer(200, { input: '1z/9', candidates: [CANDIDATE], parcels: [] }),
    answer(200, { input: 'x', candidates: [], parcels: [] }),
  ];
  const asked = await identify(true, ...answers);
  expect(asked.paths).toEqual(['/v1/numbers/1z%2F9', '/v1/numbers/x']);
  expect(
    asked.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { input: '1z/9', candidates: [CANDIDATE] },
    { input: 'x', candidates: [] },
  ]);
  await double?.stop();
  const plain = await identify(false, ...answers);
  expect(plain.out).toContain('1z/9   ups      1Z9');
});

test('a server that refuses is told', async () => {
  await expect(identify(true, problem(503, 'unavailable'))).rejects.toMatchObject({ code: 'unavailable' });
});
