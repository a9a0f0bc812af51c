import { expect, test } from 'vitest';
import packed from '../package.json' with { type: 'json' };
import { describeContract } from './contract.ts';
import { VERSION } from './version.ts';

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

test('the version that is told is that of the package', () => {
  expect(VERSION).toBe(packed.version);
});

test('whoever asks with OPTIONS is told of in the contract at each address that answers, as no operation', () => {
  const paths = describeContract().openApi.paths as Record<string, Record<string, { operationId?: string }>>;
  const asked = Object.keys(paths).filter((path) => paths[path]?.options !== undefined);
  expect(asked.sort()).toEqual(
    Object.keys(paths)
      .filter((path) => /^\/epcis(?:\/|$)/.test(path))
      .sort(),
  );
  expect(asked).toContain('/epcis/capture');
  expect(asked.map((path) => paths[path]?.options?.operationId)).toEqual(asked.map(() => undefined));
});
