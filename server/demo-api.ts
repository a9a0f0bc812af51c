/** A caller of our own HTTP API: what the demo does, any client could do. */
export type DemoApi = {
  get(path: string): Promise<DemoAnswer>;
  post(path: string, body: unknown, idempotencyKey?: string): Promise<DemoAnswer>;
  delete(path: string): Promise<DemoAnswer>;
};

export type DemoAnswer = { readonly status: number; readonly body: Record<string, unknown> };

const TIMEOUT_MS = 60_000;

/** `key` undefined: a caller without credentials. */
export function demoApi(baseUrl: string, key: string | undefined): DemoApi {
  const send = async (method: string, path: string, body?: unknown, idempotencyKey?: string) => {
    const response = await fetch(baseUrl + path, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body, idempotencyKey) => send('POST', path, body, idempotencyKey),
    delete: (path) => send('DELETE', path),
  };
}

/** The body of a 2xx answer. Throws with the problem's code: a demo that half exists helps nobody. */
export function bodyOf(what: string, answer: DemoAnswer): Record<string, unknown> {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  const errors = Array.isArray(answer.body.errors) ? ` ${JSON.stringify(answer.body.errors)}` : '';
  throw new Error(
    `the demo could not ${what}: ${answer.status} ${String(answer.body.code)} ${String(answer.body.detail)}${errors}`,
  );
}

/** All pages of a list. */
export async function allOf(api: DemoApi, path: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = bodyOf(`list ${path}`, await api.get(`${path}?limit=100${query}`));
    items.push(...(page.data as Record<string, unknown>[]));
    cursor = page.next_cursor as string | undefined;
  } while (cursor !== undefined);
  return items;
}
