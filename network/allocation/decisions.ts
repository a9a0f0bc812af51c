import type { Work } from '../../platform/world/index.ts';
import type { Instant, Position } from '../kernel/index.ts';
import { NETWORK } from '../rulebooks/index.ts';
import { insertDecision } from './decision-store.ts';
import { DemandUnserved } from './events.ts';
import {
  type Decision,
  type DecisionWay,
  type Demand,
  type Excluded,
  KEPT_CANDIDATES,
  KEPT_EXCLUDED,
  type ReservationId,
} from './model.ts';
import type { Weighed, Weighing } from './weigh.ts';

/** How a demand ended: at which point and hour, and which ones filled up before it. */
export type Ending = {
  readonly option: Weighed | undefined;
  readonly startsAt: Instant | undefined;
  readonly how: DecisionWay;
  readonly lost: readonly Weighed[];
  readonly reservationId: ReservationId | undefined;
};

export function decisionOf(work: Work, demand: Demand, weighing: Weighing, ending: Ending): Decision {
  const { option, lost, how, startsAt, reservationId } = ending;
  const candidates = weighing.options.slice(0, KEPT_CANDIDATES).map(({ candidate }) => candidate);
  // The one that got it is always among them: a chosen point may be far down.
  if (option !== undefined && !candidates.some(({ pointId }) => pointId === option.point.id))
    candidates.push(option.candidate);
  return {
    id: work.newId('dec'),
    decidedAt: work.now,
    how,
    madeFor: demand.madeFor,
    demand: coarseDemand(demand),
    rulebookVersionId: weighing.rulebookVersionId,
    pointId: option?.point.id,
    organisationId: option?.point.organisationId,
    reservationId,
    startsAt,
    candidates,
    excluded: weighing.excluded.slice(0, KEPT_EXCLUDED),
    lost: lost.map(({ point }) => point.id),
  };
}

/** In the network's scope, whose row it is: no point network had a part in it. */
export function recordUnservedDecision(
  work: Work,
  demand: Demand,
  weighing: Pick<Weighing, 'excluded' | 'rulebookVersionId'>,
): void {
  const decision = decisionOf(
    work,
    demand,
    { options: [], ...weighing },
    { option: undefined, startsAt: undefined, how: 'unserved', lost: [], reservationId: undefined },
  );
  insertDecision(work.db, decision);
  const { service, country, subject, parcels, position } = decision.demand;
  const counts = Map.groupBy(weighing.excluded, ({ reason }) => reason);
  work.emit({
    type: DemandUnserved.name,
    group: { organisationId: NETWORK },
    subjectId: decision.id,
    subjectSequence: 1,
    audience: [],
    payload: {
      decisionId: decision.id,
      occurredAt: work.now,
      service,
      country,
      position,
      subject,
      parcels,
      reasons: [...counts].map(([reason, points]: [string, readonly Excluded[]]) => ({
        reason,
        points: points.length,
      })),
    },
  });
}

/** What may be kept of a demand: no address, no postcode, no index of a person, the place to a kilometre. */
function coarseDemand(demand: Demand): Decision['demand'] {
  const { position, addressKey: _, phoneIndex: __, madeFor: ___, postcode: ____, ...kept } = demand;
  return { ...kept, position: coarse(position) };
}

export function coarse({ latitude, longitude }: Position): Position {
  return { latitude: Math.round(latitude * 100) / 100, longitude: Math.round(longitude * 100) / 100 };
}
