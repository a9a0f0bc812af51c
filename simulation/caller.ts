import { createPostroadClient, type PostroadClient, PostroadProblem } from '../sdk/src/index.ts';

/** Where time goes: requests and milliseconds by what was asked. */
export type Ledger = Map<string, { requests: number; millis: number }>;

export type Caller = PostroadClient;

/** Somebody with a key of his own. All that he does is counted in the ledger by the path's shape. */
export function callerOf(baseUrl: string, key: string | undefined, ledger: Ledger): Caller {
  return createPostroadClient({
    baseUrl,
    ...(key === undefined ? {} : { key }),
    retries: 8,
    timeoutMs: 60_000,
    fetch: async (request) => {
      const began = performance.now();
      try {
        return await globalThis.fetch(request);
      } finally {
        const name = `${request.method} ${shapeOf(new URL(request.url).pathname)}`;
        const entry = ledger.get(name) ?? { requests: 0, millis: 0 };
        entry.requests += 1;
        entry.millis += performance.now() - began;
        ledger.set(name, entry);
      }
    },
  });
}

/** `/v1/shipments/shp_0123/outbound` -> `/v1/shipments/{}/outbound`; numbers of parcels and codes of lines as well. */
function shapeOf(path: string): string {
  return path
    .split('/')
    .map((part) => (/^[a-z]{3}_[0-9a-z]{20,}$|^[A-Z]{2,}[0-9]+$/.test(part) ? '{}' : part))
    .join('/');
}

/** The code of a refusal that is expected; anything else is thrown on. */
export async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof PostroadProblem) return error.code;
    throw error;
  }
}

/** Works through a list with at most so many at a time; the first failure ends it. */
export async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
