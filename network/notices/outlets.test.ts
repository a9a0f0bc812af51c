import { expect, test } from 'vitest';
import type { ClaimedDelivery } from './claim-store.ts';
import { createOutlets, type OutletLimits } from './outlets.ts';

const LIMITS: OutletLimits = {
  slots: { quick: 6, slow: 2 },
  window: 4,
  ahead: 8,
  slowMs: 100,
  holdMs: 1_000,
  keepMs: 5_000,
};

/** Queues on a clock that stands until it is told; answers come when the test gives them. */
function bed() {
  let clock = 0;
  const sent: string[] = [];
  const answers = new Map<string, (isGood: boolean) => void>();
  const outlets = createOutlets<boolean>(
    LIMITS,
    (isGood) => isGood,
    () => clock,
    () => undefined,
  );
  return {
    outlets,
    sent,
    pass: (ms: number) => {
      clock += ms;
    },
    hold: (endpoint: string, names: readonly string[], lane: 'quick' | 'slow' = 'quick') =>
      outlets.hold(
        lane,
        names.map((name) => {
          const [subject = ''] = name.split('.');
          const delivery = { id: `${endpoint}/${name}`, webhookEndpointId: endpoint, subject };
          return {
            delivery: delivery as unknown as ClaimedDelivery,
            since: clock,
            send: () => {
              sent.push(`${endpoint}/${name}`);
              return new Promise<boolean>((resolve) => answers.set(`${endpoint}/${name}`, resolve));
            },
          };
        }),
      ),
    answer: async (name: string, isGood = true) => {
      answers.get(name)?.(isGood);
      await new Promise((resolve) => setImmediate(resolve));
    },
    idsOf: (list: readonly { readonly id: string }[]) => list.map(({ id }) => id),
  };
}

test('an endpoint begins with one at a time and gets one more place with each quick success', async () => {
  const { hold, sent, answer } = bed();
  hold('e', ['a', 'b', 'c', 'd', 'f', 'g', 'h', 'i', 'j', 'k']);
  expect(sent).toEqual(['e/a']);
  await answer('e/a');
  expect(sent).toHaveLength(3);
  await answer('e/b');
  expect(sent).toHaveLength(5);
  await answer('e/c');
  await answer('e/d');
  expect(sent.length - 4, 'never more than the window').toBe(LIMITS.window);
});

test('its places are kept for a while when it has nothing to send, then it begins anew', async () => {
  const { hold, sent, answer, pass, outlets } = bed();
  hold('e', ['a', 'b']);
  await answer('e/a');
  await answer('e/b');
  outlets.sweep();
  hold('e', ['c', 'd', 'f', 'g']);
  expect(sent.slice(2)).toEqual(['e/c', 'e/d', 'e/f']);
  for (const name of ['c', 'd', 'f', 'g']) await answer(`e/${name}`);
  pass(LIMITS.keepMs + 1);
  outlets.sweep();
  hold('e', ['h', 'i']);
  expect(sent.slice(6)).toEqual(['e/h']);
});

test('of one subject only one is under way, and others go past it', async () => {
  const { hold, sent, answer } = bed();
  hold('e', ['a', 'b', 's.1', 's.2', 'c', 'd']);
  await answer('e/a');
  await answer('e/b');
  expect(sent).toEqual(['e/a', 'e/b', 'e/s.1', 'e/c', 'e/d']);
  await answer('e/s.1');
  expect(sent.at(-1)).toBe('e/s.2');
});

test('what comes behind a failure of its subject goes back unsent, and stays away until that is written down', async () => {
  const { hold, sent, answer, outlets, idsOf } = bed();
  hold('e', ['s.1', 's.2', 'a']);
  await answer('e/s.1', false);
  expect(sent).toEqual(['e/s.1', 'e/a']);
  const ended = outlets.take();
  expect(idsOf(ended.released)).toEqual(['e/s.2']);
  hold('e', ['s.2']);
  await answer('e/a');
  expect(sent).toEqual(['e/s.1', 'e/a']);
  outlets.settled(ended);
  hold('e', ['b']);
  expect(sent).toContain('e/s.2');
});

test('two failures in a row give back all that the endpoint holds', async () => {
  const { hold, answer, outlets, idsOf } = bed();
  hold('e', ['a', 'b', 'c', 'd']);
  await answer('e/a', false);
  await answer('e/b', false);
  const ended = outlets.take();
  expect(idsOf(ended.released)).toEqual(['e/c', 'e/d']);
  expect(outlets.full(), 'until the failures are written down').toEqual(['e']);
  outlets.settled(ended);
  expect(outlets.full()).toEqual([]);
});

test('those who do not answer leave the places of the quick to the others', async () => {
  const { hold, sent, outlets, pass, answer } = bed();
  for (const sick of ['s1', 's2', 's3', 's4', 's5', 's6']) hold(sick, ['x', 'y']);
  hold('well', ['a', 'b', 'c']);
  expect(sent.filter((name) => name.startsWith('well'))).toEqual([]);
  pass(LIMITS.slowMs);
  outlets.sweep();
  expect(sent.at(-1)).toBe('well/a');
  await answer('well/a');
  expect(sent.slice(-2)).toEqual(['well/b', 'well/c']);
  expect(outlets.take().released, 'what they held besides').toHaveLength(6);
});

test('places of a lane are given in turns', async () => {
  const { hold, sent, answer } = bed();
  for (const slow of ['e1', 'e2', 'e3']) hold(slow, ['a', 'b'], 'slow');
  expect(sent).toEqual(['e1/a', 'e2/a']);
  await answer('e1/a', false);
  expect(sent).toEqual(['e1/a', 'e2/a', 'e3/a']);
});

test('what was held too long goes back, and at the end everything does', async () => {
  const { hold, sent, answer, pass, outlets, idsOf } = bed();
  hold('e', ['a', 'b']);
  pass(LIMITS.holdMs + 1);
  hold('e', ['c']);
  await answer('e/a');
  expect(sent).toEqual(['e/a', 'e/c']);
  hold('f', ['a', 'b']);
  outlets.close();
  hold('g', ['a']);
  expect(idsOf(outlets.take().released).sort()).toEqual(['e/b', 'f/b', 'g/a']);
});
