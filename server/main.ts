import { argumentsFrom, environmentOf, HELP, type ServerArguments } from './arguments.ts';
import { configFrom, type ServerConfig } from './config.ts';
import { explain, StartRefusedError } from './start-refused.ts';

/** Exit codes: 0 ok, 1 refused or broken, 2 misuse. Loads a command only when it runs: `--help` must not wait. */
async function main(): Promise<void> {
  const parsed = argumentsFrom(process.argv.slice(2));
  if (parsed.kind === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (parsed.kind === 'misuse') return misuse(parsed.problem);
  let config: ServerConfig;
  try {
    config = configFrom(environmentOf(process.env, parsed.run));
  } catch (error) {
    return misuse(error instanceof Error ? error.message : String(error));
  }
  const code = await run(parsed.run, config);
  process.exitCode = code;
  // A start that failed half-way may leave connections open, which would hold the process for their idle time.
  if (code !== 0) setTimeout(() => process.exit(code), 200).unref();
}

function misuse(problem: string): void {
  process.stderr.write(`${problem}\n\n${HELP}`);
  process.exitCode = 2;
}

async function run(given: ServerArguments, config: ServerConfig): Promise<number> {
  try {
    switch (given.command) {
      case 'up': {
        const { up } = await import('./up.ts');
        return await up(config, {
          demo: given.demo,
          production: given.production || process.env.NODE_ENV === 'production',
          portIsGiven: (given.port ?? process.env.PORT ?? '') !== '',
        });
      }
      case 'doctor': {
        const { doctor } = await import('./doctor.ts');
        return await doctor(config, given.json);
      }
      case 'migrate': {
        const { migrateWorlds } = await import('./migrate-worlds.ts');
        return await migrateWorlds(config, given.json);
      }
      case 'verify': {
        const { verify } = await import('./verify.ts');
        return await verify(config, given.json);
      }
    }
  } catch (error) {
    process.stderr.write(`postroad ${given.command}: ${explain(error)}\n`);
    if (
      !(error instanceof StartRefusedError) &&
      process.env.POSTROAD_LOG === 'info' &&
      error instanceof Error
    )
      process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

process.stdout.on('error', () => undefined); // a reader such as `head` may close the pipe: no reason to die
await main();
