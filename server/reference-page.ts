import { isPublicOperation, rolesOf } from '../network/accounts/index.ts';
import type { Contract } from './contract.ts';
import { cell } from './errors-page.ts';

/** docs/reference.md: every operation by room with the roles that may call it, and every event that goes out. */
export function referencePage({ modules, routes }: Contract): string {
  const byTag = new Map<string, string[]>();
  for (const route of routes) {
    const roles = isPublicOperation(route.operation) ? 'everybody' : rolesOf(route.operation).join(', ');
    const row = `| \`${route.method} ${route.path}\` | ${cell(route.summary)} | ${roles} |`;
    byTag.set(route.tag, [...(byTag.get(route.tag) ?? []), row]);
  }
  const rooms = [...byTag].sort(([a], [b]) => (a < b ? -1 : 1));
  const events = modules
    .flatMap((module) => (module.events ?? []).map((event) => `| \`${event.publicName}\` | ${module.name} |`))
    .sort();
  return [
    '# Reference',
    '',
    'Made from the code by `npm run generate`; do not edit. Fields, schemas and examples are in `openapi.json`, shown at `/docs`',
    'of a running server; refusals in [errors.md](errors.md). Whose things a role sees is decided by its relation to them.',
    '',
    ...rooms.flatMap(([tag, rows]) => [
      `## ${tag}`,
      '',
      '| operation | does | roles |',
      '|---|---|---|',
      ...rows,
      '',
    ]),
    '## Events',
    '',
    'In `GET /v1/events` and webhooks, each to the organisations that have a part in it.',
    '',
    '| event | room |',
    '|---|---|',
    ...events,
    '',
  ].join('\n');
}
