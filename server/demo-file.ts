import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivately } from './run-file.ts';

export type DemoPrincipal = {
  readonly world: 'live' | 'test';
  /** Slug of the organisation, e.g. `merchant_br`. */
  readonly organisation: string;
  readonly organisation_id: string;
  readonly role: string;
  readonly key: string;
};

/** `.postroad/demo.json`, for tools: where the server is and whose key does what. Secrets: mode 0600. */
export type DemoFile = {
  readonly base_url: string;
  readonly pid: number;
  /** People who log in with a password; empty as long as the product has keys only. */
  readonly log_ins: readonly { readonly name: string; readonly password: string; readonly role: string }[];
  /** One key per role and world: the first organisation of `principals` that has the role. */
  readonly keys: {
    readonly live: Readonly<Record<string, string>>;
    readonly test: Readonly<Record<string, string>>;
  };
  readonly organisations: {
    readonly live: Readonly<Record<string, string>>;
    readonly test: Readonly<Record<string, string>>;
  };
  readonly principals: readonly DemoPrincipal[];
};

export const demoFilePath = (dataFolder: string) => join(dataFolder, 'demo.json');

/** The principals of the file that an earlier start wrote; none when it is absent or not ours. */
export async function readDemoPrincipals(dataFolder: string): Promise<readonly DemoPrincipal[]> {
  try {
    const file = JSON.parse(await readFile(demoFilePath(dataFolder), 'utf8')) as Partial<DemoFile> | null;
    return (Array.isArray(file?.principals) ? file.principals : []).filter(
      (known) => typeof known?.key === 'string' && typeof known.role === 'string',
    );
  } catch {
    return [];
  }
}

export async function writeDemoFile(
  dataFolder: string,
  baseUrl: string,
  principals: readonly DemoPrincipal[],
): Promise<string> {
  const of = (world: 'live' | 'test', entry: (principal: DemoPrincipal) => readonly [string, string]) => {
    const picked: Record<string, string> = {};
    for (const principal of principals) {
      if (principal.world !== world) continue;
      const [name, value] = entry(principal);
      picked[name] ??= value;
    }
    return picked;
  };
  const role = (principal: DemoPrincipal) => [principal.role, principal.key] as const;
  const organisation = (principal: DemoPrincipal) =>
    [principal.organisation, principal.organisation_id] as const;
  const file: DemoFile = {
    base_url: baseUrl,
    pid: process.pid,
    log_ins: [],
    keys: { live: of('live', role), test: of('test', role) },
    organisations: { live: of('live', organisation), test: of('test', organisation) },
    principals,
  };
  const path = demoFilePath(dataFolder);
  await writePrivately(path, `${JSON.stringify(file, null, 2)}\n`);
  return path;
}
