import type { PointReadings, ReadStep } from './read.ts';
import { differAt, type PointDifference } from './verdict.ts';

type Stay = { readonly of: string; readonly compartment: string; readonly from: number; until: number };
const COMES: ReadonlySet<string> = new Set(['stored', 'hand_out_undone']);
const GOES: ReadonlySet<string> = new Set(['handed_out', 'storing_undone', 'sent_back', 'voided']);

/** Behind a locker's door lies one parcel at any moment, by what is on record of each. */
export function judgeCompartments({ waiting, steps }: PointReadings): PointDifference[] {
  const stays = [...waiting.values()].flatMap(({ id, number, lockerId }) =>
    lockerId === undefined ? [] : staysOf(number, lockerId, steps.get(id) ?? []),
  );
  return [...Map.groupBy(stays, ({ compartment }) => compartment)].flatMap(([name, list]) => {
    const sorted = list.sort((a, b) => a.from - b.from);
    return sorted.flatMap((one, index) => {
      const before = sorted[index - 1];
      const isShared = before !== undefined && before.until > one.from && before.of !== one.of;
      return isShared ? differAt('compartment_shared', name, before.of, `${before.of} and ${one.of}`) : [];
    });
  });
}

function staysOf(of: string, lockerId: string, steps: readonly ReadStep[]): Stay[] {
  const stays: Stay[] = [];
  for (const { fact, at, place } of steps) {
    // What was handed out and taken back lies where it lay.
    const compartment = place === undefined ? stays.at(-1)?.compartment : `${lockerId} ${place}`;
    if (COMES.has(fact) && compartment !== undefined)
      stays.push({ of, compartment, from: at, until: Number.POSITIVE_INFINITY });
    const last = stays.at(-1);
    if (GOES.has(fact) && last !== undefined) last.until = at;
  }
  return stays;
}
