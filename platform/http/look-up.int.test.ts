import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { type Hooks, startThings } from './server.fixture.ts';

let bed: TestWorld;
let server: Awaited<ReturnType<typeof startThings>>;
const hooks: Hooks = {};
/** What each statement was asked for. */
const looks: string[][] = [];

beforeAll(async () => {
  bed = await startTestWorld();
  server = await startThings(bed.world, hooks);
});
afterAll(async () => {
  await server.http.close();
  await bed.stop();
});
beforeEach(() => {
  looks.length = 0;
  hooks.looking = (ids) => looks.push([...ids]);
});

async function get(id: string, caller = 'ann'): Promise<string> {
  const answer = await fetch(`${server.url}/v1/looked-up/${id}`, {
    headers: { authorization: `Bearer ${caller}` },
  });
  const { thing_id, code } = (await answer.json()) as { thing_id?: string; code?: string };
  return `${answer.status} ${thing_id ?? code}`;
}

test('what is asked for at the same time is looked up together, in the name of each who asks', async () => {
  const callers = Array.from({ length: 60 }, (_, index) => ['ann', 'bob', 'operator'][index % 3] as string);
  const answers = await Promise.all(callers.map((caller, index) => get(`thing_${index}`, caller)));
  const expected: Record<string, string> = { ann: '200 org_a', bob: '200 org_b', operator: '200 *' };
  expect(answers).toEqual(callers.map((caller) => expected[caller]));
  expect(looks.flat()).toHaveLength(60);
  expect(looks.length).toBeLessThan(60);
});

test('two who ask for one thing ask once', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => get('one')));
  expect(new Set(answers)).toEqual(new Set(['200 org_a']));
  expect(looks.every((ids) => ids.length === 1)).toBe(true);
});

test('what is not there is not found, beside what is', async () => {
  expect(await Promise.all(['a', 'missing', 'b'].map((id) => get(id)))).toEqual([
    '200 org_a',
    '404 not_found',
    '200 org_a',
  ]);
});

test('one that spoils the statement is the only one to fail', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => (index === 20 ? 'broken' : `thing_${index}`));
  const answers = await Promise.all(ids.map((id) => get(id)));
  expect(answers).toEqual(ids.map((id) => (id === 'broken' ? '500 internal' : '200 org_a')));
});
