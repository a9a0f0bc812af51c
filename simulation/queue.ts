/** A priority queue by instant; of the same instant the one that came first is first. A binary heap. */
export type Queue<Item extends { readonly at: number }> = {
  readonly size: number;
  push(item: Item): void;
  /** The instant of the earliest; undefined when empty. */
  nextAt(): number | undefined;
  /** Takes out everything up to an instant, inclusive, in order. */
  takeUntil(at: number): Item[];
  /** Everything that waits, in order; the queue keeps it. */
  waiting(): Item[];
};

type Entry<Item> = { readonly item: Item; readonly ticket: number };

export function createQueue<Item extends { readonly at: number }>(items: readonly Item[] = []): Queue<Item> {
  const heap: Entry<Item>[] = [];
  let tickets = 0;
  const isBefore = (a: Entry<Item>, b: Entry<Item>) =>
    a.item.at < b.item.at || (a.item.at === b.item.at && a.ticket < b.ticket);
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]];
    if (first === undefined || second === undefined) return;
    [heap[a], heap[b]] = [second, first];
  };
  const before = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]];
    return first !== undefined && second !== undefined && isBefore(first, second);
  };
  const push = (item: Item) => {
    heap.push({ item, ticket: tickets });
    tickets += 1;
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(at, parent)) break;
      swap(at, parent);
      at = parent;
    }
  };
  const pop = (): Item | undefined => {
    swap(0, heap.length - 1);
    const top = heap.pop();
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const smaller = before(left + 1, left) ? left + 1 : left;
      if (!before(smaller, at)) break;
      swap(at, smaller);
      at = smaller;
    }
    return top?.item;
  };
  for (const item of items) push(item);
  return {
    get size() {
      return heap.length;
    },
    push,
    nextAt: () => heap[0]?.item.at,
    takeUntil: (at) => {
      const taken: Item[] = [];
      while (heap[0] !== undefined && heap[0].item.at <= at) {
        const item = pop();
        if (item !== undefined) taken.push(item);
      }
      return taken;
    },
    waiting: () => heap.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)).map((entry) => entry.item),
  };
}
