import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { listCarrierOrganisations, openingsHere } from '../accounts/index.ts';
import { areStandingsSettled, listOrderShares } from '../carriers/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { DutyPathDocument, ExchangeRate, LineCatalogue, MarketPolicyDocument } from '../lines/index.ts';
import { activeVersion, NETWORK, type RulebookKind } from '../rulebooks/index.ts';
import type { OfferFacts } from './ports.ts';

export type FactSources = {
  readonly lines: LineCatalogue;
  readonly marketPolicy: RulebookKind<MarketPolicyDocument>;
  readonly dutyPath: RulebookKind<DutyPathDocument>;
  /** Dated rates that the operator entered; for judging amounts and comparing prices only. */
  readonly ratesOf: (db: Queryable, at: Instant) => Promise<readonly ExchangeRate[]>;
};

/** How long which organisations work as carriers, and the rates, are believed without another look. */
const BELIEVED_MS = 2_000;

type Slow = {
  readonly until: number;
  readonly openings: number;
  readonly carriers: ReadonlySet<string>;
  readonly orderShareOf: (carrierCode: string, at: Instant) => number;
  readonly rates: readonly ExchangeRate[];
};

/** Collects the facts of a search. What changes seldom is kept for two seconds per world. */
export function createOfferFacts(sources: FactSources): OfferFacts {
  const kept = new WeakMap<World, Slow>();

  async function slowFacts(db: Queryable, world: World, at: Instant): Promise<Slow> {
    const known = kept.get(world);
    const openings = openingsHere();
    if (
      known !== undefined &&
      known.until > monotonicMs() &&
      known.openings === openings &&
      areStandingsSettled()
    ) {
      return known;
    }
    const organisations = await listCarrierOrganisations(db);
    const fresh: Slow = {
      until: monotonicMs() + BELIEVED_MS,
      openings,
      carriers: new Set(organisations.map((organisation) => organisation.carrierCode)),
      orderShareOf: await listOrderShares(db),
      rates: await sources.ratesOf(db, at),
    };
    kept.set(world, fresh);
    return fresh;
  }

  return async (work, world, caller) => {
    await work.actFor('network');
    const slow = await slowFacts(work.db, world, work.now);
    const market = await activeVersion(
      work.db,
      sources.marketPolicy,
      caller.clientPlatformId ?? NETWORK,
      work.now,
      world,
    );
    const lines = await sources.lines.history(work.db, { world });
    const duty = await activeVersion(work.db, sources.dutyPath, NETWORK, work.now, world);
    await work.actFor({ organisationId: caller.organisationId });
    return {
      at: work.now,
      lines: lines.at(work.now),
      // A line is offered only when its carrier takes orders here, by its portal or API with acknowledgement, and
      // its standing in the network lets it have this order.
      orderSharePercent: (carrierCode) =>
        slow.carriers.has(carrierCode) ? slow.orderShareOf(carrierCode, work.now) : 0,
      asker: `${caller.clientPlatformId ?? NETWORK}/${caller.organisationId}`,
      marketPolicy:
        market === undefined ? undefined : { document: market.document, versionId: market.versionId },
      dutyPaths: duty?.document,
      dutyPathRequired: world.name === 'live',
      papersRequired: true,
      rates: slow.rates,
    };
  };
}
