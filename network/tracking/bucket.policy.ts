/** Number of buckets of the parcel group: enough to spread over machines, few enough to count (our default). */
export const BUCKETS = 1024;

const utf8 = new TextEncoder();

/**
 * The bucket, from 0 to 1023, that a key (a parcel id or a normalised number) lives in. FNV-1a over its UTF-8 bytes,
 * then the finalizer of MurmurHash3 so that keys which differ in the last character spread. The function is ours and
 * frozen: rows are found by it, so it must not change with a library, a database or a release.
 */
export function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    // Ids and numbers are ASCII, whose bytes are their codes.
    if (code > 0x7f) return bucketOfBytes(utf8.encode(key));
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return finalised(hash);
}

function bucketOfBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return finalised(hash);
}

function finalised(fnv: number): number {
  let hash = fnv;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % BUCKETS;
}
