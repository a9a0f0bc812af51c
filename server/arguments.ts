import { parseArgs } from 'node:util';

export const COMMANDS = ['up', 'doctor', 'migrate', 'verify'] as const;
export type CommandName = (typeof COMMANDS)[number];

export type ServerArguments = {
  readonly command: CommandName;
  readonly demo: boolean;
  readonly production: boolean;
  readonly json: boolean;
  readonly data: string | undefined;
  readonly port: string | undefined;
  readonly host: string | undefined;
  readonly role: string | undefined;
  /** Port of a second door, over HTTPS on all addresses; undefined: none. */
  readonly httpsPort: string | undefined;
};

const DEFAULT_HTTPS_PORT = '8443';

export type ParsedArguments =
  | { readonly kind: 'run'; readonly run: ServerArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly problem: string };

export const HELP = `Usage: node server/main.ts COMMAND [options]

  up        bring up the whole platform (npm start is: up --demo)
  doctor    say what is missing on this machine and how to mend it
  migrate   bring the databases of both worlds to this program's schema
  verify    recompute what must always hold; exit 1 when something is broken

Options
  --data DIR     where everything is kept (POSTROAD_DATA, default .postroad)
  --port N       port to listen on (PORT, default 8080 or the next free one)
  --host ADDR    address to listen on (HOST, default 127.0.0.1)
  --role R       all, api or worker (POSTROAD_ROLE, default all); a worker listens for health only
  --demo         up: open demo organisations, write their keys to demo.json in the data folder, and let a simulated
                 world live in the test world (POSTROAD_DEMO_WORLD=off: without it)
  --https        up: answer over HTTPS too, on all addresses, with a certificate made on the spot (port 8443);
                 phones give a page the camera only so: docs/how-to/use-a-phone.md
  --https-port N up: the same on another port (POSTROAD_HTTPS_PORT)
  --production   up: refuse a database that can lose what it acknowledged (also by NODE_ENV=production)
  --json         doctor, verify, migrate: one JSON line per result
  --help         this text

Environment: DATABASE_URL and TEST_DATABASE_URL (PostgreSQL 15 or newer instead of the embedded one),
POSTROAD_LOG=info|warn|error|silent, POSTROAD_VAULT_KEY
`;

/** Reads the command line. Never throws: what makes no sense comes back as `misuse` with a sentence. */
export function argumentsFrom(argv: readonly string[]): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        role: { type: 'string' },
        https: { type: 'boolean', default: false },
        'https-port': { type: 'string' },
        demo: { type: 'boolean', default: false },
        production: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const [name, surplus] = positionals;
    const command = COMMANDS.find((known) => known === name);
    if (command === undefined) {
      return {
        kind: 'misuse',
        problem: name === undefined ? 'a command is missing' : `there is no command ${name}`,
      };
    }
    if (surplus !== undefined) return { kind: 'misuse', problem: `${surplus} is one word too many` };
    return {
      kind: 'run',
      run: {
        command,
        demo: values.demo,
        production: values.production,
        json: values.json,
        data: values.data,
        port: values.port,
        host: values.host,
        role: values.role,
        httpsPort: values['https-port'] ?? (values.https ? DEFAULT_HTTPS_PORT : undefined),
      },
    };
  } catch (error) {
    return {
      kind: 'misuse',
      problem: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error),
    };
  }
}

/** The environment with the command line's words on top, for `configFrom`. */
export function environmentOf(
  env: Readonly<Record<string, string | undefined>>,
  given: ServerArguments,
): Record<string, string | undefined> {
  return {
    ...env,
    ...(given.data === undefined ? {} : { POSTROAD_DATA: given.data }),
    ...(given.port === undefined ? {} : { PORT: given.port }),
    ...(given.host === undefined ? {} : { HOST: given.host }),
    ...(given.role === undefined ? {} : { POSTROAD_ROLE: given.role }),
    ...(given.httpsPort === undefined ? {} : { POSTROAD_HTTPS_PORT: given.httpsPort }),
  };
}
