import { type Columns, copySlot, createColumns, isAlive, placeId, setAlive } from './columns.ts';
import { curveKey } from './hilbert.ts';
import { positionOfVector } from './sphere.ts';
import { buildTree, type Tree } from './tree.ts';
import { buildWordIndex, type WordIndex } from './word-index.ts';

/** What a build starts from: the slots before `size`, and how much room the new columns leave behind them. */
export type BuildJob = {
  readonly columns: Columns;
  readonly size: number;
  readonly spareSlots: number;
  readonly spareTextBytes: number;
};

export type Built = {
  readonly columns: Columns;
  readonly size: number;
  readonly textBytes: number;
  readonly tree: Tree;
  readonly words: WordIndex;
};

/**
 * New columns with the slots that live, along the curve, and the tree and the words over them. Pure: reads what it is
 * given, which may die meanwhile (the caller knows what died since), and makes everything anew.
 */
export function build(job: BuildJob): Built {
  const { columns } = job;
  const { slots, keys } = inOrderOfCurve(columns, job.size);
  let textBytes = 0;
  for (const slot of slots) textBytes += columns.textLengths[slot] as number;
  const fresh = createColumns(slots.length + job.spareSlots, textBytes + job.spareTextBytes);
  let textStart = 0;
  for (let slot = 0; slot < slots.length; slot += 1) {
    const source = slots[slot] as number;
    copySlot(columns, source, fresh, slot, textStart);
    textStart += columns.textLengths[source] as number;
    setAlive(fresh, slot, true);
    placeId(fresh, slot);
  }
  return {
    columns: fresh,
    size: slots.length,
    textBytes,
    tree: buildTree(fresh, slots.length, keys),
    words: buildWordIndex(fresh, slots.length),
  };
}

function inOrderOfCurve(columns: Columns, size: number): { slots: Uint32Array; keys: Uint32Array } {
  const living: number[] = [];
  for (let slot = 0; slot < size; slot += 1) if (isAlive(columns, slot)) living.push(slot);
  const keyOf = new Uint32Array(size);
  for (const slot of living) {
    const [x, y, z] = columns.xyz.subarray(slot * 3, slot * 3 + 3) as unknown as [number, number, number];
    keyOf[slot] = curveKey(positionOfVector(x, y, z));
  }
  // One number that sorts natively: the key above, the slot below; 32 and 21 bits fit a double exactly.
  const packed = new Float64Array(living.length);
  const width = 2 ** Math.ceil(Math.log2(Math.max(2, size)));
  living.forEach((slot, at) => {
    packed[at] = (keyOf[slot] as number) * width + slot;
  });
  packed.sort();
  const slots = new Uint32Array(packed.length);
  const keys = new Uint32Array(new SharedArrayBuffer(packed.length * 4));
  packed.forEach((value, at) => {
    slots[at] = value % width;
    keys[at] = Math.floor(value / width);
  });
  return { slots, keys };
}
