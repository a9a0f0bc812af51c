import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Fresh random bytes from the operating system's generator, drawn in blocks; bytes that were handed out are wiped from
 * the block. Throws RangeError for a count that is no whole number.
 */
export function randomBytes(count: number): Uint8Array {
  // A negative or broken count would move the mark back and hand the same bytes out twice.
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('a count of bytes is a whole number');
  if (count > POOL_BYTES) return randomFillSync(new Uint8Array(count));
  keepReady(count);
  const bytes = Uint8Array.prototype.slice.call(pool, used, used + count);
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}

/** So many fresh bytes stand behind the mark. */
function keepReady(count: number): void {
  if (used + count <= POOL_BYTES) return;
  randomFillSync(pool);
  used = 0;
}

/** As `randomBytes`, into bytes that are there. */
function drawInto(bytes: Uint8Array): void {
  keepReady(UUID_BYTES);
  for (let index = 0; index < UUID_BYTES; index += 1) {
    bytes[index] = pool[used + index] as number;
    pool[used + index] = 0;
  }
  used += UUID_BYTES;
}

const UUID_BYTES = 16;
let lastMs = 0;
let counter = 0;

/**
 * 16 bytes of a UUID version 7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter that makes ids of one
 * process grow also within a millisecond (method 1), then 62 random bits. `nowMs` is for tests. `bytes`: where to write
 * them, for a caller who needs none of his own for each.
 */
export function uuidv7Bytes(
  nowMs: number = Date.now(),
  bytes: Uint8Array = new Uint8Array(UUID_BYTES),
): Uint8Array {
  drawInto(bytes);
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = ((bytes[6] ?? 0) << 3) | ((bytes[7] ?? 0) & 7);
  } else {
    counter += 1;
    if (counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const high = Math.floor(lastMs / 0x10000);
  bytes[0] = (high >>> 24) & 0xff;
  bytes[1] = (high >>> 16) & 0xff;
  bytes[2] = (high >>> 8) & 0xff;
  bytes[3] = high & 0xff;
  bytes[4] = (lastMs >>> 8) & 0xff;
  bytes[5] = lastMs & 0xff;
  bytes[6] = 0x70 | ((counter >> 8) & 0x0f);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes;
}
