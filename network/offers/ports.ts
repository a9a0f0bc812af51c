import type { Queryable, Scope } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { SearchFacts } from './search.policy.ts';

/** The part of a unit of work that collecting facts needs; a read has it as well as a command. */
export type FactReading = {
  readonly db: Queryable;
  readonly now: Instant;
  actFor(scope: Scope): Promise<void>;
};

/** Where the search's facts come from: lines, registry, rulebooks and rates, each cached by its owner. */
export type OfferFacts = (
  work: FactReading,
  world: World,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId'>,
) => Promise<SearchFacts>;
