import { HOUR } from '../calendar.ts';
import { after } from './afterwards.ts';
import { nextLocal } from './announce.ts';
import { isHeld, record } from './devices.ts';
import { type TruthAction, type TruthWaiting, wrongCodesOf } from './truth.ts';
import { type PointWorld, parcelOf, pointOf } from './world.ts';

// What happens at a counter whose device has no network: it records, and nobody else knows.

/** Until then it has none. */
const backAt = (world: PointWorld, { point }: TruthWaiting) =>
  pointOf(world, point).plan.outage?.until ?? world.now;

/** With the first of each kind the clerk makes a slip, in every world. */
const isFirstOf = (world: PointWorld, { point }: TruthWaiting, kind: TruthAction['kind']) =>
  !world.cut.get(point)?.actions.some((action) => action.kind === kind);

export function storeOffline(world: PointWorld, truth: TruthWaiting, place: string): void {
  const isFirst = isFirstOf(world, truth, 'store');
  record(world, truth, 'store', { place });
  truth.isInDevice = true;
  // What was brought to the wrong counter stays there.
  const mayErr = truth.way !== 'misdelivered' && !truth.isTakenBack;
  const isSlip = mayErr && (isFirst || truth.way === 'storing_undone' || truth.index % 3 === 2);
  // Of a slip that is seen only when the device is back the network knows already.
  if (isSlip && backAt(world, truth) > world.now + HOUR) after(world, truth, 'again', world.now + HOUR);
}

/** The device checks the code by itself, and counts wrong ones; after five it waits for the network and a supervisor. */
export function fetchOffline(world: PointWorld, truth: TruthWaiting, code: string): void {
  const isFirstWrong = truth.isTried !== true && truth.index % 4 === 0;
  const tries = isHeld(world, truth) ? wrongCodesOf(truth) || Number(isFirstWrong) : 0;
  for (let attempt = 0; attempt < tries; attempt += 1) record(world, truth, 'wrong_code', {});
  if (tries > 0) truth.isTried = true;
  if (tries > 0 && truth.way === 'locked') {
    truth.isLocked = true;
    after(world, truth, 'fetch', backAt(world, truth) + 2 * HOUR);
    return;
  }
  const isFirst = isFirstOf(world, truth, 'hand_out');
  record(world, truth, 'hand_out', { way: 'code', code, fee: 'waived' });
  truth.handedOutBy = 'code';
  truth.isWaived = true;
  truth.state = 'handed_out';
  const isWrongPerson = isFirst || truth.way === 'hand_out_undone' || truth.index % 3 === 1;
  if (isWrongPerson && !truth.isTakenBack) after(world, truth, 'again', world.now + HOUR);
}

/** Takes back what the device recorded last of a parcel; false: it recorded nothing, or is back. */
export function takeBackOffline(world: PointWorld, truth: TruthWaiting): boolean {
  const last = world.cut.get(truth.point)?.actions.findLast(isActOf(truth));
  if (last === undefined) return false;
  const undoes = { undoes: last.clientId };
  const wasStored = last.kind === 'store';
  const undone = wasStored ? 'storing_undone' : 'hand_out_undone';
  record(world, truth, 'undo', undoes, { expects: 'done', undone });
  // Who presses twice takes back nothing the second time.
  if (truth.index % 2 === 0) record(world, truth, 'undo', undoes, { expects: 'nothing_to_undo' });
  truth.isTakenBack = true;
  if (wasStored) {
    delete truth.isInDevice;
    truth.state = 'announced';
    after(world, truth, 'restore', world.now + 2 * HOUR);
    return true;
  }
  truth.state = 'stored';
  truth.isWaived = false;
  delete truth.handedOutBy;
  after(world, truth, 'fetch', nextLocal(world.now + 2 * HOUR, parcelOf(world, truth.index).country, 17));
  return true;
}

const isActOf =
  (truth: TruthWaiting) =>
  ({ parcel, kind }: TruthAction) =>
    parcel === truth.index && (kind === 'store' || kind === 'hand_out');
