import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { pageSchema, readRoute } from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, refused } from '../kernel/index.ts';
import { listRecords } from './store.ts';

const entrySchema = z
  .object({
    id: idSchema('adt'),
    at: instantSchema,
    operation: z.string().meta({ description: 'As in openapi.json.' }),
    subject: z.string().optional().meta({ description: 'The thing that was acted upon.' }),
    organisationId: z
      .string()
      .meta({ description: 'Whom it concerns; network for what is everybody\u2019s.' }),
    actorId: z.string().meta({ description: 'The key or session; never a name.' }),
    actorRole: z.string(),
    actorOrganisationId: z.string(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'AuditEntry' });

const querySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
  organisationId: idSchema('org').optional(),
  actorId: z.string().min(1).max(100).optional(),
  operation: z
    .string()
    .regex(/^[A-Za-z]{1,60}$/)
    .optional(),
  subject: z.string().min(1).max(100).optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
});

export function auditRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listAudit',
      method: 'GET',
      path: '/v1/audit',
      tag: 'audit',
      summary: 'Who did what to which thing and when, newest first',
      description:
        'Keys and people, rules, lines, carriers, numbers, limits of money, interventions, reveals of personal data. A tenant sees what concerns it and what its own people did.',
      effect: 'read',
      query: querySchema,
      answers: { 200: { description: 'A page', body: pageSchema(entrySchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const { organisationId, actorId, operation, subject, since, until } = query;
        const viewer = relation === 'any' ? undefined : caller.organisationId;
        const found = await listRecords(
          db,
          { viewer, organisationId, actorId, operation, subject, since, until },
          before === undefined ? undefined : String(before[0]),
          query.limit + 1,
        );
        const data = found.slice(0, query.limit);
        const last = data.at(-1);
        return accepted(
          replyWith(
            200,
            found.length > query.limit && last !== undefined
              ? { data, nextCursor: encodeCursor([last.id]) }
              : { data },
          ),
        );
      },
    }),
  ];
}
