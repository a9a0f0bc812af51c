import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { reviveJobs } from '../../platform/jobs/index.ts';
import { listDeadLetters, type Reaction } from '../../platform/outbox/index.ts';
import { pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { readHealth } from './health.ts';
import { replayDeadLetter } from './replay.ts';

const TAG = 'operations';

/** `reactions`: those of all rooms, known once the program is put together. */
export function healthRoutes(reactions: () => readonly Reaction[]): readonly Route[] {
  return [
    readRoute({
      operation: 'readOperationsHealth',
      method: 'GET',
      path: '/v1/operations/health',
      tag: TAG,
      summary: 'Outbox, jobs, webhooks, ledger and number stock, and what of it needs a person',
      effect: 'read',
      answers: { 200: { description: 'How this world is', body: contract.healthSchema } },
      handle: async ({ db, world, now }) => accepted(replyWith(200, await readHealth(db, world.name, now))),
    }),
    readRoute({
      operation: 'listDeadLetters',
      method: 'GET',
      path: '/v1/operations/dead-letters',
      tag: TAG,
      summary: 'Events that a reaction gave up on, newest first',
      effect: 'read',
      query: contract.deadLetterQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.deadLetterSchema) } },
      handle: async ({ db, query }) => {
        const parts =
          query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['number', 'string']);
        const before =
          parts === undefined ? undefined : { position: Number(parts[0]), reaction: String(parts[1]) };
        if (query.cursor !== undefined && !Number.isSafeInteger(before?.position))
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const found = await listDeadLetters(db, query.reaction, before, query.limit + 1);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const data = page.map(({ position: _p, ...letter }) => letter);
        return accepted(
          replyWith(
            200,
            found.length > query.limit && last !== undefined
              ? { data, nextCursor: encodeCursor([last.position, last.reaction]) }
              : { data },
          ),
        );
      },
    }),
    writeRoute({
      operation: 'replayDeadLetter',
      method: 'POST',
      path: '/v1/operations/dead-letters/replays',
      tag: TAG,
      summary: 'Give an event to its reaction once more',
      effect: 'write',
      body: contract.replaySchema,
      answers: { 200: { description: 'The reaction took it', body: contract.replayedSchema } },
      refusals: ['not_found', 'dead_letter_not_replayable', 'dead_letter_failed_again'],
      handle: async ({ work, body }) => {
        const outcome = await replayDeadLetter(work, reactions(), body);
        return outcome.ok ? accepted(replyWith(200, body)) : outcome;
      },
    }),
    writeRoute({
      operation: 'reviveDeadJobs',
      method: 'POST',
      path: '/v1/operations/jobs/revivals',
      tag: TAG,
      summary: 'Let all dead jobs of a kind run again',
      effect: 'write',
      body: contract.revivalSchema,
      answers: { 200: { description: 'How many', body: contract.revivedSchema } },
      handle: async ({ work, body }) =>
        accepted(replyWith(200, { kind: body.kind, revived: await reviveJobs(work.db, body.kind) })),
    }),
  ];
}
