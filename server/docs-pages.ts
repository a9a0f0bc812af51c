import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import type { Catalogue } from '../network/kernel/index.ts';

/** The name in plain type, in the place of the framework's own mark. */
const LOGO = {
  type: 'image/svg+xml',
  content: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="140" height="40"><text x="0" y="28" font-family="sans-serif" font-size="24" font-weight="700" fill="#fff">Postroad</text></svg>',
  ),
  href: '/docs',
  target: '_self',
} as const;

/** `/docs` (the contract for people, without any request to another host) and `/docs/errors`. */
export async function registerDocs(
  http: FastifyInstance,
  openApi: Record<string, unknown>,
  catalogue: Catalogue,
): Promise<void> {
  await http.register(swagger, { mode: 'static', specification: { document: openApi as never } });
  const page = errorPage(catalogue);
  http.get('/docs/errors', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  await http.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    logo: LOGO,
    theme: { title: 'Postroad API' },
    uiConfig: { docExpansion: 'none', filter: true },
  });
}

function errorPage(catalogue: Catalogue): string {
  const rows = Object.entries(catalogue)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([code, entry]) =>
        `<tr id="${escapeHtml(code)}"><td><code>${escapeHtml(code)}</code><td>${entry.status}<td>${escapeHtml(entry.title)}<td>${escapeHtml(entry.advice)}`,
    );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Errors of Postroad</title>
<h1>Error catalogue</h1><table><thead><tr><th>code<th>status<th>meaning<th>what to do</thead><tbody>${rows.join('\n')}</tbody></table></html>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
