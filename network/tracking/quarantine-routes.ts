import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { QuarantinedScanAnswer, QuarantineQuery } from './parcel-contract.ts';
import { listQuarantine } from './quarantine-store.ts';

/** What cannot be true of what was scanned: the network sees all of it, a carrier what it brought. */
export function quarantineRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listQuarantine',
      method: 'GET',
      path: '/v1/quarantine',
      tag: 'tracking',
      summary: 'Scans that cannot be true, with the reason, newest first',
      description:
        'Judged by when things happened and by all scans of the parcel: a row goes when later evidence bears its scan out. Carriers see the scans that they brought.',
      effect: 'read',
      query: QuarantineQuery,
      answers: { 200: { description: 'A page', body: pageSchema(QuarantinedScanAnswer) } },
      handle: async ({ caller, db, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const { reason, source, limit } = query;
        const reporterId = relation === 'any' ? undefined : caller.organisationId;
        const rows = await listQuarantine(db, {
          reason,
          source,
          reporterId,
          after: after.value,
          limit: limit + 1,
        });
        const shown = rows.map(({ place, ...row }) => ({ ...row, ...(place === null ? {} : { place }) }));
        return accepted(replyWith(200, pageOf(shown, limit)));
      },
    }),
  ];
}
