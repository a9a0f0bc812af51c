import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from '../../server/generate.ts';

const ROOT = join(import.meta.dirname, '../..');

test('openapi.json and the types of the SDK are what the routes say: npm run generate', async () => {
  const drifted: string[] = [];
  for (const [path, text] of await generatedFiles()) {
    const committed = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    if (committed !== text) drifted.push(path);
  }
  expect(drifted, 'run "npm run generate" and commit these').toEqual([]);
});
