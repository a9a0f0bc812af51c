import { expect, test } from 'vitest';
import { describeContract } from './contract.ts';

test('the contract is described without a database, and twice the same', () => {
  const { openApi, routes, catalogue } = describeContract();
  expect(JSON.stringify(describeContract().openApi)).toBe(JSON.stringify(openApi));
  expect(routes.length).toBeGreaterThan(10);
  expect(catalogue.not_found).toMatchObject({ status: 404 });
});

test('a described route cannot run: its ports are not there', async () => {
  const route = describeContract().routes.find((candidate) => candidate.operation === 'readTestClock');
  const call = { world: { name: 'test' } } as never;
  if (route === undefined || !('handle' in route)) throw new Error('no such route, or one of another kind');
  await expect(route.handle(call)).rejects.toThrow('testClock.now is not there');
});
