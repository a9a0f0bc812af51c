import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODULE_ORDER } from '../../network/module-order.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PLANTED = fileURLToPath(new URL('planted/', import.meta.url));
const SIDES = ['network', 'platform', 'connectors', 'server', 'sdk/src', 'web', 'simulation'];

async function violationsIn(baseDir: string): Promise<{ found: string[]; modules: number }> {
  // @ts-expect-error a configuration file for a tool, without types
  const { default: config } = await import('../../.dependency-cruiser.mjs');
  const { forbidden, options } = config;
  const exclude = baseDir === ROOT ? options.exclude : { path: [] };
  const { tsConfig: _file, ...rest } = options;
  // A side that has nothing in it yet is no folder.
  const sides = SIDES.filter((side) => existsSync(join(baseDir, side)));
  const result = await cruise(sides, { ...rest, exclude, baseDir, validate: true, ruleSet: { forbidden } });
  const { modules, summary } = result.output as ICruiseResult;
  const own = modules.filter(
    ({ source }) => /\.tsx?$/.test(source) && SIDES.some((side) => source.startsWith(`${side}/`)),
  );
  return {
    found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort(),
    modules: own.length,
  };
}

function sourcesBelow(folder: string): number {
  if (!existsSync(join(ROOT, folder))) return 0;
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/node_modules|(^|\/)dist/.test(name),
  ).length;
}

describe('the directions of the house', () => {
  let house: { found: string[]; modules: number };
  beforeAll(async () => {
    house = await violationsIn(ROOT);
  }, 60_000);

  it('hold everywhere', () => {
    expect(house.found).toEqual([]);
  });

  it('were looked at in every source file, not in none', () => {
    const sources = SIDES.reduce((sum, side) => sum + sourcesBelow(side), 0);
    expect(house.modules).toBeGreaterThan(300);
    expect(house.modules).toBe(sources);
  });

  it('name every module of network/', () => {
    const folders = readdirSync(join(ROOT, 'network'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map((entry) => entry.name).filter((name) => !MODULE_ORDER.includes(name))).toEqual([]);
  });
});

it('planted violations are found, each by its rule, and nothing else is', async () => {
  expect((await violationsIn(PLANTED)).found).toEqual([
    'a-connector-knows-no-other: connectors/acme/parse.ts -> connectors/zenith/parse.ts',
    'a-face-knows-no-other-face: web/src/kit/button.tsx -> web/src/merchant/face.tsx',
    'a-face-knows-no-other-face: web/src/merchant/face.tsx -> web/src/buyer/page.tsx',
    'connectors-know-contracts-only: connectors/acme/parse.ts -> network/rulebooks/index.ts',
    'ground-and-kit-know-no-business: web/src/ground/shell.tsx -> web/src/office/wallet.tsx',
    'network-accounts-imports-only-lower-modules: network/accounts/index.ts -> network/tracking/index.ts',
    'network-modules-through-index: network/rulebooks/index.ts -> network/accounts/model.ts',
    'no-circles: platform/deep/first.ts -> platform/deep/second.ts',
    'platform-knows-no-parcels: platform/deep/parcels.ts -> network/tracking/index.ts',
    'sdk-stands-alone: sdk/src/client.ts -> platform/deep/parcels.ts',
    'server-is-the-top: server/main.ts -> sdk/src/client.ts',
    'simulation-lives-on-the-api: simulation/checker/judge.ts -> network/tracking/index.ts',
    'web-is-a-plain-client: web/src/merchant/face.tsx -> platform/deep/first.ts',
  ]);
}, 60_000);
