import { createDeviceKey, deviceProof } from '@postroad/sdk';

/**
 * The key of this device, for roles that work at a counter (RFC 9449): made at the first log-in, kept in IndexedDB, never
 * readable. A log-in that is bound to it is worth nothing on another machine.
 */
type Kept = {
  readonly key: CryptoKeyPair;
  /** Of the log-in that is bound to it now; undefined when there is none, or when it needs no device. */
  readonly tokenHash: string | undefined;
  /** What the server's clock says more than ours. */
  readonly aheadMs: number;
};
const NAME = 'postroad-device';
const LOG_IN = 'POST /v1/sessions';
/** The server allows two minutes; `Date` has whole seconds. */
const CLOCK_TOLERANCE_MS = 5_000;

async function within<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('device');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('device', mode);
      const request = ask(transaction.objectStore('device'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const read = () => within<Kept | undefined>('readonly', (store) => store.get(NAME));
const write = (kept: Kept) => within('readwrite', (store) => store.put(kept, NAME));

/** Notes which log-in the key stands for: of each answer that names one, and undefined when there is none any more. */
export async function bindToken(tokenHash: string | undefined): Promise<void> {
  const kept = await read().catch(() => undefined);
  if (kept !== undefined && kept.tokenHash !== tokenHash) await write({ ...kept, tokenHash });
}

/** What proves a request; undefined where nothing is to be proven, or the browser makes no keys (a page without https). */
async function keyFor(name: string): Promise<Kept | undefined> {
  try {
    const kept = await read();
    if (name !== LOG_IN) return kept?.tokenHash === undefined ? undefined : kept;
    if (kept !== undefined) return { ...kept, tokenHash: undefined };
    const made: Kept = { key: await createDeviceKey(), tokenHash: undefined, aheadMs: 0 };
    await write(made);
    return made;
  } catch {
    // No keys, or no storage: the server says what that means for this role.
    return undefined;
  }
}

/**
 * Sends a request with a proof of its own, where one is due. A device whose clock is wrong learns the server's from its
 * refusal and asks once more.
 */
export async function sendProven(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  const kept = await keyFor(`${request.method} ${new URL(request.url).pathname}`);
  if (kept === undefined) return send(request);
  const again = request.clone();
  const response = await fetch(await proven(request, kept));
  const aheadMs = await clockOf(response);
  if (aheadMs === undefined || Math.abs(aheadMs - kept.aheadMs) < CLOCK_TOLERANCE_MS) return response;
  const mended = { ...kept, aheadMs };
  const stored = await read().catch(() => undefined);
  if (stored !== undefined) await write({ ...stored, aheadMs });
  return fetch(await proven(again, mended));
}

async function proven(request: Request, { key, tokenHash, aheadMs }: Kept): Promise<Request> {
  const { method, url } = request;
  request.headers.set(
    'dpop',
    await deviceProof(key, { method, url, tokenHash, nowMs: Date.now() + aheadMs }),
  );
  return request;
}

/** What the server's clock says more than ours, from an answer that refuses the proof. */
async function clockOf(response: Response): Promise<number | undefined> {
  if (response.status !== 401) return undefined;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const at = Date.parse(response.headers.get('date') ?? '');
  const isProof = (body as { code?: unknown } | undefined)?.code === 'device_proof_refused';
  return isProof && !Number.isNaN(at) ? at - Date.now() : undefined;
}
