import type { Queryable } from '../../platform/db/index.ts';
import { listCarrierOrganisations } from '../accounts/index.ts';
import type { Instant } from '../kernel/index.ts';
import { expressionOf } from '../numbers/index.ts';
import { trafficPercent } from './decide.ts';
import type { Carrier, CarrierState, TrackingSource } from './model.ts';
import { CARRIERS } from './registry.ts';
import { listRecognition, NETWORK_SCOPE } from './source-store.ts';
import { mayTakeOrders, shippedState } from './standing.policy.ts';
import { listMemberships, type RecordedDecision } from './store.ts';
import { isRecognised } from './tracking-source.policy.ts';

/** Carriers with their standing. The database must be read in the network's scope: who works as a carrier is known there. */
export async function presentCarriers(db: Queryable, carriers: readonly Carrier[], at: Instant) {
  const memberships = await listMemberships(db);
  const working = new Set((await listCarrierOrganisations(db)).map((entry) => entry.carrierCode));
  return carriers.map((carrier) =>
    carrierView(
      carrier,
      memberships.get(carrier.code)?.state ?? shippedState(carrier),
      working.has(carrier.code),
      at,
    ),
  );
}

function carrierView(carrier: Carrier, state: CarrierState, isWorking: boolean, at: Instant) {
  const { numberFormats, recognised: _default, ...row } = carrier;
  return {
    ...row,
    numberFormats: numberFormats.map((format) => ({
      name: format.name,
      shape: expressionOf(format.shapes),
      checkRule: format.check,
      example: format.example,
    })),
    status: state.status,
    grade: 'grade' in state ? state.grade : undefined,
    trafficPercent: trafficPercent(state, at),
    takesOrders: isWorking && mayTakeOrders(carrier, state, at),
    until: untilOf(state),
  };
}

function untilOf(state: CarrierState): Instant | undefined {
  if (state.status === 'trial' || state.status === 'improvement') return state.until;
  if (state.status === 'eliminated') return state.reapplyFrom;
  return state.status === 'exiting' ? state.lastDay : undefined;
}

export function decisionView({ version, event, byCaller }: RecordedDecision) {
  const { type, ...more } = event;
  return { version, event: type, byCaller, ...more };
}

/** Sources as one scope sees them: its own rows and the default's, never those of another platform. */
export async function presentSources(
  db: Queryable,
  scope: string,
  at: Instant,
  sourceIds: readonly string[] = CARRIERS.map((carrier) => carrier.code),
) {
  const platform = scope === NETWORK_SCOPE ? 'default' : scope;
  const rows = await listRecognition(db, scope === NETWORK_SCOPE ? [] : [scope], sourceIds);
  return CARRIERS.filter((carrier) => sourceIds.includes(carrier.code)).map((carrier) => {
    const ofSource = rows.filter((row) => row.id === carrier.code);
    const own =
      platform === 'default' ? [] : ofSource.filter((row) => row.clientPlatform === platform).map(rowView);
    const ownInForce = own.some((row) => row.from <= at && (row.to === undefined || at < row.to));
    return {
      id: carrier.code,
      kind: carrier.sourceKind,
      recognised: isRecognised(ofSource, platform, carrier.code, at),
      decidedBy: ownInForce ? 'own' : 'default',
      own,
      default: ofSource.filter((row) => row.clientPlatform === 'default').map(rowView),
    };
  });
}

function rowView({ recognised, from, to, proof }: TrackingSource) {
  return { recognised, from, to, proof };
}
