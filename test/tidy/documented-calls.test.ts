import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../setup/template.ts';

const CALL = /\b(GET|POST|PUT|PATCH|DELETE)\s+(\/v1\/[a-z0-9_{}/-]+)/g;

/** Names of parameters are a page's own: `{id}` says enough beside its table. */
const shape = (path: string) => path.replace(/\{[a-z_]+\}/g, '{}').replace(/\/$/, '');

function callsOf(text: string): string[] {
  return [...text.matchAll(CALL)].map(([, method, path]) => `${method} ${shape(path ?? '')}`);
}

test('every call that a guide names is one of the contract', () => {
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
    paths: Record<string, object>;
  };
  const known = new Set(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${shape(path)}`),
    ),
  );
  const folder = join(ROOT, 'docs/how-to');
  const named = readdirSync(folder).flatMap((file) =>
    callsOf(readFileSync(join(folder, file), 'utf8')).map((call) => ({ file, call })),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ call }) => !known.has(call))).toEqual([]);
});

test('a call that is none is seen', () => {
  expect(callsOf('`POST /v1/points/{id}/nothing` and GET\n/v1/points')).toEqual([
    'POST /v1/points/{}/nothing',
    'GET /v1/points',
  ]);
});
