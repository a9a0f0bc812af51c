import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Of objects that live through collections, how many begin among the old ones. In a process of its own: V8's flags are for all of it. */
function bornOld(first: string): number {
  const program = `
    import { setFlagsFromString } from 'node:v8';
    import { beginYoung } from './server/memory.ts';
    ${first}
    setFlagsFromString('--allow-natives-syntax');
    const isYoung = new Function('object', 'return %InYoungGeneration(object)');
    let kept = [];
    let old = 0;
    for (let number = 0; number < 3_000_000; number += 1) {
      const object = { number, next: undefined };
      kept.push(object);
      if (kept.length > 400_000) kept = [];
      if (number > 2_000_000 && number % 100 === 0 && !isYoung(object)) old += 1;
    }
    console.log(old);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    cwd: new URL('..', import.meta.url),
  });
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout);
}

/** V8 decides by when its collections come: on a busy machine one process in five does not. */
const PROCESSES = Array.from({ length: 5 }, (_, index) => index);

test('objects that outlive a collection begin young all the same', () => {
  expect(PROCESSES.map(() => bornOld('beginYoung();'))).toEqual(PROCESSES.map(() => 0));
});

test('by itself V8 lets them begin old, or the test above could not fail', () => {
  expect([...PROCESSES, ...PROCESSES].some(() => bornOld('void beginYoung;') > 0)).toBe(true);
});
