import {
  COMMISSION_ERRORS,
  COMMISSION_EVENTS,
  commissionJobs,
  commissionReactions,
  commissionRelations,
  commissionRoutes,
  DEFAULT_POINT_COMMISSION,
  POINT_COMMISSION_KIND,
} from '../network/commissions/index.ts';
import { accepted } from '../network/kernel/index.ts';
import {
  COD_REMITTANCE_KIND,
  DEFAULT_COD_REMITTANCE,
  REMITTANCE_ERRORS,
  REMITTANCE_EVENTS,
  remittanceJobs,
  remittanceReactions,
  remittanceRelations,
  remittanceRoutes,
} from '../network/remittances/index.ts';
import { shipRulebook } from '../network/rulebooks/index.ts';
import type { Vault } from '../network/vault/index.ts';
import type { Module } from './module.ts';

/** The rules by which points earn, and by which goods that they were paid for are paid on. */
export const EARNING_KINDS = [POINT_COMMISSION_KIND, COD_REMITTANCE_KIND];

/** What point networks earn and owe, above every room that tells of work at a point; and whose the money for goods is. */
export function commissionModules(vault: Vault): readonly Module[] {
  return [
    {
      name: 'commissions',
      routes: commissionRoutes(vault),
      errors: COMMISSION_ERRORS,
      events: COMMISSION_EVENTS,
      relations: commissionRelations,
      reactions: commissionReactions(vault),
      jobs: commissionJobs,
      onStart: async (world) => {
        await world.command('network', async (work) => {
          await shipRulebook(work, { kind: POINT_COMMISSION_KIND, document: DEFAULT_POINT_COMMISSION });
          return accepted(undefined);
        });
      },
    },
    {
      name: 'remittances',
      routes: remittanceRoutes(),
      errors: REMITTANCE_ERRORS,
      events: REMITTANCE_EVENTS,
      relations: remittanceRelations,
      reactions: remittanceReactions(),
      jobs: remittanceJobs,
      onStart: async (world) => {
        await world.command('network', async (work) => {
          await shipRulebook(work, { kind: COD_REMITTANCE_KIND, document: DEFAULT_COD_REMITTANCE });
          return accepted(undefined);
        });
      },
    },
  ];
}
