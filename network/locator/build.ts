import { type Columns, copySlot, createColumns, isAlive, placeId, setAlive, textAt } from './columns.ts';
import { searchedTexts } from './record.ts';
import { buildTree, type Tree } from './tree.ts';
import { indexWords, mergeWords, type WordIndex, type WordPart } from './word-index.ts';

/** What a build starts from: the slots before `size`, and how much room the new columns leave behind them. */
export type BuildJob = {
  readonly columns: Columns;
  readonly size: number;
  /** Words of the first slots, part behind part; those of the others are looked up. */
  readonly parts: readonly WordPart[];
  readonly indexedSize: number;
  readonly spareSlots: number;
  readonly spareTextBytes: number;
  /** Searches wait for it. */
  readonly isFirst: boolean;
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
  const { columns, size } = job;
  const slots = inOrderOfCurve(columns, size);
  let textBytes = 0;
  for (const slot of slots) textBytes += columns.textLengths[slot] as number;
  const fresh = createColumns(slots.length + job.spareSlots, textBytes + job.spareTextBytes);
  const slotOf = new Int32Array(size).fill(-1);
  let textStart = 0;
  for (let slot = 0; slot < slots.length; slot += 1) {
    const source = slots[slot] as number;
    copySlot(columns, source, fresh, slot, textStart);
    textStart += columns.textLengths[source] as number;
    setAlive(fresh, slot, true);
    placeId(fresh, slot);
    slotOf[source] = slot;
  }
  const textsOf = (slot: number) => searchedTexts(textAt(columns, slot));
  const parts = [...job.parts, indexWords(job.indexedSize, size, textsOf)];
  return {
    columns: fresh,
    size: slots.length,
    textBytes,
    tree: buildTree(fresh, slots.length),
    words: mergeWords(parts, slotOf),
  };
}

function inOrderOfCurve(columns: Columns, size: number): Uint32Array {
  const living: number[] = [];
  for (let slot = 0; slot < size; slot += 1) if (isAlive(columns, slot)) living.push(slot);
  // One number that sorts natively: the key above, the slot below; 32 and 21 bits fit a double exactly.
  const packed = new Float64Array(living.length);
  const width = 2 ** Math.ceil(Math.log2(Math.max(2, size)));
  living.forEach((slot, at) => {
    packed[at] = (columns.keys[slot] as number) * width + slot;
  });
  packed.sort();
  return Uint32Array.from(packed, (value) => value % width);
}
