import { fileURLToPath } from 'node:url';
import { generatedFiles, writeGenerated } from './generate.ts';
import { dumpFreshSchema } from './schema-dump.ts';

// `npm run generate`: openapi.json, the SDK's types, and with --schema (needs the embedded PostgreSQL) schema.sql.
const root = fileURLToPath(new URL('../', import.meta.url));
const files = new Map(await generatedFiles());
if (!process.argv.includes('--no-schema')) files.set('schema.sql', await dumpFreshSchema(root));
const changed = await writeGenerated(root, files);
process.stdout.write(
  changed.length === 0 ? 'nothing changed\n' : changed.map((path) => `wrote ${path}\n`).join(''),
);
