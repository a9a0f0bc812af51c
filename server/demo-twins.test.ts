import { expect, test } from 'vitest';
import { waitForTwins } from './demo-twins.ts';

async function waitingFor(twinsAtLook: number, isKnown: boolean) {
  let looks = 0;
  const said: string[] = [];
  await waitForTwins({
    here: async () => {
      looks += 1;
      return new Set(looks >= twinsAtLook ? ['org_a', 'org_b', 'org_of_the_test_world'] : ['org_a']);
    },
    liveIds: new Set(['org_a', 'org_b']),
    isKnown,
    say: (line) => said.push(line),
    pause: async () => undefined,
  });
  return { looks, said: said.length };
}

test('twins that come soon are waited for in silence', async () => {
  expect(await waitingFor(3, false)).toEqual({ looks: 3, said: 0 });
});

test('without a worker a new demo says so once and waits, rather than open everything twice', async () => {
  expect(await waitingFor(400, false)).toEqual({ looks: 400, said: 1 });
});

test('a demo that has its organisations goes on without twins that never come', async () => {
  expect(await waitingFor(400, true)).toEqual({ looks: 50, said: 0 });
});
