import type { Columns } from './columns.ts';

/*
 * A tree of boxes over slots that lie along a curve: 32 slots a leaf, 32 leaves a node, 32 nodes a top. A leaf is one
 * word of a bitmap over slots, and a node one word of a bitmap over leaves, so a filter that was worked out as bits
 * prunes the tree by looking at one word.
 */

const FAN_OUT = 32;
const BOX = 6;

export type Tree = {
  /** Slots in it; slots behind are not. */
  readonly size: number;
  /** Six numbers a box: least x, y, z, greatest x, y, z on the unit ball. */
  readonly leaves: Float64Array;
  readonly nodes: Float64Array;
  readonly tops: Float64Array;
  /** Three numbers a leaf: its slots on the unit ball, added up. */
  readonly sums: Float64Array;
};

/** Bits of slots, and of leaves that have any. */
export type Selection = { readonly words: Uint32Array; readonly any: Uint32Array };

export const EMPTY_TREE: Tree = {
  size: 0,
  leaves: new Float64Array(0),
  nodes: new Float64Array(0),
  tops: new Float64Array(0),
  sums: new Float64Array(0),
};

export function buildTree(columns: Columns, size: number): Tree {
  const leaves = boxesFor(size);
  const sums = new Float64Array(new SharedArrayBuffer((leaves.length / BOX) * 24));
  for (let leaf = 0; leaf * BOX < leaves.length; leaf += 1) {
    const last = Math.min(size, (leaf + 1) * FAN_OUT);
    for (let slot = leaf * FAN_OUT; slot < last; slot += 1) {
      for (let axis = 0; axis < 3; axis += 1) {
        const value = columns.xyz[slot * 3 + axis] as number;
        widen(leaves, leaf * BOX + axis, value, value);
        sums[leaf * 3 + axis] = (sums[leaf * 3 + axis] as number) + value;
      }
    }
  }
  const nodes = boxesOver(leaves);
  return { size, leaves, nodes, tops: boxesOver(nodes), sums };
}

function boxesFor(children: number): Float64Array {
  const count = Math.ceil(children / FAN_OUT);
  const boxes = new Float64Array(new SharedArrayBuffer(count * BOX * 8));
  for (let at = 0; at < boxes.length; at += 1)
    boxes[at] = at % BOX < 3 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return boxes;
}

function boxesOver(children: Float64Array): Float64Array {
  const count = children.length / BOX;
  const boxes = boxesFor(count);
  for (let child = 0; child < count; child += 1) {
    const box = Math.floor(child / FAN_OUT) * BOX;
    for (let axis = 0; axis < 3; axis += 1)
      widen(
        boxes,
        box + axis,
        children[child * BOX + axis] as number,
        children[child * BOX + axis + 3] as number,
      );
  }
  return boxes;
}

function widen(boxes: Float64Array, at: number, least: number, greatest: number): void {
  if (least < (boxes[at] as number)) boxes[at] = least;
  if (greatest > (boxes[at + 3] as number)) boxes[at + 3] = greatest;
}

export function wordsFor(size: number): number {
  return Math.ceil(size / FAN_OUT);
}

/** Works out which leaves have any from the bits of their slots. */
export function markLeaves({ words, any }: Selection): void {
  for (let node = 0; node < any.length; node += 1) {
    const first = node * FAN_OUT;
    const count = Math.min(FAN_OUT, words.length - first);
    let marks = 0;
    for (let leaf = 0; leaf < count; leaf += 1) if (words[first + leaf] !== 0) marks |= 1 << leaf;
    any[node] = marks;
  }
}

/**
 * The best hits so far. `bound`: the least cost that something at this chord can have, growing with it; `cost`: what it
 * has. Without them the square of the chord is the cost.
 */
export type Ranking = {
  readonly bound: (chord: number) => number;
  readonly cost: (chord: number, slot: number) => number;
};
export type Hit = { readonly slot: number; readonly chord: number; readonly cost: number };

export type Walk = {
  readonly columns: Columns;
  readonly from: Float64Array;
  readonly limit: number;
  /** Square of the chord beyond which nothing is taken. */
  readonly within: number;
  readonly ranking: Ranking | undefined;
  /** What no bit tells; asked only of slots that would be taken. */
  readonly accepts: (slot: number) => boolean;
  /** Best first. */
  readonly hits: Hit[];
};

/** Offers one slot to the walk. */
export function offer(walk: Walk, slot: number): void {
  const { xyz } = walk.columns;
  const dx = (xyz[slot * 3] as number) - (walk.from[0] as number);
  const dy = (xyz[slot * 3 + 1] as number) - (walk.from[1] as number);
  const dz = (xyz[slot * 3 + 2] as number) - (walk.from[2] as number);
  const chord = dx * dx + dy * dy + dz * dz;
  if (chord > walk.within) return;
  const cost = walk.ranking === undefined ? chord : walk.ranking.cost(chord, slot);
  const { hits, limit } = walk;
  if (hits.length === limit && cost >= (hits[limit - 1]?.cost ?? 0)) return;
  if (!walk.accepts(slot)) return;
  if (hits.length === limit) hits.pop();
  let at = hits.length;
  while (at > 0 && (hits[at - 1]?.cost ?? 0) > cost) at -= 1;
  hits.splice(at, 0, { slot, chord, cost });
}

/** Offers the slots of the tree that are selected, nearest boxes first, until none can be better. */
export function walkTree(tree: Tree, selection: Selection, walk: Walk): void {
  const tops = tree.tops.length / BOX;
  const nodes = tree.nodes.length / BOX;
  const queue = createQueue(tops + nodes + tree.leaves.length / BOX);
  const boundOf = walk.ranking?.bound;
  const push = (boxes: Float64Array, box: number, entry: number) => {
    const chord = chordToBox(boxes, box * BOX, walk.from);
    if (chord <= walk.within) queue.push(chord, entry);
  };
  for (let top = 0; top < tops; top += 1) push(tree.tops, top, top);
  while (queue.size() > 0) {
    const chord = queue.leastKey();
    const worst = walk.hits.length === walk.limit ? (walk.hits[walk.limit - 1]?.cost ?? 0) : undefined;
    if (worst !== undefined && (boundOf === undefined ? chord : boundOf(chord)) > worst) return;
    const entry = queue.pop();
    if (entry < tops) {
      const last = Math.min(nodes, (entry + 1) * FAN_OUT);
      for (let node = entry * FAN_OUT; node < last; node += 1) {
        if (selection.any[node] !== 0) push(tree.nodes, node, tops + node);
      }
    } else if (entry < tops + nodes) {
      const node = entry - tops;
      for (let bits = selection.any[node] as number; bits !== 0; bits &= bits - 1) {
        const leaf = node * FAN_OUT + lowestBit(bits);
        push(tree.leaves, leaf, tops + nodes + leaf);
      }
    } else {
      const leaf = entry - tops - nodes;
      for (let bits = selection.words[leaf] as number; bits !== 0; bits &= bits - 1)
        offer(walk, leaf * FAN_OUT + lowestBit(bits));
    }
  }
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Square of the straight line from a place to the nearest of a box. */
function chordToBox(boxes: Float64Array, at: number, from: Float64Array): number {
  let sum = 0;
  for (let axis = 0; axis < 3; axis += 1) {
    const value = from[axis] as number;
    const low = (boxes[at + axis] as number) - value;
    const high = value - (boxes[at + axis + 3] as number);
    const gap = low > 0 ? low : high > 0 ? high : 0;
    sum += gap * gap;
  }
  return sum;
}

/** A binary heap in two arrays that are used again; a walk ends before the next one begins. */
let heapKeys = new Float64Array(1024);
let heapEntries = new Int32Array(1024);

function createQueue(most: number) {
  if (most > heapKeys.length) {
    heapKeys = new Float64Array(most);
    heapEntries = new Int32Array(most);
  }
  const keys = heapKeys;
  const entries = heapEntries;
  let size = 0;
  return {
    size: () => size,
    leastKey: () => keys[0] as number,
    push(key: number, entry: number): void {
      let at = size;
      size += 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if ((keys[parent] as number) <= key) break;
        keys[at] = keys[parent] as number;
        entries[at] = entries[parent] as number;
        at = parent;
      }
      keys[at] = key;
      entries[at] = entry;
    },
    pop(): number {
      const least = entries[0] as number;
      size -= 1;
      const key = keys[size] as number;
      const entry = entries[size] as number;
      let at = 0;
      for (let child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child += 1;
        if ((keys[child] as number) >= key) break;
        keys[at] = keys[child] as number;
        entries[at] = entries[child] as number;
        at = child;
      }
      keys[at] = key;
      entries[at] = entry;
      return least;
    },
  };
}
