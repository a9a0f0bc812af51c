import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import { BookCleared } from './events.ts';
import { insertMirrors } from './transfer-store.ts';

/** Clearing joins books: what one book posted on a clearing account, the book that it faces mirrors. */
export function ledgerReactions(): readonly Reaction[] {
  return [
    {
      name: 'ledger-clearing',
      on: [BookCleared.name],
      run: async (work, event: PublishedEvent<{ organisationId: string; transferIds: string[] }>) => {
        await insertMirrors(work.db, event.payload.organisationId, event.payload.transferIds, work.now);
      },
    },
  ];
}
