export type World = 'live' | 'test';

/** The world that the address names. */
export function worldOf(search: string): World {
  return new URLSearchParams(search).get('world') === 'test' ? 'test' : 'live';
}

/** The token that opens one mailing stands behind `#`, which no browser sends: the address is the sender's key. */
export function tokenOf(hash: string): string | undefined {
  return /^#(mlt_(?:live|test)_[\w-]{22})$/.exec(hash)?.[1];
}

/** A handle that nobody guesses: the same order sent twice is one mailing. */
export function newHandle(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
