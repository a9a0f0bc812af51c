/** Tokens by credential, in memory of this process: lost ones are fetched again. */
export type TokenShelf = {
  find(credentialId: string, nowMs: number): string | undefined;
  keep(credentialId: string, token: string, nowMs: number, expiresInMs: number): void;
  /** Forgets that token, and not a newer one. */
  forget(credentialId: string, token: string): void;
};

/** A token that is about to end is not used any more. Our default. */
const MARGIN_MS = 30_000;
const MAX_TOKENS = 10_000;

export function createTokenShelf(): TokenShelf {
  const kept = new Map<string, { readonly token: string; readonly untilMs: number }>();
  return {
    find: (id, nowMs) => {
      const found = kept.get(id);
      return found !== undefined && nowMs < found.untilMs ? found.token : undefined;
    },
    keep: (id, token, nowMs, expiresInMs) => {
      if (kept.size >= MAX_TOKENS) kept.delete(kept.keys().next().value ?? '');
      // At least half of a life that is shorter than the margin.
      kept.set(id, { token, untilMs: nowMs + Math.max(expiresInMs - MARGIN_MS, expiresInMs / 2) });
    },
    forget: (id, token) => {
      if (kept.get(id)?.token === token) kept.delete(id);
    },
  };
}
