import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { newToken } from '../platform/crypto/index.ts';
import { errorFields, type Log } from '../platform/telemetry/index.ts';
import { openPlainPage } from './plain-view.ts';

/** The build of the web: `web/dist`, made by `npm run build -w web`. */
type Face = { readonly id: string; readonly paths: readonly string[] };

/** Stands in the built pages where each answer gets a nonce of its own. */
const NONCE = /__NONCE__/g;
const NONCE_BYTES = 16;
const PLAIN = /(<noscript id="plain">)[^<]*(<\/noscript>)/;
/** A buyer's link: the one page that says something of its own without scripts. */
const LINK = '/t/:token';
/** Source: RFC 8246; the names of these files carry a hash of their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * What a page may do (CSP Level 3): scripts and styles from here alone, nothing inline but style elements with the
 * answer's nonce (the scroll lock of dialogs makes one), requests to this server and to the print agent on the
 * reader's own machine (its ports are those of the cloud-print protocol). `blob:` shows labels that were fetched.
 */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' ws://127.0.0.1:13528 ws://localhost:13528",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'self' blob:",
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const SCRIPT = 'text/javascript; charset=utf-8';
const SHORT = 'public, max-age=300';
const MANIFEST = 'application/manifest+json';

/** Files whose names do not change: what runs before the page, and what a phone needs to install a field face. */
const ROOT_FILES = [
  { name: 'boot.js', type: SCRIPT, cache: SHORT },
  { name: 'field-worker.js', type: SCRIPT, cache: 'no-cache' },
  { name: 'courier.webmanifest', type: MANIFEST, cache: SHORT },
  { name: 'warehouse.webmanifest', type: MANIFEST, cache: SHORT },
  { name: 'point.webmanifest', type: MANIFEST, cache: SHORT },
  { name: 'icon-192.png', type: 'image/png', cache: SHORT },
  { name: 'icon-512.png', type: 'image/png', cache: SHORT },
] as const;

/** Serves the faces of `folder`. Throws when it holds no build. */
export async function registerWeb(http: FastifyInstance, folder: string, log: Log): Promise<void> {
  const faces = JSON.parse(readFileSync(join(folder, 'faces.json'), 'utf8')) as readonly Face[];
  await http.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    index: false,
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', FOR_EVER),
  });
  const plain = await openPlainPage(http, folder, (error) =>
    log.error('a link was opened without its plain view', errorFields(error)),
  );
  for (const { name, type, cache } of ROOT_FILES) {
    if (!existsSync(join(folder, name))) continue;
    const bytes = readFileSync(join(folder, name));
    http.get(`/${name}`, async (_request, reply) =>
      reply.header('cache-control', cache).header('x-content-type-options', 'nosniff').type(type).send(bytes),
    );
  }
  for (const face of faces) {
    const page = readFileSync(join(folder, 'pages', `${face.id}.html`), 'utf8');
    for (const path of face.paths)
      http.get(path, async (request, reply) => {
        const said = path === LINK ? await plain?.(request) : undefined;
        return sendPage(reply, page, said);
      });
  }
}

/** `plain`: HTML for a browser without scripts, instead of a word that it needs them. */
function sendPage(reply: FastifyReply, page: string, plain: string | undefined): FastifyReply {
  const nonce = newToken(NONCE_BYTES);
  const sent = page.replace(NONCE, nonce);
  return (
    reply
      .header('content-security-policy', policyOf(nonce))
      // A buyer's token in the address must not travel on with a click, nor into an index.
      .header('referrer-policy', 'no-referrer')
      .header('x-robots-tag', 'noindex')
      .header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()')
      .header('cross-origin-opener-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(plain === undefined ? sent : sent.replace(PLAIN, (_, open, close) => `${open}${plain}${close}`))
  );
}
