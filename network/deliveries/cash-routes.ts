import { type Route, replyWith } from '../../platform/http/index.ts';
import { writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { reconcileCod, recordCodRemitted } from '../ledger/index.ts';
import * as contract from './contract.ts';

const TAG = 'cash-on-delivery';

/** What carriers pay in, and what the network finds when it compares. The books are the ledger's. */
export function cashRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'remitCod',
      method: 'POST',
      path: '/v1/cod-remittances',
      tag: TAG,
      summary: 'The carrier paid collected cash in: which shipments, under which bank reference',
      effect: 'write',
      body: contract.remittanceSchema,
      answers: {
        201: {
          description: 'What was booked, known before, or never reported',
          body: contract.remittanceAnswerSchema,
        },
      },
      handle: async ({ work, caller, body }) => {
        const foreign = body.items.findIndex((item) => item.amount.currency !== body.currency);
        if (foreign >= 0) {
          return refused('invalid_request', 'All items are in the currency of the remittance.', [
            {
              pointer: `/items/${foreign}/amount/currency`,
              code: 'currency_mismatch',
              message: `must be ${body.currency}`,
            },
          ]);
        }
        const { remitted, repeated, unknown } = await recordCodRemitted(work, {
          collectorId: caller.organisationId,
          remittanceReference: body.remittanceReference,
          currency: body.currency,
          items: body.items.map((item) => ({
            reference: { kind: 'shipment', id: item.shipmentId },
            amountMinor: item.amount.amountMinor,
          })),
        });
        return accepted(
          replyWith(201, {
            remitted: remitted.map((one) => one.reference.id),
            repeated: repeated.map((one) => one.id),
            unknown: unknown.map((one) => one.id),
            total: {
              amountMinor: remitted.reduce((sum, one) => sum + one.remittedMinor, 0),
              currency: body.currency,
            },
          }),
        );
      },
    }),
    writeRoute({
      operation: 'reconcileCod',
      method: 'POST',
      path: '/v1/cod-reconciliations',
      tag: TAG,
      summary: 'Compare what was due, collected and paid in; what agrees is credited to the merchants',
      effect: 'write',
      body: contract.reconciliationSchema,
      answers: {
        200: {
          description: 'Credits and differences; repeat with next as after',
          body: contract.reconciliationAnswerSchema,
        },
      },
      handle: async ({ work, body }) => {
        const { credited, differences, next } = await reconcileCod(work, {
          collectorId: body.carrierId,
          currency: body.currency,
          after: body.after,
        });
        return accepted(
          replyWith(200, {
            credited: credited.map((one) => ({
              shipmentId: one.reference.id,
              merchantId: one.merchantId,
              amount: { amountMinor: one.remittedMinor, currency: one.currency },
            })),
            differences: differences.map(({ reference, ...figures }) => ({
              shipmentId: reference.id,
              ...figures,
            })),
            next,
          }),
        );
      },
    }),
  ];
}
