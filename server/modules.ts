import { ACCOUNT_ERRORS, accountRelations, accountRoutes } from '../network/accounts/index.ts';
import { accepted } from '../network/kernel/index.ts';
import {
  createLineCatalogue,
  NEUTRAL_MARKET_POLICY,
  SHIPPED_DUTY_PATHS,
  SHIPPED_LINES,
} from '../network/lines/index.ts';
import { createOfferFacts, dutyPathKind, marketPolicyKind, offerRoutes } from '../network/offers/index.ts';
import { PLACES_REFUSALS, placeRoutes } from '../network/places/index.ts';
import {
  createRulebookKinds,
  RULEBOOK_ERRORS,
  rulebookRelations,
  rulebookRoutes,
  shipRulebook,
} from '../network/rulebooks/index.ts';
import {
  createVault,
  DEFAULT_MASKS,
  DEFAULT_REVEALS,
  MASK_KIND,
  partyRelations,
  REVEAL_KIND,
  VAULT_ERRORS,
  vaultRoutes,
} from '../network/vault/index.ts';
import type { Module } from './module.ts';
import type { Ports } from './ports.ts';

/** Every room, lowest first. Wiring only: nothing is decided here. */
export function createModules(ports: Ports): readonly Module[] {
  const lines = createLineCatalogue(SHIPPED_LINES);
  const marketPolicy = marketPolicyKind(() => lines.all());
  const rulebookKinds = createRulebookKinds([MASK_KIND, REVEAL_KIND, marketPolicy, dutyPathKind]);
  const offerFacts = createOfferFacts({
    lines,
    marketPolicy,
    dutyPath: dutyPathKind,
    ratesOf: async () => [],
  });
  const vault = createVault({ keyRing: ports.keyRing });
  return [
    { name: 'accounts', routes: accountRoutes(), errors: ACCOUNT_ERRORS, relations: accountRelations },
    {
      name: 'rulebooks',
      routes: rulebookRoutes(rulebookKinds),
      errors: RULEBOOK_ERRORS,
      relations: rulebookRelations,
      onStart: async (world) => {
        await world.command('network', async (work) => {
          await shipRulebook(work, { kind: MASK_KIND, document: DEFAULT_MASKS });
          await shipRulebook(work, { kind: REVEAL_KIND, document: DEFAULT_REVEALS });
          await shipRulebook(work, { kind: marketPolicy, document: NEUTRAL_MARKET_POLICY });
          await shipRulebook(work, { kind: dutyPathKind, document: SHIPPED_DUTY_PATHS });
          return accepted(undefined);
        });
      },
    },
    {
      name: 'vault',
      routes: vaultRoutes(vault),
      errors: VAULT_ERRORS,
      relations: partyRelations(),
      onStart: (world) => world.read('network', (db) => vault.assertKeyRingFits(db)),
    },
    { name: 'places', routes: placeRoutes(), errors: PLACES_REFUSALS },
    { name: 'offers', routes: offerRoutes(offerFacts) },
  ];
}
