/** What a market policy says of an order: the lines that it denies. `undefined`: an answer of another kind of rules. */
export function deniedLines(answer: string): readonly string[] | undefined {
  if (answer === 'allows_all') return [];
  const lines = /^denies:(.+)$/.exec(answer)?.[1];
  return lines?.split(',');
}

/** Lines that an order would lose and gain by other rules; undefined when the answers name no lines. */
export function changeOf(
  before: string,
  after: string,
): { readonly denied: readonly string[]; readonly allowed: readonly string[] } | undefined {
  const then = deniedLines(before);
  const now = deniedLines(after);
  if (then === undefined || now === undefined) return undefined;
  return {
    denied: now.filter((line) => !then.includes(line)),
    allowed: then.filter((line) => !now.includes(line)),
  };
}
