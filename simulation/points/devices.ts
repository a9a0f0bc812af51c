import { HOUR, instantOf } from '../calendar.ts';
import { refusalOf } from '../caller.ts';
import { afterStoring, gone, readCode } from './afterwards.ts';
import { happened, type TruthAction, type TruthWaiting } from './truth.ts';
import { type CutDevice, countOf, officeOf, type PointWorld, pointOf, schedule, waitingOf } from './world.ts';

/** One message of a device holds at most so many actions. */
const BATCH = 200;
/** How far clocks of devices are off: some stand right, some lost their time zone, one its date. */
const CLOCKS = [0, 0, -7 * HOUR, 0, 26 * HOUR];

const pathOf = (world: PointWorld, point: number) => ({ path: { point_id: pointOf(world, point).id } });

/** The counter's device loses its network; what it may hand out without one it was lent a moment before. */
export async function cut(world: PointWorld, point: number): Promise<void> {
  const { counter, plan } = pointOf(world, point);
  const name = `device-${world.plan.seed}-${point}`;
  const lease = await counter.post('/v1/points/{point_id}/device-leases', {
    params: pathOf(world, point),
    body: { device_id: name },
  });
  const device: CutDevice = {
    ...{ name, deviceId: lease.device_id, actions: [], bodies: [] },
    clockOff: CLOCKS[point % CLOCKS.length] ?? 0,
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

/** By the clock of the device, at a second of its own in this hour. */
export function record(
  world: PointWorld,
  truth: TruthWaiting,
  kind: TruthAction['kind'],
  more: object,
  expects?: Pick<TruthAction, 'expects' | 'undone'>,
): void {
  const device = cutAt(world, truth.point);
  const clientId = `action-${String(device.actions.length + 1).padStart(5, '0')}`;
  const at = nextMoment(world, device);
  const said = at + device.clockOff;
  device.actions.push({
    ...{ deviceId: device.deviceId, clientId, point: truth.point, parcel: truth.index, kind },
    ...{ number: truth.number, at, said, answers: [] },
    ...(expects ?? { expects: kind !== 'hand_out' || isHeld(world, truth) ? 'done' : 'not_leased' }),
  });
  device.bodies.push({
    client_id: clientId,
    kind,
    number: truth.number,
    occurred_at: instantOf(said),
    ...more,
  });
  countOf(world, `recorded without a network: ${kind}`);
}

function cutAt(world: PointWorld, point: number): CutDevice {
  const device = world.cut.get(point);
  if (device === undefined) throw new Error(`the device of point ${point} is not alone`);
  return device;
}

/** May the device hand it out by itself? */
export function isHeld(world: PointWorld, truth: TruthWaiting): boolean {
  const device = cutAt(world, truth.point);
  return device.holds.has(truth.number) && device.leasedUntil >= nextMoment(world, device);
}

const nextMoment = ({ now }: PointWorld, { actions }: CutDevice) => now + (actions.length + 1) * 1_000;

/**
 * It is back: some that it took back is told before what it took back, then everything in its order, and once more, because
 * the device did not hear the first answer.
 */
export async function back(world: PointWorld, point: number): Promise<void> {
  const device = world.cut.get(point);
  if (device === undefined) throw new Error(`the device of point ${point} was never away`);
  const { counter } = pointOf(world, point);
  const undone = device.actions.filter(({ kind, expects }) => kind === 'undo' && expects === 'done');
  const early = undone.filter((_action, index) => index % 2 === 0);
  for (const action of early) {
    action.isEarly = true;
    countOf(world, 'taken back before its act was told');
  }
  for (const actions of [early, device.actions, device.actions]) await tell(world, device, point, actions);
  await counter.post('/v1/points/{point_id}/device-leases/release', {
    params: pathOf(world, point),
    body: { device_id: device.name },
  });
  world.cut.delete(point);
  world.truth.actions.push(...device.actions);
  for (const action of device.actions) {
    learn(world, waitingOf(world, action.parcel), action);
    if (action.expects !== 'done') await resolve(world, action);
  }
  const last = new Map(device.actions.filter(isChange).map((action) => [action.parcel, action]));
  for (const [parcel, action] of last) await follow(world, waitingOf(world, parcel), action);
}

/** What it recorded, as its messages hold it; every answer is written down. */
async function tell(
  world: PointWorld,
  device: CutDevice,
  point: number,
  actions: readonly TruthAction[],
): Promise<void> {
  const bodies = new Map(device.actions.map((action, index) => [action, device.bodies[index]]));
  for (let from = 0; from < actions.length; from += BATCH) {
    const told = actions.slice(from, from + BATCH);
    const { results } = await pointOf(world, point).counter.post('/v1/points/{point_id}/sync', {
      params: pathOf(world, point),
      body: {
        ...{ device_id: device.name, device_time: instantOf(world.now + device.clockOff) },
        actions: told.map((action) => bodies.get(action)) as never,
      },
    });
    for (const [index, { outcome, conflict }] of results.entries())
      told[index]?.answers.push(conflict === undefined ? outcome : `${outcome} ${conflict}`);
  }
}

const isChange = ({ kind, expects }: TruthAction) => kind !== 'wrong_code' && expects !== 'nothing_to_undo';

/** A conflict that a person has looked at. */
async function resolve(world: PointWorld, action: TruthAction): Promise<void> {
  await officeOf(world, action.point).post('/v1/points/{point_id}/sync-conflicts/resolution', {
    params: pathOf(world, action.point),
    body: {
      ...{ device_id: action.deviceId, client_id: action.clientId },
      resolution: 'The people of the counter were asked.',
    },
  });
  countOf(world, 'conflicts looked at');
}

/** What the network knows now of what the device did, act by act. */
function learn(world: PointWorld, truth: TruthWaiting, action: TruthAction): void {
  const { kind, at, undone, answers, isEarly } = action;
  const isDone = answers[0] === 'done' || isEarly === true;
  if (kind === 'wrong_code') happened(truth, 'code_wrong');
  if (kind === 'store') {
    delete truth.isInDevice;
    if (!isDone) return;
    truth.storedAt = at;
    world.truth.arrivals.push({ point: truth.point, at });
    happened(truth, 'stored');
  }
  if (kind === 'hand_out') {
    const { state } = truth;
    gone(world, truth, 'handed_out');
    // It may be back on the shelf by now.
    if (state !== undefined) truth.state = state;
    truth.goneAt = at;
    happened(truth, 'handed_out');
  }
  if (kind === 'undo' && isDone && undone !== undefined) {
    delete truth.goneAt;
    happened(truth, undone);
  }
}

/** What comes next for a parcel, after the last that the device did with it. */
async function follow(world: PointWorld, truth: TruthWaiting, { kind, undone, answers }: TruthAction) {
  const isBack = kind === 'undo' && undone === 'hand_out_undone';
  if (isBack) return readCode(world, truth);
  if (kind !== 'store' || answers[0] !== 'done') return;
  truth.state = 'stored';
  await readCode(world, truth);
  afterStoring(world, truth);
}
