/*
 * What many points share: thousands of outlets keep the same hours in the same zone, and a district's outlets serve the
 * same divisions. Numbers of what nobody uses any more are given away again.
 */

type Entry<Value> = { readonly key: string; readonly value: Value; uses: number };
/** A value with the number and the uses that it has in one dictionary, on its way to another. */
export type Entered<Value> = Readonly<Entry<Value>> & { readonly number: number };

export type Dictionary<Value> = {
  /** The number of an equal value, from 1; to be given back by `release`. */
  hold(key: string, value: () => Value, uses?: number): number;
  release(number: number): void;
  /** Undefined for 0 and for numbers that nobody holds. */
  at(number: number): Value | undefined;
  /** Greater than every number. */
  size(): number;
  entries(): readonly Entered<Value>[];
};

export function createDictionary<Value>(): Dictionary<Value> {
  const entries: (Entry<Value> | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const free: number[] = [];
  return {
    hold(key, value, uses = 1) {
      const known = numbers.get(key);
      if (known !== undefined) {
        const entry = entries[known] as Entry<Value>;
        entry.uses += uses;
        return known;
      }
      const number = free.pop() ?? entries.length;
      entries[number] = { key, value: value(), uses };
      numbers.set(key, number);
      return number;
    },
    release(number) {
      const entry = entries[number];
      if (entry === undefined) return;
      entry.uses -= 1;
      if (entry.uses > 0) return;
      entries[number] = undefined;
      numbers.delete(entry.key);
      free.push(number);
    },
    at: (number) => entries[number]?.value,
    size: () => entries.length,
    entries: () => entries.flatMap((entry, number) => (entry === undefined ? [] : [{ ...entry, number }])),
  };
}
