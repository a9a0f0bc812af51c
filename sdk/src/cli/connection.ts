import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPostroadClient, type PostroadClient } from '../client.ts';
import { MisuseError } from './exit.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the CLI reads of `.postroad/demo.json`. */
export type DemoKeys = {
  readonly baseUrl: string;
  key(role: string, world: 'live' | 'test', organisation?: string): string | undefined;
};

type DemoFile = {
  base_url?: unknown;
  principals?: readonly { world?: unknown; organisation?: unknown; role?: unknown; key?: unknown }[];
};

/** The file that `up --demo` wrote, from POSTROAD_DATA or `.postroad` here; undefined when there is none. */
export async function findDemoKeys(env: Environment): Promise<DemoKeys | undefined> {
  let file: DemoFile;
  try {
    const path = join(env.POSTROAD_DATA ?? '.postroad', 'demo.json');
    file = JSON.parse(await readFile(path, 'utf8')) as DemoFile;
  } catch {
    return undefined;
  }
  if (typeof file?.base_url !== 'string' || !Array.isArray(file.principals)) return undefined;
  const { base_url: baseUrl, principals } = file;
  return {
    baseUrl,
    key: (role, world, organisation) => {
      const found = principals.find(
        (principal) =>
          principal.role === role &&
          principal.world === world &&
          (organisation === undefined || principal.organisation === organisation),
      );
      return typeof found?.key === 'string' ? found.key : undefined;
    },
  };
}

export type ConnectionOptions = { readonly url?: string; readonly key?: string };

/**
 * Where to and as whom, in this order: the options, POSTROAD_URL and POSTROAD_KEY, the demo file's key for the test
 * world of the role that the command needs. `role` undefined: the command needs no key.
 */
export async function connect(
  env: Environment,
  options: ConnectionOptions,
  role: string | undefined,
): Promise<PostroadClient> {
  const demo = await findDemoKeys(env);
  const baseUrl = urlFrom(env, options.url, demo);
  // A demo key belongs to the demo's server: it is not sent to another one.
  const isDemo = demo !== undefined && sameOrigin(baseUrl, demo.baseUrl);
  const key =
    options.key ?? env.POSTROAD_KEY ?? (isDemo && role !== undefined ? demo.key(role, 'test') : undefined);
  if (key === undefined && role !== undefined)
    throw new MisuseError(`which key? Set POSTROAD_KEY to an API key (a ${role}'s)`);
  return createPostroadClient({ baseUrl, ...(key === undefined ? {} : { key }) });
}

function sameOrigin(left: string, right: string): boolean {
  try {
    return new URL(left).origin === new URL(right).origin;
  } catch {
    throw new MisuseError(`${left} is not a URL`);
  }
}

/** Where the server is, for a command that needs no key. Throws MisuseError when nothing says so. */
export async function serverUrl(env: Environment, url: string | undefined): Promise<string> {
  return urlFrom(env, url, await findDemoKeys(env));
}

function urlFrom(env: Environment, url: string | undefined, demo: DemoKeys | undefined): string {
  const found = url ?? env.POSTROAD_URL ?? demo?.baseUrl;
  if (found === undefined)
    throw new MisuseError(
      'where is the server? Set POSTROAD_URL and POSTROAD_KEY, or start a demo here with npm start',
    );
  return found;
}
