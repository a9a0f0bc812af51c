import type { Instant } from '../kernel/index.ts';
import type { Holder, IssuedNumber, NumberSegment } from './model.ts';
import { formatNumber } from './number-format.policy.ts';

/** A leased range; `next` is the first serial not handed out, `until` when this process stops using it. */
export type Block = {
  readonly segment: NumberSegment;
  next: number;
  readonly last: number;
  readonly until: Instant;
};

/** The numbers of one holder and carrier that this process may hand out. Never waits, so nothing can come between. */
export type Pool = {
  readonly holder: Holder;
  readonly carrierCode: string;
  add(block: Block): void;
  /** Numbers that could be taken now. */
  held(now: Instant): number;
  /** Of these, what nobody announced. */
  free(now: Instant, monotonicMs: number): number;
  /** Announces that `count` will be taken soon; it steers the refill, nothing is set aside. */
  announce(count: number, untilMs: number): void;
  /** `announced`: how many were announced for this take. */
  take(count: number, announced: number, now: Instant): IssuedNumber[] | undefined;
  giveBack(issued: IssuedNumber): void;
};

export function createPool(holder: Holder, carrierCode: string): Pool {
  const blocks: Block[] = [];
  const returned: { readonly issued: IssuedNumber; readonly until: Instant }[] = [];
  const announced: { count: number; readonly untilMs: number }[] = [];
  const lives = new WeakMap<IssuedNumber, Instant>();

  function held(now: Instant): number {
    while (blocks[0] !== undefined && (blocks[0].until <= now || blocks[0].next > blocks[0].last))
      blocks.shift();
    while (returned[0] !== undefined && returned[0].until <= now) returned.shift();
    return blocks.reduce((sum, block) => sum + block.last - block.next + 1, returned.length);
  }

  function settle(count: number): void {
    let left = count;
    while (left > 0 && announced[0] !== undefined) {
      const part = Math.min(left, announced[0].count);
      announced[0].count -= part;
      left -= part;
      if (announced[0].count === 0) announced.shift();
    }
  }

  function takeOne(): IssuedNumber {
    const again = returned.shift();
    if (again !== undefined) return again.issued;
    while (blocks[0] !== undefined && blocks[0].next > blocks[0].last) blocks.shift();
    const block = blocks[0];
    if (block === undefined) throw new Error('numbers were counted and are not there');
    const serial = block.next;
    block.next += 1;
    const number = formatNumber(block.segment, serial);
    if (number === undefined) throw new Error(`segment ${block.segment.id} builds no number of ${serial}`);
    const { id: segmentId, holder: segmentHolder, epoch } = block.segment;
    const issued: IssuedNumber = { number, serial, epoch, segmentId, segmentHolder };
    lives.set(issued, block.until);
    return issued;
  }

  return {
    holder,
    carrierCode,
    add: (block) => {
      blocks.push(block);
    },
    held,
    free: (now, monotonicMs) => {
      while (announced[0] !== undefined && announced[0].untilMs <= monotonicMs) announced.shift();
      return held(now) - announced.reduce((sum, one) => sum + one.count, 0);
    },
    announce: (count, untilMs) => {
      announced.push({ count, untilMs });
    },
    take: (count, expected, now) => {
      settle(expected);
      return held(now) < count ? undefined : Array.from({ length: count }, takeOne);
    },
    giveBack: (issued) => {
      const until = lives.get(issued);
      // Deleted, so that returning the same number twice cannot hand it out twice.
      lives.delete(issued);
      if (until !== undefined) returned.push({ issued, until });
    },
  };
}
