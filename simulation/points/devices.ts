import { HOUR, instantOf } from '../calendar.ts';
import { refusalOf } from '../caller.ts';
import { afterStoring, gone, readCode } from './afterwards.ts';
import { happened, type TruthAction, type TruthWaiting } from './truth.ts';
import { type CutDevice, countOf, officeOf, type PointWorld, pointOf, schedule, waitingOf } from './world.ts';

/** One message of a device holds at most so many actions. */
const BATCH = 200;

const pathOf = (world: PointWorld, point: number) => ({ path: { point_id: pointOf(world, point).id } });

/** The counter's device loses its network; what it may hand out without one it was lent a moment before. */
export async function cut(world: PointWorld, point: number): Promise<void> {
  const { counter, plan } = pointOf(world, point);
  const deviceId = `device-${world.plan.seed}-${point}`;
  const lease = await counter.post('/v1/points/{point_id}/device-leases', {
    params: pathOf(world, point),
    body: { device_id: deviceId },
  });
  const device: CutDevice = {
    ...{ deviceId, actions: [], bodies: [] },
    ...{ leasedUntil: Date.parse(lease.until), holds: new Set(lease.parcels.map(({ number }) => number)) },
  };
  world.cut.set(point, device);
  countOf(world, 'outages');
  await tryElsewhere(world, point, lease.parcels[0]?.id);
  schedule(world, { kind: 'device', step: 'back', point, at: plan.outage?.until ?? world.now + 5 * HOUR });
}

/** What the absent device holds nobody else may hand out: it may be in somebody's hands already. */
async function tryElsewhere(world: PointWorld, point: number, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const { leasedElsewhere } = world.truth;
  leasedElsewhere.tried += 1;
  const refusal = await refusalOf(
    officeOf(world, point).post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
      params: { path: { shelf_parcel_id: id } },
      body: { way: 'identity', identity: { document: 'passport' }, fee: 'waived' },
    }),
  );
  if (refusal === 'shelf_leased_elsewhere') leasedElsewhere.refused += 1;
}

export function recordStore(world: PointWorld, truth: TruthWaiting, place: string): void {
  record(world, truth, 'store', { place });
  truth.isInDevice = true;
}

export function recordHandOut(world: PointWorld, truth: TruthWaiting, code: string): void {
  record(world, truth, 'hand_out', { way: 'code', code, fee: 'waived' });
  truth.handedOutBy = 'code';
  truth.isWaived = true;
  truth.state = 'handed_out';
}

function record(world: PointWorld, truth: TruthWaiting, kind: TruthAction['kind'], more: object): void {
  const device = world.cut.get(truth.point);
  if (device === undefined) throw new Error(`the device of point ${truth.point} is not alone`);
  const clientId = `action-${String(device.actions.length + 1).padStart(5, '0')}`;
  const isHeld = device.holds.has(truth.number) && device.leasedUntil >= world.now;
  device.actions.push({
    ...{ deviceId: device.deviceId, clientId, point: truth.point, parcel: truth.index, kind },
    ...{ number: truth.number, at: world.now, answers: [] },
    expects: kind === 'store' || isHeld ? 'done' : 'not_leased',
  });
  device.bodies.push({
    ...{ client_id: clientId, kind, number: truth.number, occurred_at: instantOf(world.now), ...more },
  });
  countOf(world, `recorded without a network: ${kind}`);
}

/** It is back: everything is told in its order, and once more, because the device did not hear the first answer. */
export async function back(world: PointWorld, point: number): Promise<void> {
  const device = world.cut.get(point);
  if (device === undefined) throw new Error(`the device of point ${point} was never away`);
  const { counter } = pointOf(world, point);
  for (let round = 0; round < 2; round += 1)
    for (let from = 0; from < device.bodies.length; from += BATCH) {
      const { results } = await counter.post('/v1/points/{point_id}/sync', {
        params: pathOf(world, point),
        body: { device_id: device.deviceId, actions: device.bodies.slice(from, from + BATCH) as never },
      });
      for (const [index, { outcome, conflict }] of results.entries())
        device.actions[from + index]?.answers.push(
          conflict === undefined ? outcome : `${outcome} ${conflict}`,
        );
    }
  await counter.post('/v1/points/{point_id}/device-leases/release', {
    params: pathOf(world, point),
    body: { device_id: device.deviceId },
  });
  world.cut.delete(point);
  world.truth.actions.push(...device.actions);
  for (const action of device.actions) await follow(world, action);
}

/** What the network knows now, and what comes next for the parcel. */
async function follow(world: PointWorld, action: TruthAction): Promise<void> {
  const truth = waitingOf(world, action.parcel);
  const [answer = ''] = action.answers;
  if (action.kind === 'store') {
    delete truth.isInDevice;
    if (answer !== 'done') return;
    truth.state = 'stored';
    truth.storedAt = action.at;
    world.truth.arrivals.push({ point: truth.point, at: action.at });
    happened(truth, 'stored');
    await readCode(world, truth);
    return afterStoring(world, truth);
  }
  gone(world, truth, 'handed_out');
  truth.goneAt = action.at;
  happened(truth, 'handed_out');
  if (answer === 'done') return;
  await officeOf(world, action.point).post('/v1/points/{point_id}/sync-conflicts/resolution', {
    params: pathOf(world, action.point),
    body: {
      ...{ device_id: action.deviceId, client_id: action.clientId },
      resolution: 'The recipient has it, and signed for it.',
    },
  });
  countOf(world, 'conflicts looked at');
}
