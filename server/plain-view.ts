import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Made by the web's build of src/buyer/plain.ts: HTML of an answer of `POST /v1/track`, in the language wanted most. */
type PlainView = (tracking: unknown, wanted: readonly string[]) => string;
/** What a link's page says without scripts; undefined: nothing, because the link is none or the answer takes too long. */
export type PlainPage = (request: FastifyRequest) => Promise<string | undefined>;

/** A page that comes late is worse than one that needs its scripts. Our default. */
const PATIENCE_MS = 500;

/** Asks the public API as the page itself does, so that a link opens here what it opens there and nothing else. */
export async function openPlainPage(
  http: FastifyInstance,
  folder: string,
  onError: (error: unknown) => void,
): Promise<PlainPage | undefined> {
  const file = join(folder, 'plain', 'plain.js');
  if (!existsSync(file)) return undefined;
  const { plainView } = (await import(pathToFileURL(file).href)) as { readonly plainView: PlainView };
  return async (request) => {
    const { token } = request.params as { readonly token: string };
    try {
      const answer = await Promise.race([
        http.inject({ method: 'POST', url: '/v1/track', payload: { token }, remoteAddress: request.ip }),
        pause(PATIENCE_MS, undefined, { ref: false }),
      ]);
      if (answer === undefined) throw new Error(`no answer within ${PATIENCE_MS} ms`);
      const wanted = languagesOf(request.headers['accept-language'] ?? '');
      return answer.statusCode === 200 ? plainView(answer.json(), wanted) : undefined;
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
}

/** The tags of Accept-Language (RFC 9110, 12.5.4), the one with the highest weight first. */
export function languagesOf(header: string): readonly string[] {
  return header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/);
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
      return { tag: tag.toLowerCase(), weight: Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
