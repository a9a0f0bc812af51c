import { expect, test } from 'vitest';
import { argumentsFrom, environmentOf } from './arguments.ts';

test('the command line is read, and its words win over the environment', () => {
  const parsed = argumentsFrom(['up', '--demo', '--port', '9000', '--data', '/d', '--role=worker']);
  if (parsed.kind !== 'run') throw new Error(parsed.kind);
  expect(parsed.run).toMatchObject({ command: 'up', demo: true, production: false });
  expect(environmentOf({ PORT: '1', HOST: '::1' }, parsed.run)).toEqual({
    PORT: '9000',
    HOST: '::1',
    POSTROAD_DATA: '/d',
    POSTROAD_ROLE: 'worker',
  });
});

test.each([
  [[], 'a command is missing'],
  [['down'], 'there is no command down'],
  [['up', 'now'], 'now is one word too many'],
  [['up', '--wat'], "Unknown option '--wat'"],
  [['up', '--demo=1'], "Option '--demo' does not take an argument"],
  [['up', '--port'], "Option '--port <value>' argument missing"],
])('%j is misuse', (argv, problem) => {
  expect(argumentsFrom(argv)).toEqual({ kind: 'misuse', problem });
});

test('--help is help wherever it stands', () => {
  expect(argumentsFrom(['up', '--help'])).toEqual({ kind: 'help' });
  expect(argumentsFrom(['-h'])).toEqual({ kind: 'help' });
});
