import type { Command } from 'commander';
import type { PostroadClient } from '../client.ts';
import type { Output } from './output.ts';

type Ports = {
  readonly output: () => Output;
  readonly clientFor: (role: string | undefined) => Promise<PostroadClient>;
};

/** `postroad credential ...`: how carriers are asked for tracking. */
export function addCredentialCommands(program: Command, { output, clientFor }: Ports): void {
  const credential = program.command('credential').description('how carriers are asked for tracking');
  credential
    .command('add')
    .description('store a credential of a carrier’s tracking interface; prints its id')
    .argument('<connector>', 'e.g. ups, fedex: connectors/README.md')
    .argument('[field...]', 'name=value, as the carrier asks for them')
    .option('--label <text>', 'what it is for')
    .action(async (connector: string, fields: string[], given: { label?: string }) => {
      const { addCredential } = await import('./credential.ts');
      await addCredential(await clientFor('merchant_admin'), output(), { connector, fields, ...given });
    });
  credential
    .command('rotate')
    .description('replace its fields; its numbers stay')
    .argument('<id>', 'tcr_...')
    .argument('[field...]', 'name=value, as the carrier asks for them')
    .action(async (id: string, fields: string[]) => {
      const { rotateCredential } = await import('./credential.ts');
      await rotateCredential(await clientFor('merchant_admin'), output(), id, fields);
    });
  credential
    .command('rotate-push')
    .description('replace the secret of a push address; the old one is taken for a while')
    .argument('<id>', 'psl_... or pst_...')
    .argument('[field...]', 'name=value, as the carrier asks for them')
    .option('--old-hours <hours>', 'how long the old secret is taken, 0 to 720', '24')
    .action(async (id: string, fields: string[], given: { oldHours: string }) => {
      const { rotatePushSecret } = await import('./credential.ts');
      await rotatePushSecret(await clientFor('operator'), output(), id, { fields, ...given });
    });
  credential
    .command('test')
    .description('ask the carrier about a number with it; exit 1 if it does not answer as documented')
    .argument('<id>', 'tcr_...')
    .argument('<number>', 'a number that the carrier knows')
    .action(async (id: string, asked: string) => {
      const { testCredential } = await import('./credential.ts');
      process.exitCode = await testCredential(await clientFor('merchant_admin'), output(), id, asked);
    });
  credential
    .command('list')
    .description('credentials and how they do')
    .action(async () => {
      const { listCredentials } = await import('./credential.ts');
      await listCredentials(await clientFor('merchant_admin'), output());
    });
  credential
    .command('remove')
    .description('its carrier is no longer asked with it')
    .argument('<id>', 'tcr_...')
    .action(async (id: string) => {
      const { removeCredential } = await import('./credential.ts');
      await removeCredential(await clientFor('merchant_admin'), output(), id);
    });
}
