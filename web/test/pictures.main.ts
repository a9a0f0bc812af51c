// Takes a picture of every screen in both widths, languages and themes: npm run screens -- --out DIR [--screen NAME]
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { out: { type: 'string' }, screen: { type: 'string' } } });
if (values.out === undefined) {
  process.stderr.write('Where to? npm run screens -- --out DIR\n');
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'browser', 'web/test/screens'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    POSTROAD_SCREENS: resolve(values.out),
    ...(values.screen === undefined ? {} : { POSTROAD_SCREEN: values.screen }),
  },
});
process.exitCode = status ?? 1;
