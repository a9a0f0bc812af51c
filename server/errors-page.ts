import type { Contract } from './contract.ts';

/** docs/errors.md: every code of the catalogue with its meaning, what to do, and the operations that answer it. */
export function errorsPage({ catalogue, routes }: Contract): string {
  const operations = new Map<string, string[]>();
  for (const route of routes) {
    for (const code of route.refusals ?? [])
      operations.set(code, [...(operations.get(code) ?? []), route.operation]);
  }
  const rows = Object.entries(catalogue)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry]) => {
      const from = [...new Set(operations.get(code) ?? [])].sort();
      const shown =
        from.length === 0
          ? 'any'
          : from.length > 6
            ? `${from.slice(0, 6).join(', ')} and ${from.length - 6} more`
            : from.join(', ');
      return `| <a id="${code}"></a>\`${code}\` | ${entry.status} | ${cell(entry.title)} | ${cell(entry.advice)} | ${shown} |`;
    });
  return [
    '# Errors',
    '',
    'Made from the code by `npm run generate`; do not edit. Every refusal is problem+json (RFC 9457) with one of these codes in',
    '`code`, a sentence in `detail`, field errors as JSON pointers in `errors`, and a `request_id` to quote. 400: the request is',
    'malformed. 409: somebody else is faster or the state does not allow it. 422: a business rule says no.',
    '',
    '| code | status | meaning | what to do | answered by |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

export function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
