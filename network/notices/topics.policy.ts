import type { EventType } from '../../platform/outbox/index.ts';
import { type Operation, type Relation, type Role, relationsOf } from '../accounts/index.ts';
import { AUTHENTICITY_EVENTS } from '../authenticity/events.ts';
import { EXTERNAL_EVENTS } from '../external/events.ts';
import { HANDOVER_EVENTS } from '../handovers/events.ts';
import { LEDGER_EVENTS } from '../ledger/events.ts';
import { ORDER_EVENTS } from '../orders/events.ts';
import { PICKUP_EVENTS } from '../pickups/events.ts';
import { RETURN_EVENTS } from '../returns/events.ts';
import { SHIPMENT_EVENTS } from '../shipments/events.ts';
import {
  MilestoneReached,
  QuarantineRevised,
  StatusReportAnswered,
  StatusReportClosed,
  StatusReported,
  TimelineRevised,
  UnmappedCodesCame,
} from '../tracking/events.ts';
import { WaybillIntercepted, WaybillIntercepting, WaybillInterceptionEnded } from '../waybills/events.ts';

/** What screens show that somebody else changes. */
export const TOPICS = [
  'external_shipments',
  'handovers',
  'interceptions',
  'orders',
  'pickups',
  'quarantine',
  'returns',
  'shipments',
  'sources',
  'status_reports',
  'timelines',
  'unmapped_codes',
  'verifications',
  'wallets',
] as const;
export type Topic = (typeof TOPICS)[number];

/** The operation whose answer is another one after these events: who may not call it hears nothing of the topic. */
type TopicRule = { readonly operation: Operation; readonly types: readonly Pick<EventType, 'name'>[] };

const RULES: Readonly<Record<Topic, TopicRule>> = {
  external_shipments: { operation: 'listExternalShipments', types: EXTERNAL_EVENTS },
  handovers: { operation: 'listHandovers', types: HANDOVER_EVENTS },
  interceptions: {
    operation: 'listInterceptions',
    types: [WaybillIntercepting, WaybillIntercepted, WaybillInterceptionEnded],
  },
  orders: { operation: 'listOrders', types: ORDER_EVENTS },
  pickups: { operation: 'listPickups', types: PICKUP_EVENTS },
  quarantine: { operation: 'listQuarantine', types: [QuarantineRevised] },
  returns: { operation: 'listReturns', types: RETURN_EVENTS },
  shipments: { operation: 'listShipments', types: SHIPMENT_EVENTS },
  sources: {
    operation: 'readSourceIntake',
    types: [MilestoneReached, TimelineRevised, UnmappedCodesCame, QuarantineRevised],
  },
  status_reports: {
    operation: 'listStatusReports',
    types: [StatusReported, StatusReportAnswered, StatusReportClosed],
  },
  timelines: { operation: 'readParcelTimeline', types: [MilestoneReached, TimelineRevised] },
  unmapped_codes: { operation: 'listUnmappedCodes', types: [UnmappedCodesCame] },
  verifications: { operation: 'listVerifications', types: AUTHENTICITY_EVENTS },
  wallets: { operation: 'listWallets', types: LEDGER_EVENTS },
};

const TOPICS_OF_TYPE: ReadonlyMap<string, readonly Topic[]> = new Map(
  TOPICS.flatMap((topic) => RULES[topic].types.map(({ name }) => [name, topic] as const))
    .reduce(
      (all, [name, topic]) => all.set(name, [...(all.get(name) ?? []), topic]),
      new Map<string, Topic[]>(),
    )
    .entries(),
);

/** Which topics an event of this type is news of. */
export const topicsOfType = (type: string): readonly Topic[] => TOPICS_OF_TYPE.get(type) ?? [];

/** `all`: whoever it is about; `own`: what the caller's organisation may read; undefined: nothing. */
export type Hearing = 'all' | 'own' | undefined;

export function hearingOf(role: Role, topic: Topic): Hearing {
  const relations: readonly Relation[] = relationsOf(role, RULES[topic].operation);
  if (relations.length === 0) return undefined;
  return relations.includes('any') ? 'all' : 'own';
}

/** Of what happened: the topics that a caller hears of, in the order of the alphabet. */
export function heardOf(
  caller: { readonly role: Role; readonly organisationId: string },
  news: readonly { readonly type: string; readonly audience: readonly string[] }[],
): readonly Topic[] {
  const heard = new Set<Topic>();
  for (const { type, audience } of news)
    for (const topic of topicsOfType(type)) {
      const hearing = hearingOf(caller.role, topic);
      if (hearing === 'all' || (hearing === 'own' && audience.includes(caller.organisationId)))
        heard.add(topic);
    }
  return TOPICS.filter((topic) => heard.has(topic));
}

/** Everything that a role could hear of: for somebody who was away too long to be told what happened. */
export const topicsOfRole = (role: Role): readonly Topic[] =>
  TOPICS.filter((topic) => hearingOf(role, topic) !== undefined);
