import { type Argon2Parameters, argon2, timingSafeEqual } from 'node:crypto';
import { randomBytes } from './random.ts';

type Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const COST: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 };
/** Above this a stored text is damaged or hostile: it would let one log-in exhaust the machine. */
const COST_LIMIT: Cost = { memoryKib: 262_144, passes: 10, lanes: 8 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Longer texts are refused before they cost anything; our limit. */
const MAX_PASSWORD_BYTES = 1024;

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

type Stored = { readonly cost: Cost; readonly salt: Uint8Array; readonly hash: Uint8Array };

/** PHC text `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. Throws RangeError above 1,024 bytes. */
export async function hashPassword(password: string): Promise<string> {
  const message = bytesOf(password);
  if (message === undefined) throw new RangeError('a password has 1 to 1,024 bytes');
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(message, salt, COST, HASH_BYTES);
  const { memoryKib, passes, lanes } = COST;
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Is it the password behind `stored`? With `stored` undefined (no such person) or unreadable it takes as long and
 * answers false, so that the time does not tell who has an account.
 */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const message = bytesOf(password);
  if (message === undefined) return false;
  const known = stored === undefined ? undefined : parse(stored);
  if (known === undefined) {
    await derive(message, new Uint8Array(SALT_BYTES), COST, HASH_BYTES);
    return false;
  }
  const hash = await derive(message, known.salt, known.cost, known.hash.length);
  return timingSafeEqual(hash, known.hash);
}

/** Was it made with another cost than today's? Then hash anew at the next successful log-in. */
export function needsRehash(stored: string): boolean {
  const known = parse(stored);
  if (known === undefined) return true;
  const { memoryKib, passes, lanes } = known.cost;
  return memoryKib !== COST.memoryKib || passes !== COST.passes || lanes !== COST.lanes;
}

function parse(stored: string): Stored | undefined {
  const match = PHC.exec(stored);
  if (match === null) return undefined;
  const [, memory, passes, lanes, salt = '', hash = ''] = match;
  const cost = { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  if (cost.memoryKib > COST_LIMIT.memoryKib || cost.passes > COST_LIMIT.passes) return undefined;
  if (cost.lanes > COST_LIMIT.lanes || cost.lanes < 1 || cost.passes < 1) return undefined;
  // RFC 9106, 3.1: at least 8 KiB for each lane.
  if (cost.memoryKib < 8 * cost.lanes) return undefined;
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

/** NFKC, so that the same keys typed on two systems give the same bytes (NIST SP 800-63B, 5.1.1.2). */
function bytesOf(password: string): Uint8Array | undefined {
  if (password.length > MAX_PASSWORD_BYTES) return undefined;
  const bytes = Buffer.from(password.normalize('NFKC'), 'utf8');
  return bytes.length === 0 || bytes.length > MAX_PASSWORD_BYTES ? undefined : bytes;
}

function derive(message: Uint8Array, salt: Uint8Array, cost: Cost, hashBytes: number): Promise<Uint8Array> {
  const parameters: Argon2Parameters = {
    message,
    nonce: salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: hashBytes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)));
  });
}

/** PHC texts carry no padding. */
function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
