import type { Worlds } from '../network/accounts/index.ts';
import type { CandidatesOf } from '../network/allocation/index.ts';
import { accepted } from '../network/kernel/index.ts';
import type { LineCatalogue } from '../network/lines/index.ts';
import {
  MAILING_ERRORS,
  MAILING_EVENTS,
  type MailingPorts,
  mailingJobs,
  mailingReactions,
  mailingRelations,
  mailingRoutes,
  scheduleMailingPurge,
} from '../network/mailings/index.ts';
import { type OfferFacts, searchLines } from '../network/offers/index.ts';
import type { BlockIndex } from '../network/points/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { WaybillPorts } from '../network/waybills/index.ts';
import type { KeyRing } from '../platform/crypto/index.ts';
import type { Module } from './module.ts';
import { createNumberPort } from './number-port.ts';

export type MailingNeeds = {
  readonly vault: Vault;
  readonly keyRing: KeyRing;
  readonly waybills: WaybillPorts;
  readonly worlds: Worlds;
  readonly lines: LineCatalogue;
  readonly offerFacts: OfferFacts;
};

/** Joins mailings to what carries parcels, to the counters and to the numbers. */
export function mailingModule(needs: MailingNeeds, locatorOf: CandidatesOf, blocks: BlockIndex): Module {
  const { vault, keyRing, lines, worlds, offerFacts } = needs;
  const ports: MailingPorts = {
    vault,
    keyRing,
    blocks,
    lines,
    pointsOf: (name) => locatorOf(worlds[name]),
    search: async (reading, asker, request) => {
      const facts = await offerFacts(reading, worlds[reading.world], asker);
      const { offers, refused } = searchLines(request, facts);
      const tagsOf = new Map(facts.lines.map(({ line }) => [line.code, line.tags]));
      return {
        offers: offers.map(({ offer }) => ({ offer, tags: tagsOf.get(offer.lineCode) ?? [] })),
        refused,
      };
    },
    numbers: createNumberPort(needs),
  };
  return {
    name: 'mailings',
    routes: mailingRoutes(ports),
    errors: MAILING_ERRORS,
    events: MAILING_EVENTS,
    relations: mailingRelations,
    reactions: mailingReactions(ports),
    jobs: mailingJobs(),
    onStart: async (world) => {
      await world.command('network', async (work) => {
        scheduleMailingPurge(work);
        return accepted(undefined);
      });
    },
  };
}
