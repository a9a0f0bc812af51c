import { type Reply, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome } from '../kernel/index.ts';
import type { ShipmentStep } from './decide.ts';
import type { Shipment } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { type StepInput, takeStep } from './step.ts';
import { presentShipments } from './views.ts';

/** Codes that any step of a shipment may be refused with. */
export const STEP_REFUSALS = ['state_conflict', 'occurred_in_future', 'synthetic_in_live'];

type StepCall = {
  readonly work: Work;
  readonly db: Work['db'];
  readonly owner: string;
  readonly caller: Principal;
  readonly relation: string;
  readonly params: { readonly shipmentId: string };
};
type StepBody = {
  readonly occurredAt?: Instant | undefined;
  readonly synthetic?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly evidence?: object | undefined;
};

/** Takes a step for a route and answers the shipment as its caller may see it. */
export async function answerStep(
  call: StepCall,
  ports: ShipmentPorts,
  step: ShipmentStep,
  body: StepBody,
  change?: (shipment: Shipment) => Shipment,
): Promise<Outcome<Reply>> {
  const input: StepInput = {
    shipmentId: call.params.shipmentId,
    occurredAt: body.occurredAt,
    reason: body.reason,
    evidence: body.evidence,
    synthetic: body.synthetic,
  };
  const outcome = await takeStep(call.work, call.owner, call.caller, step, input, ports.freight, change);
  if (!outcome.ok) return outcome;
  const [view] = await presentShipments(
    { db: call.db, vault: ports.vault, now: call.work.now },
    [outcome.value],
    call.relation,
    { detail: false },
  );
  return accepted(replyWith(200, view));
}
