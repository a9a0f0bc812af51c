import { useSyncExternalStore } from 'react';

/** A request that a screen has made, as somebody can make it again with a key of his own. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
};

/** Requests that carry a password or a token: never kept. */
const SECRET = /^\/v1\/(sessions|me\/password|invitations\/acceptance|track$)/;
const KEPT = 20;

let screen = '';
let seen: readonly SeenRequest[] = [];
const listeners = new Set<() => void>();

/** Keeps what the screen at `address` asked for; a new address begins anew. */
export async function noteRequest(request: Request, address: string): Promise<void> {
  const url = new URL(request.url);
  if (SECRET.test(url.pathname)) return;
  const type = request.headers.get('content-type') ?? '';
  const body =
    request.body === null || !/json|csv|text/.test(type) ? undefined : await request.clone().text();
  const one: SeenRequest = { method: request.method, path: url.pathname + url.search, body };
  if (address !== screen) {
    screen = address;
    seen = [];
  }
  seen = [one, ...seen.filter((other) => other.method !== one.method || other.path !== one.path)].slice(
    0,
    KEPT,
  );
  for (const listener of listeners) listener();
}

export function useSeenRequests(): readonly SeenRequest[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => seen,
  );
}

/** For a POSIX shell: the key comes from the environment, a single quote in the body cannot end it. */
export function curlOf(request: SeenRequest, origin: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl ${quoted(origin + request.path)}`, '-H "Authorization: Bearer $POSTROAD_KEY"'];
  if (request.method !== 'GET') parts.splice(1, 0, `-X ${request.method}`);
  if (request.body !== undefined && request.body !== '')
    parts.push(`-H 'Content-Type: application/json'`, `--data ${quoted(request.body)}`);
  return parts.join(' \\\n  ');
}
