import { expect, it } from 'vitest';
import { openGather } from './gather.ts';

/** Shares are words; a commit of several fails when one of them is bad, and waits until it is let go. */
function bench(options: { busy?: boolean; error?: Error } = {}) {
  const commits: string[][] = [];
  const open: (() => void)[] = [];
  const gather = openGather<string, string>({
    sizeOf: (share) => share.length,
    atOnce: 6,
    together: async (shares) => {
      commits.push([...shares]);
      if (options.error !== undefined) throw options.error;
      if (shares.includes('bad')) throw new Error('bad');
      return options.busy === true ? undefined : shares.map((share) => share.toUpperCase());
    },
    alone: async (share) => {
      commits.push([share]);
      if (share === 'slow') await new Promise<void>((resolve) => open.push(resolve));
      if (share === 'bad') throw new Error('bad');
      return share.toUpperCase();
    },
  });
  const letGo = () => {
    for (const release of open) release();
  };
  const once = (share: string) => gather.take(share);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { once, commits, letGo, turn };
}

it('what comes at the same time shares a commit, and each gets its own answer', async () => {
  const { once, commits } = bench();
  expect(await Promise.all(['a', 'b', 'c'].map(once))).toEqual(['A', 'B', 'C']);
  expect(commits).toEqual([['a', 'b', 'c']]);
});

it('what comes while two commits run goes together with the next, up to its size', async () => {
  const { once, commits, letGo, turn } = bench();
  const first = once('slow');
  await turn();
  await turn();
  const second = once('slow');
  await turn();
  await turn();
  const rest = ['aaa', 'bbb', 'ccc', 'ddddddddd'].map(once);
  await turn();
  await turn();
  expect(commits).toEqual([['slow'], ['slow']]);
  letGo();
  expect(await Promise.all([first, second, ...rest])).toEqual([
    'SLOW',
    'SLOW',
    'AAA',
    'BBB',
    'CCC',
    'DDDDDDDDD',
  ]);
  expect(commits.slice(2).sort()).toEqual([['aaa', 'bbb'], ['ccc'], ['ddddddddd']]);
});

it('one that spoils the commit fails alone', async () => {
  const { once } = bench();
  const [good, bad, other] = await Promise.allSettled(['good', 'bad', 'x'].map(once));
  expect(good).toEqual({ status: 'fulfilled', value: 'GOOD' });
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad' } });
  expect(other).toEqual({ status: 'fulfilled', value: 'X' });
});

it('whoever was told does not wait for the others, nor is tried again when one of them spoils it', async () => {
  const commits: string[][] = [];
  let goOn = () => undefined as unknown;
  const gather = openGather<string, string>({
    sizeOf: () => 1,
    atOnce: 6,
    together: async (shares, tell) => {
      commits.push([...shares]);
      tell(1, 'told');
      await new Promise((resolve) => {
        goOn = () => resolve(undefined);
      });
      throw new Error('spoilt');
    },
    alone: async (share) => {
      commits.push([share]);
      if (share === 'bad') throw new Error('bad');
      return share;
    },
  });
  const [slow, quick, bad] = ['slow', 'quick', 'bad'].map((share) => gather.take(share));
  expect(await quick).toBe('told');
  expect(commits).toEqual([['slow', 'quick', 'bad']]);
  goOn();
  await expect(bad).rejects.toThrow('bad');
  expect(await slow).toBe('slow');
  expect(commits).toEqual([['slow', 'quick', 'bad'], ['slow'], ['bad']]);
});

it('a commit that does not come about is made for each, and one of a database that is away is not', async () => {
  const busy = bench({ busy: true });
  expect(await Promise.all(['a', 'b'].map(busy.once))).toEqual(['A', 'B']);
  expect(busy.commits).toEqual([['a', 'b'], ['a'], ['b']]);
  const away = bench({ error: Object.assign(new Error('gone'), { code: '57P01' }) });
  const results = await Promise.allSettled(['a', 'b'].map(away.once));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(away.commits).toEqual([['a', 'b']]);
});
