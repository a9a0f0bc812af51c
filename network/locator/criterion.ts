import { wordsFor } from './tree.ts';

/*
 * What a slot must fulfil, told by one number of it. The same kind is asked of each slot in turn, in loops of their own:
 * half a million take half a millisecond.
 */

/** `key`: two of the same key test the same, as long as slots keep their numbers. */
export type Criterion = {
  readonly key: string;
  readonly test: (slot: number) => boolean;
  /** Bits of the slots before `size` that fulfil it. */
  readonly bits: (size: number) => Uint32Array;
};

type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array;

export function hasBit(key: string, column: Column, bit: number): Criterion {
  return {
    key,
    test: (slot) => ((column[slot] as number) & bit) !== 0,
    bits: (size) => {
      const bits = new Uint32Array(wordsFor(size));
      for (let slot = 0; slot < size; slot += 1) if (((column[slot] as number) & bit) !== 0) mark(bits, slot);
      return bits;
    },
  };
}

export function isEqual(key: string, column: Column, value: number): Criterion {
  return {
    key,
    test: (slot) => column[slot] === value,
    bits: (size) => {
      const bits = new Uint32Array(wordsFor(size));
      for (let slot = 0; slot < size; slot += 1) if (column[slot] === value) mark(bits, slot);
      return bits;
    },
  };
}

export function isAtLeast(key: string, column: Column, least: number): Criterion {
  return {
    key,
    test: (slot) => (column[slot] as number) >= least,
    bits: (size) => {
      const bits = new Uint32Array(wordsFor(size));
      for (let slot = 0; slot < size; slot += 1) if ((column[slot] as number) >= least) mark(bits, slot);
      return bits;
    },
  };
}

/** The column holds numbers of a dictionary: each of those is asked once. */
export function isAmong(
  key: string,
  column: Column,
  numbers: number,
  accepts: (number: number) => boolean,
): Criterion {
  return {
    key,
    test: (slot) => accepts(column[slot] as number),
    bits: (size) => {
      const accepted = Uint8Array.from({ length: numbers }, (_, number) => (accepts(number) ? 1 : 0));
      const bits = new Uint32Array(wordsFor(size));
      for (let slot = 0; slot < size; slot += 1) if (accepted[column[slot] as number] === 1) mark(bits, slot);
      return bits;
    },
  };
}

function mark(bits: Uint32Array, slot: number): void {
  bits[slot >> 5] = (bits[slot >> 5] as number) | (1 << (slot & 31));
}
