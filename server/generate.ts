import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTs, { astToString } from 'openapi-typescript';
import { describeContract } from './contract.ts';
import { errorsPage } from './errors-page.ts';
import { referencePage } from './reference-page.ts';

/** The files that are made from the code and committed: path from the root to its text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const described = describeContract();
  const { openApi } = described;
  const contract = `${JSON.stringify(openApi, null, 2)}\n`;
  // A copy: the generator resolves references in what it gets.
  const types = astToString(
    await openapiTs(JSON.parse(contract), { alphabetize: true, defaultNonNullable: false }),
  );
  return new Map([
    ['openapi.json', contract],
    ['docs/errors.md', errorsPage(described)],
    ['docs/reference.md', referencePage(described)],
    ['sdk/src/openapi.gen.ts', `// Made from openapi.json by \`npm run generate\`; do not edit.\n${types}`],
  ]);
}

/** Writes what changed; answers the paths. */
export async function writeGenerated(
  root: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, text] of files) {
    const known = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (known === text) continue;
    await writeFile(join(root, path), text);
    changed.push(path);
  }
  return changed;
}
