import {
  ACCOUNT_ERRORS,
  ACCOUNT_EVENTS,
  accountJobs,
  accountRelations,
  accountRoutes,
  scheduleAccountJobs,
  twinReactions,
} from '../network/accounts/index.ts';
import { DEFAULT_POINT_ALLOCATION, POINT_ALLOCATION_KIND } from '../network/allocation/index.ts';
import { auditReactions, auditRoutes } from '../network/audit/index.ts';
import { DEFAULT_FALSE_TRACKING, FALSE_TRACKING_KIND } from '../network/authenticity/index.ts';
import { CARRIER_ERRORS, CARRIER_EVENTS, carrierRoutes } from '../network/carriers/index.ts';
import {
  DELIVERY_ERRORS,
  DELIVERY_EVENTS,
  type DeliveryPorts,
  deliveryJobs,
  deliveryPartyAccess,
  deliveryRelations,
  deliveryRoutes,
  listNamedProofBlobs,
  proofFolder,
} from '../network/deliveries/index.ts';
import {
  EPCIS_ERRORS,
  EPCIS_EVENTS,
  epcisDiscovery,
  epcisJobs,
  epcisRelations,
  epcisRoutes,
  scheduleEpcisTerms,
} from '../network/epcis/index.ts';
import { EXTERNAL_EVENTS } from '../network/external/events.ts';
import {
  EXTERNAL_ERRORS,
  externalReactions,
  externalRelations,
  externalRoutes,
  findStatedWeight,
} from '../network/external/index.ts';
import {
  HANDOVER_ERRORS,
  HANDOVER_EVENTS,
  handoverRelations,
  handoverRoutes,
} from '../network/handovers/index.ts';
import { accepted } from '../network/kernel/index.ts';
import { createLabelPress, labelErrors } from '../network/labels/index.ts';
import {
  LEDGER_ERRORS,
  LEDGER_EVENTS,
  ledgerJobs,
  ledgerReactions,
  ledgerRelations,
  ledgerRoutes,
} from '../network/ledger/index.ts';
import {
  createLineCatalogue,
  LINE_ERRORS,
  LINE_EVENTS,
  type LineCatalogue,
  lineRoutes,
  NEUTRAL_MARKET_POLICY,
  SHIPPED_DUTY_PATHS,
  SHIPPED_LINES,
  shipLines,
} from '../network/lines/index.ts';
import { DEFAULT_MAILING_POLICY, MAILING_POLICY_KIND } from '../network/mailings/index.ts';
import {
  createOfferFacts,
  dutyPathKind,
  marketPolicyKind,
  type OfferFacts,
  offerRoutes,
} from '../network/offers/index.ts';
import { OPERATIONS_ERRORS, operationsRoutes } from '../network/operations/index.ts';
import {
  ORDER_ERRORS,
  ORDER_EVENTS,
  orderReactions,
  orderRelations,
  orderRoutes,
  pastOrders,
} from '../network/orders/index.ts';
import {
  PICKUP_ERRORS,
  PICKUP_EVENTS,
  pickupJobs,
  pickupReactions,
  pickupRelations,
  pickupRoutes,
} from '../network/pickups/index.ts';
import { PLACES_REFUSALS, placeRoutes } from '../network/places/index.ts';
import {
  PROGRAMME_ERRORS,
  PROGRAMME_EVENTS,
  programmeReactions,
  programmeRelations,
  programmeRoutes,
} from '../network/programmes/index.ts';
import { DEFAULT_RETURN_POLICY, RETURN_POLICY_KIND } from '../network/returns/index.ts';
import {
  createRulebookKinds,
  RULEBOOK_ERRORS,
  RULEBOOK_EVENTS,
  rulebookRelations,
  rulebookRoutes,
  shipRulebook,
} from '../network/rulebooks/index.ts';
import { DEFAULT_POINT_STORAGE, POINT_STORAGE_KIND } from '../network/shelves/index.ts';
import { SHIPMENT_EVENTS } from '../network/shipments/events.ts';
import {
  createLabelContent,
  INTERCEPTION_ERRORS,
  INTERCEPTION_EVENTS,
  interceptionRelations,
  interceptionRoutes,
  SHIPMENT_ERRORS,
  shipmentReactions,
  shipmentRelations,
  shipmentRoutes,
} from '../network/shipments/index.ts';
import { createBuyerDoor, createBuyerViews } from '../network/tracking/index.ts';
import {
  createVault,
  DEFAULT_MASKS,
  DEFAULT_REVEALS,
  MASK_KIND,
  partyRelations,
  REVEAL_KIND,
  VAULT_ERRORS,
  VAULT_EVENTS,
  vaultRoutes,
} from '../network/vault/index.ts';
import {
  createWaybillPorts,
  labelBlobs,
  WAYBILL_ERRORS,
  WAYBILL_EVENTS,
  waybillJobs,
  waybillReactions,
  waybillRelations,
  waybillRoutes,
} from '../network/waybills/index.ts';
import { wallClock } from '../platform/clock/index.ts';
import { authenticityModule } from './authenticity-module.ts';
import { blobSweeperModule } from './blob-sweeper.ts';
import { commissionModules, EARNING_KINDS } from './commission-module.ts';
import { createDeliveryPorts } from './delivery-ports.ts';
import { housekeepingModule } from './housekeeping.ts';
import type { Module } from './module.ts';
import { noticeModules } from './notice-modules.ts';
import { pointModules } from './point-modules.ts';
import type { Ports } from './ports.ts';
import { createRecipientCheck } from './recipient-check.ts';
import { createSendingOf } from './sending.ts';
import { comparisonRates, createShipmentPorts } from './shipment-ports.ts';
import { trackingModules } from './tracking-modules.ts';
import { VERSION } from './version.ts';

/** Every room, lowest first. Wiring only: nothing is decided here. */
export function createModules(ports: Ports): readonly Module[] {
  const lines = createLineCatalogue(SHIPPED_LINES);
  const marketPolicy = marketPolicyKind(lines, pastOrders);
  const offerFacts = createOfferFacts({
    lines,
    marketPolicy,
    dutyPath: dutyPathKind,
    ratesOf: comparisonRates,
  });
  const vault = createVault({ keyRing: ports.keyRing });
  const waybills = createWaybillPorts({
    dataFolder: ports.dataFolder,
    blobs: ports.blobs,
    press: createLabelPress(),
    vault,
    keyRing: ports.keyRing,
    labelContent: createLabelContent(vault, lines),
  });
  const viewOf = createBuyerViews({ statedWeight: findStatedWeight, sendingOf: createSendingOf(vault) });
  const buyerDoor = createBuyerDoor(createRecipientCheck(vault), viewOf);
  const shipmentPorts = createShipmentPorts(lines, vault, waybills);
  const deliveryPorts = createDeliveryPorts(vault, ports.blobs);
  const modules: readonly Module[] = [
    accountsModule(ports),
    rulebooksModule(marketPolicy),
    {
      name: 'vault',
      routes: vaultRoutes(vault),
      errors: VAULT_ERRORS,
      events: VAULT_EVENTS,
      relations: partyRelations(deliveryPartyAccess(deliveryPorts)),
      onStart: (world) => world.read('network', (db) => vault.assertKeyRingFits(db)),
    },
    { name: 'places', routes: placeRoutes(), errors: PLACES_REFUSALS },
    ledgerModule(),
    { name: 'carriers', routes: carrierRoutes(), errors: CARRIER_ERRORS, events: CARRIER_EVENTS },
    ...trackingModules({ door: buyerDoor, viewOf }, vault, ports),
    epcisModule(),
    { name: 'labels', errors: labelErrors },
    {
      name: 'waybills',
      routes: waybillRoutes(waybills),
      errors: WAYBILL_ERRORS,
      events: WAYBILL_EVENTS,
      relations: waybillRelations,
      reactions: waybillReactions,
      jobs: waybillJobs,
      blobs: labelBlobs,
    },
    ...productModules(lines, offerFacts),
    ...shippingModules(shipmentPorts, lines, waybills, offerFacts),
    {
      name: 'pickups',
      routes: pickupRoutes(shipmentPorts),
      errors: PICKUP_ERRORS,
      events: PICKUP_EVENTS,
      relations: pickupRelations,
      reactions: pickupReactions(shipmentPorts),
      jobs: pickupJobs(shipmentPorts),
    },
    handoversModule(),
    deliveriesModule(deliveryPorts),
    authenticityModule(vault),
    ...pointModules({ ...ports, vault, findForBuyer: buyerDoor, waybills, lines, offerFacts }),
    ...commissionModules(vault),
  ];
  const all: readonly Module[] = [
    ...modules,
    ...noticeModules(modules, ports),
    { name: 'audit', routes: auditRoutes(), reactions: auditReactions },
    {
      name: 'operations',
      routes: operationsRoutes({ vault, reactions: () => all.flatMap((module) => module.reactions ?? []) }),
      errors: OPERATIONS_ERRORS,
    },
    housekeepingModule(),
    blobSweeperModule(modules, ports.blobs, wallClock),
  ];
  return all;
}

function epcisModule(): Module {
  return {
    name: 'epcis',
    routes: epcisRoutes(),
    discoveries: [epcisDiscovery(VERSION)],
    errors: EPCIS_ERRORS,
    events: EPCIS_EVENTS,
    relations: epcisRelations,
    jobs: epcisJobs,
    onStart: scheduleEpcisTerms,
  };
}

/** What is bought, and what it was bought for. */
function shippingModules(
  shipmentPorts: ReturnType<typeof createShipmentPorts>,
  lines: LineCatalogue,
  waybills: ReturnType<typeof createWaybillPorts>,
  offerFacts: OfferFacts,
): readonly Module[] {
  const interceptionPorts = { ...shipmentPorts, lines, rules: waybills.rules };
  return [
    {
      name: 'shipments',
      routes: [...shipmentRoutes(shipmentPorts), ...interceptionRoutes(interceptionPorts)],
      errors: { ...SHIPMENT_ERRORS, ...INTERCEPTION_ERRORS },
      events: [...SHIPMENT_EVENTS, ...INTERCEPTION_EVENTS],
      relations: { ...shipmentRelations, ...interceptionRelations },
      reactions: shipmentReactions(shipmentPorts),
    },
    {
      name: 'orders',
      routes: orderRoutes({ shipments: shipmentPorts, offerFacts }),
      errors: ORDER_ERRORS,
      events: ORDER_EVENTS,
      relations: orderRelations,
      reactions: orderReactions(),
    },
    {
      name: 'external',
      routes: externalRoutes(),
      errors: EXTERNAL_ERRORS,
      events: EXTERNAL_EVENTS,
      relations: externalRelations,
      reactions: externalReactions(),
    },
  ];
}

/** What is sold, who pays for it, and what of it fits a parcel. */
function productModules(lines: LineCatalogue, offerFacts: OfferFacts): readonly Module[] {
  return [
    {
      name: 'lines',
      routes: lineRoutes(lines),
      errors: LINE_ERRORS,
      events: LINE_EVENTS,
      onStart: async (world) => {
        await world.command('network', async (work) => accepted(await shipLines(work, SHIPPED_LINES)));
      },
    },
    {
      name: 'programmes',
      routes: programmeRoutes(lines),
      errors: PROGRAMME_ERRORS,
      events: PROGRAMME_EVENTS,
      relations: programmeRelations,
      reactions: programmeReactions(),
    },
    { name: 'offers', routes: offerRoutes(offerFacts) },
  ];
}

function rulebooksModule(marketPolicy: ReturnType<typeof marketPolicyKind>): Module {
  return {
    name: 'rulebooks',
    routes: rulebookRoutes(
      createRulebookKinds([
        MASK_KIND,
        REVEAL_KIND,
        marketPolicy,
        dutyPathKind,
        FALSE_TRACKING_KIND,
        POINT_ALLOCATION_KIND,
        POINT_STORAGE_KIND,
        RETURN_POLICY_KIND,
        MAILING_POLICY_KIND,
        ...EARNING_KINDS,
      ]),
    ),
    errors: RULEBOOK_ERRORS,
    events: RULEBOOK_EVENTS,
    relations: rulebookRelations,
    onStart: async (world) => {
      await world.command('network', async (work) => {
        await shipRulebook(work, { kind: MASK_KIND, document: DEFAULT_MASKS });
        await shipRulebook(work, { kind: REVEAL_KIND, document: DEFAULT_REVEALS });
        await shipRulebook(work, { kind: marketPolicy, document: NEUTRAL_MARKET_POLICY });
        await shipRulebook(work, { kind: dutyPathKind, document: SHIPPED_DUTY_PATHS });
        await shipRulebook(work, { kind: FALSE_TRACKING_KIND, document: DEFAULT_FALSE_TRACKING });
        await shipRulebook(work, { kind: POINT_ALLOCATION_KIND, document: DEFAULT_POINT_ALLOCATION });
        await shipRulebook(work, { kind: POINT_STORAGE_KIND, document: DEFAULT_POINT_STORAGE });
        await shipRulebook(work, { kind: RETURN_POLICY_KIND, document: DEFAULT_RETURN_POLICY });
        await shipRulebook(work, { kind: MAILING_POLICY_KIND, document: DEFAULT_MAILING_POLICY });
        return accepted(undefined);
      });
    },
  };
}

function ledgerModule(): Module {
  return {
    name: 'ledger',
    routes: ledgerRoutes(),
    errors: LEDGER_ERRORS,
    events: LEDGER_EVENTS,
    relations: ledgerRelations,
    reactions: ledgerReactions(),
    jobs: ledgerJobs(),
  };
}

function deliveriesModule(ports: DeliveryPorts): Module {
  return {
    name: 'deliveries',
    routes: deliveryRoutes(ports),
    errors: DELIVERY_ERRORS,
    events: DELIVERY_EVENTS,
    relations: deliveryRelations(ports),
    jobs: deliveryJobs,
    blobs: { folderOf: proofFolder, listNamed: listNamedProofBlobs },
  };
}

function handoversModule(): Module {
  return {
    name: 'handovers',
    routes: handoverRoutes(),
    errors: HANDOVER_ERRORS,
    events: HANDOVER_EVENTS,
    relations: handoverRelations,
  };
}

function accountsModule(ports: Ports): Module {
  return {
    name: 'accounts',
    routes: accountRoutes(ports),
    errors: ACCOUNT_ERRORS,
    events: ACCOUNT_EVENTS,
    relations: accountRelations,
    liveReactions: twinReactions(ports),
    jobs: accountJobs(),
    onStart: scheduleAccountJobs,
  };
}
