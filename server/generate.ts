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
    ['sdk/src/openapi.gen.ts', `${MADE}\n${types}`],
    ['sdk/src/operations.gen.ts', `${MADE}\n${operationsOf(openApi)}`],
  ]);
}

const MADE = '// Made from openapi.json by `npm run generate`; do not edit.';

/** Asking with OPTIONS is no operation. */
type Described = { readonly operationId?: string; readonly 'x-roles'?: readonly string[] };

/** Which roles may call an operation: what menus show. The server's own check stays the judge. */
function operationsOf(openApi: Record<string, unknown>): string {
  const operations = Object.values(openApi.paths as Record<string, Record<string, Described>>)
    .flatMap((item) => Object.values(item))
    .flatMap(({ operationId, 'x-roles': roles }) =>
      operationId === undefined ? [] : [[operationId, roles ?? []] as const],
    )
    .sort(([a], [b]) => a.localeCompare(b));
  const names = [...new Set(operations.flatMap(([, roles]) => roles))].sort();
  const union = (list: readonly string[]) => list.map((name) => `\n  | '${name}'`).join('');
  const rows = operations.map(
    ([operation, roles]) => `  ${operation}: [${roles.map((role) => `'${role}'`).join(', ')}],`,
  );
  return `export type RoleName =${union(names)};

export type OperationName =${union(operations.map(([operation]) => operation))};

/** Roles by operation, as \`x-roles\` of the contract says; empty: no log-in is needed. */
export const ROLES_OF_OPERATION: Readonly<Record<OperationName, readonly RoleName[]>> = {
${rows.join('\n')}
};
`;
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
