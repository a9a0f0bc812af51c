import { type Route, replyWith } from '../../platform/http/index.ts';
import { writeRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import * as contract from './contract.ts';
import { type ImportedOrder, importOrders } from './import.ts';

export function importRoute(vault: Vault): Route {
  return writeRoute({
    operation: 'importOrders',
    method: 'POST',
    path: '/v1/orders/import',
    tag: 'orders',
    summary: 'Bring in a CSV file of up to 5,000 rows: an order export of Shopify, or our own dialect',
    description:
      'Each order is answered with the lines it stands on; a refused one with the cells that are wrong. The same file again brings nothing twice.',
    effect: 'write',
    query: contract.orderImportQuery,
    consumes: ['text/csv'],
    bodyLimitBytes: contract.MAX_ORDER_BATCH_BYTES,
    answers: { 200: { description: 'What became of each order', body: contract.orderImportAnswerSchema } },
    refusals: ['order_file_unreadable', 'order_file_too_large'],
    handle: async ({ work, caller, query, body }) => {
      const dryRun = query.dryRun === 'true';
      const outcome = await importOrders(
        work,
        caller,
        body as unknown as Uint8Array,
        {
          dialect: query.dialect,
          dryRun,
          weightGrams: query.defaultWeightGrams,
          goodsClass: query.goodsClass,
        },
        vault,
      );
      if (!outcome.ok) return outcome;
      const { results } = outcome.value;
      const count = (of: ImportedOrder['outcome']) => results.filter((one) => one.outcome === of).length;
      return accepted(
        replyWith(200, {
          ...outcome.value,
          dryRun,
          created: count('created'),
          existing: count('existing'),
          skipped: count('skipped'),
          refused: count('refused'),
        }),
      );
    },
  });
}
