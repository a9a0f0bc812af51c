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

export type DemoLogIn = { readonly email: string; readonly password: string; readonly role: string };

/** `.postroad/demo.json`, for tools: where the server is and whose key does what. Secrets: mode 0600. */
export type DemoFile = {
  readonly base_url: string;
  readonly pid: number;
  /** The world in which something moves: `test` where a simulated one lives. The people of `log_ins` enter both. */
  readonly look_in: 'live' | 'test';
  /** People of the live world who log in with a password, one for each role that persons have. */
  readonly log_ins: readonly DemoLogIn[];
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

/** What an earlier start wrote; nothing when the file is absent or not ours. */
export async function readDemoFile(
  dataFolder: string,
): Promise<{ readonly principals: readonly DemoPrincipal[]; readonly logIns: readonly DemoLogIn[] }> {
  try {
    const file = JSON.parse(await readFile(demoFilePath(dataFolder), 'utf8')) as Partial<DemoFile> | null;
    const principals = (Array.isArray(file?.principals) ? file.principals : []).filter(
      (known) => typeof known?.key === 'string' && typeof known.role === 'string',
    );
    const logIns = (Array.isArray(file?.log_ins) ? file.log_ins : []).filter(
      (known) => typeof known?.email === 'string' && typeof known.password === 'string',
    );
    return { principals, logIns };
  } catch {
    return { principals: [], logIns: [] };
  }
}

export async function writeDemoFile(
  dataFolder: string,
  baseUrl: string,
  principals: readonly DemoPrincipal[],
  logIns: readonly DemoLogIn[],
  lookIn: DemoFile['look_in'],
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
    look_in: lookIn,
    log_ins: logIns,
    keys: { live: of('live', role), test: of('test', role) },
    organisations: { live: of('live', organisation), test: of('test', organisation) },
    principals,
  };
  const path = demoFilePath(dataFolder);
  await writePrivately(path, `${JSON.stringify(file, null, 2)}\n`);
  return path;
}
