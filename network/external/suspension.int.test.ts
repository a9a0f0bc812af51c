import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PublishedEvent } from '../../platform/outbox/index.ts';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, type OrganisationId } from '../kernel/index.ts';
import { externalReactions } from './reactions.ts';
import { findSuspendedUntil } from './verdict-store.ts';

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
});
afterAll(() => bed?.stop());

const UNTIL = '2027-05-01T00:00:00.000Z';
type Word = { readonly type: string; readonly changes: number; readonly suspendedUntil?: string };

async function hear(organisationId: string, words: readonly Word[]): Promise<void> {
  const reaction = externalReactions().find(({ name }) => name === 'external.verdicts');
  if (reaction === undefined) throw new Error('nobody listens to verdicts');
  for (const { type, ...word } of words)
    await bed.world.command('network', async (work) => {
      await reaction.run(work, {
        type,
        payload: { organisationId, ...word },
      } as unknown as PublishedEvent<never>);
      return accepted(undefined);
    });
}

function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

const imposed = (changes: number, suspendedUntil?: string): Word => ({
  type: 'PenaltyImposed',
  changes,
  ...(suspendedUntil === undefined ? {} : { suspendedUntil }),
});
const revoked = (changes: number): Word => ({ type: 'PenaltyRevoked', changes });

it.each([
  ['a last penalty', [imposed(1), imposed(2), imposed(3, UNTIL)], UNTIL],
  ['a penalty that was taken back', [imposed(1), imposed(2, UNTIL), revoked(3)], undefined],
  ['one that came after that', [imposed(1, UNTIL), revoked(2), imposed(3, UNTIL)], UNTIL],
])('%s has the last word, in whatever order they are heard and how often', async (_, words, until) => {
  for (const heard of orders(words)) {
    const merchant = newId('org') as OrganisationId;
    await hear(merchant, [...heard, ...heard.slice(0, 1)]);
    const found = await bed.world.read({ organisationId: merchant }, (db) =>
      findSuspendedUntil(db, merchant, '2027-01-01T00:00:00.000Z' as never),
    );
    expect([heard.map(({ changes }) => changes), found]).toEqual([
      heard.map(({ changes }) => changes),
      until,
    ]);
  }
});
