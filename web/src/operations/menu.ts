import type { OperationName } from '@postroad/sdk/operations';
import { useMay, useSession } from '../ground/session.tsx';
import type { MenuGroup } from '../ground/shell.tsx';
import { useWords } from '../ground/words.ts';
import { OPERATIONS_WORDS } from './words.ts';

/** A screen stands in the menu of who may make its first call. */
const MENU = [
  {
    group: undefined,
    items: [
      ['', 'menu.home', 'readMe'],
      ['/search', 'menu.search', 'search'],
    ],
  },
  {
    group: 'menu.parcels',
    items: [
      ['/shipments', 'menu.shipments', 'listShipments'],
      ['/orders', 'menu.orders', 'listOrders'],
      ['/verifications', 'menu.verifications', 'listVerifications'],
      ['/returns', 'menu.returns', 'listReturns'],
      ['/reports', 'menu.reports', 'listStatusReports'],
    ],
  },
  {
    group: 'menu.tracking',
    items: [
      ['/sources', 'menu.sources', 'readSourceIntake'],
      ['/connections', 'menu.connections', 'createTrackingCredential'],
      ['/unmapped', 'menu.unmapped', 'listUnmappedCodes'],
      ['/mappings', 'menu.mappings', 'listCodeMappings'],
      ['/quarantine', 'menu.quarantine', 'listQuarantine'],
      ['/payloads', 'menu.payloads', 'listCarrierPayloads'],
    ],
  },
  {
    group: 'menu.network',
    items: [
      ['/lines', 'menu.lines', 'listLines'],
      ['/numbers', 'menu.numbers', 'listNumberSegments'],
      ['/routing', 'menu.routing', 'listRoutingQueue'],
      ['/organisations', 'menu.organisations', 'listOrganisations'],
      ['/carriers', 'menu.carriers', 'listCarriers'],
      ['/rulebooks', 'menu.rulebooks', 'listRulebookKinds'],
    ],
  },
  {
    group: 'menu.points',
    items: [
      ['/point-networks', 'menu.point_networks', 'readPointNetwork'],
      ['/outlets', 'menu.outlets', 'listPoints'],
      ['/point-decisions', 'menu.point_decisions', 'listPointDecisions'],
      ['/point-replay', 'menu.point_replay', 'replayPointDecisions'],
      ['/coverage', 'menu.coverage', 'readCoverage'],
      ['/deductions', 'menu.deductions', 'listPointDeductions'],
      ['/point-statements', 'menu.point_statements', 'listPointStatements'],
    ],
  },
  {
    group: 'menu.money',
    items: [
      ['/top-ups', 'menu.top_ups', 'listTopUps'],
      ['/wallets', 'menu.wallets', 'listWallets'],
      ['/rates', 'menu.rates', 'enterExchangeRate'],
    ],
  },
  {
    group: 'menu.machine',
    items: [
      ['/health', 'menu.health', 'readOperationsHealth'],
      ['/audit', 'menu.audit', 'listAudit'],
      ['/reveals', 'menu.reveals', 'listRevealLog'],
      ['/webhooks', 'menu.webhooks', 'listWebhookEndpoints'],
      ['/keys', 'menu.keys', 'mintApiKey'],
    ],
  },
] as const satisfies readonly {
  readonly group: string | undefined;
  readonly items: readonly (readonly [string, string, OperationName])[];
}[];

export function useOperationsMenu(): readonly MenuGroup[] {
  const t = useWords(OPERATIONS_WORDS);
  const may = useMay();
  const { role } = useSession().person;
  return MENU.map(({ group, items }) => ({
    ...(group === undefined ? {} : { label: t(group) }),
    items: items
      .filter(([, , operation]) => may(operation))
      .map(([path, word]) => ({
        to: `/operations${path}`,
        label: t(path === '' && role === 'finance' ? 'menu.finance' : word),
      })),
  })).filter(({ items }) => items.length > 0);
}
