import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { findOrganisation, readRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { findCountry } from '../places/index.ts';
import { documentOf, NETWORK, readSuccession } from '../rulebooks/index.ts';
import { documentFor } from './commission.policy.ts';
import * as contract from './contract.ts';
import { listMonthCounts } from './line-store.ts';
import { DEFAULT_POINT_COMMISSION, PAID_WORK, POINT_COMMISSION_KIND } from './rulebook.ts';
import { SHIPPED_VERSION } from './rules.ts';
import { fromNowOn, mergedSpans, namedTariffs, type TariffSpan } from './tariff-span.policy.ts';
import { monthOf } from './week.policy.ts';

/** What a network is paid by: how long so, and what comes next. */
export function tariffRoute(): Route {
  return readRoute({
    operation: 'readPointTariff',
    method: 'GET',
    path: '/v1/point-networks/:organisation_id/tariff',
    tag: 'point-statements',
    summary:
      'What a point network is paid by: the tariff in force and since when, what comes next, and its work of this month',
    effect: 'read',
    params: contract.networkParams,
    resource: { kind: 'organisation', param: 'organisationId' },
    answers: { 200: { description: 'As it is for this network', body: contract.tariffAnswerSchema } },
    handle: async ({ db, actFor, now, params: { organisationId } }) => {
      const spans = fromNowOn(await spansOf(db, organisationId), now);
      const [inForce, ...next] = spans.map((span, index) => ({
        ...presentSpan(span),
        until: spans[index + 1]?.from,
      }));
      await actFor('network');
      const organisation = await findOrganisation(db, organisationId);
      const country = organisation === undefined ? undefined : findCountry(organisation.country);
      await actFor({ organisationId });
      const month = monthOf(now, country?.zone ?? 'UTC');
      const counts = await listMonthCounts(db, organisationId, [month]);
      const done = PAID_WORK.map((work) => ({
        work,
        count: counts.find(({ rule }) => rule === work)?.count ?? 0,
      }));
      return accepted(replyWith(200, { inForce, next, month, done }));
    },
  });
}

async function spansOf(db: Queryable, organisationId: string): Promise<readonly TariffSpan[]> {
  const spans: TariffSpan[] = [];
  for (const { from, period } of await readSuccession(db, POINT_COMMISSION_KIND, NETWORK)) {
    const document =
      period === undefined ? DEFAULT_POINT_COMMISSION : await documentOf(db, POINT_COMMISSION_KIND, period);
    const versionId = period?.versionId ?? SHIPPED_VERSION;
    spans.push({ from, versionId, document: documentFor(document, organisationId) });
  }
  return mergedSpans(spans);
}

function presentSpan({ from, versionId, document }: TariffSpan) {
  const { appealDays, closeAfterHours } = document;
  return { from, versionId, appealDays, closeAfterHours, tariffs: namedTariffs(document) };
}
