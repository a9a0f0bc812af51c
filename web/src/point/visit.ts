/** Somebody at the counter: the code that he showed, and what it opened once a network was there. */
export type Visit<Opened> = {
  readonly code: string;
  readonly at: string;
  readonly opened?: Opened | undefined;
};

/** The code again in the place of an earlier visit of it; oldest first. */
export function withVisit<Opened>(
  visits: readonly Visit<Opened>[],
  visit: Visit<Opened>,
): readonly Visit<Opened>[] {
  const before = visits.find((one) => one.code === visit.code);
  const merged = before === undefined ? visit : { ...before, ...visit, at: before.at };
  return [...visits.filter((one) => one.code !== visit.code), merged];
}
