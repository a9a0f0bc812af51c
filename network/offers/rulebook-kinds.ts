import type { Queryable } from '../../platform/db/index.ts';
import { type Instant, money } from '../kernel/index.ts';
import {
  type CompiledLine,
  type DutyPathDocument,
  dutyPathSchema,
  judgeMarketPolicy,
  type LineCatalogue,
  type MarketPolicyDocument,
  marketPolicySchema,
  runDocumentTests,
} from '../lines/index.ts';
import { compareAnswers, defineRulebookKind, NETWORK } from '../rulebooks/index.ts';
import type { OfferRequest } from './model.ts';
import { listRecentRequests } from './store.ts';

/** What a market policy looks at, of something that was to be shipped. */
export type PastCase = {
  readonly id: string;
  readonly at: Instant;
  readonly request: Pick<OfferRequest, 'to' | 'goods' | 'orderAmount' | 'orderRef'>;
};

/** Orders of a period that a higher room keeps; of one client platform, or of all. */
export type PastOrders = (
  db: Queryable,
  period: {
    readonly clientPlatformId: string | undefined;
    readonly from: Instant;
    readonly to: Instant;
    readonly limit: number;
  },
) => Promise<readonly PastCase[]>;

type PastRequest = PastCase & {
  /** Those in force when it was asked. */
  readonly lines: readonly CompiledLine[];
};

/**
 * Which lines a client platform allows, by destination, amount paid, goods, class and channel. The dry run judges the
 * orders of its merchants in a period, and the offer requests that were made for none of them: what would have been
 * allowed?
 */
export function marketPolicyKind(lines: LineCatalogue, listOrders: PastOrders) {
  return defineRulebookKind<MarketPolicyDocument, PastRequest>({
    kind: 'market_policy',
    title: 'Lines that a marketplace allows',
    scopes: ['network', 'platform'],
    schema: marketPolicySchema,
    runTests: (document) =>
      runDocumentTests(document).map((failed) => ({
        test: `test ${failed.index}`,
        message: `expected ${failed.expected}, judged ${failed.judged.allowed ? 'allow' : 'deny'} by ${failed.judged.ruleId}`,
        ruleId: failed.judged.ruleId,
      })),
    dryRun: {
      listCases: async (db, request) => {
        const history = await lines.history(db);
        const { from, to, limit } = request;
        const clientPlatformId = request.scope === NETWORK ? undefined : request.scope;
        const orders = await listOrders(db, { clientPlatformId, from, to, limit });
        const ordered = new Set(orders.map((order) => order.request.orderRef));
        const asked = (await listRecentRequests(db, clientPlatformId, from, to, limit)).filter(
          (past) => past.request.orderRef === undefined || !ordered.has(past.request.orderRef),
        );
        return [...orders, ...asked].slice(0, limit).map((past) => ({ ...past, lines: history.at(past.at) }));
      },
      run: (document, against, cases) =>
        compareAnswers(document, against, cases, {
          idOf: (past) => past.id,
          answer: deniedLines,
        }),
    },
  });
}

/** `allows_all`, or the lines that the policy denies for a request. */
function deniedLines(document: MarketPolicyDocument, past: PastRequest): string {
  const denied = past.lines
    .filter(
      ({ line }) =>
        !judgeMarketPolicy(document, {
          at: past.at,
          destination: past.request.to.country,
          amountPaid: past.request.orderAmount ?? money(0, 'USD'),
          goodsClasses: past.request.goods.map((item) => item.goodsClass),
          serviceClass: line.serviceClass,
          online: line.online,
          lineTags: line.tags,
          rates: [],
        }).allowed,
    )
    .map(({ line }) => line.code);
  return denied.length === 0 ? 'allows_all' : `denies:${denied.join(',')}`;
}

/** Dated customs rules of lanes. A live cross-border lane without one is refused with `customs_path_missing`. */
export const dutyPathKind = defineRulebookKind<DutyPathDocument>({
  kind: 'duty_path',
  title: 'Customs rules of lanes',
  scopes: ['network'],
  schema: dutyPathSchema,
  runTests: () => [],
});
