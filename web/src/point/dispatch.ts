import type { Dispatcher, FieldRecord, Settled } from '../field/record.ts';
import { isRefusedAs } from '../field/refusal.ts';
import { type Keep, SENT, sendTimed, settledBy } from '../field/sending.ts';
import type { Brought } from './codes.ts';
import type { PointApi, SyncResult } from './point-api.ts';
import type { DeviceTask, PointTask, PointTaskOf } from './tasks.ts';

/** So many actions of a device the server takes at a time. */
const ACTIONS_AT_ONCE = 200;
/** A refusal with this before it is a conflict that the server keeps for a person. */
export const CONFLICT = 'conflict.';
/** The code of goods that were taken without reading it opens nothing. */
export const UNMATCHED = 'unread.unmatched';

const DEVICE_KINDS = ['store', 'hand_out', 'wrong_code', 'undo'] as const satisfies DeviceTask['kind'][];

/** Acts of the device that follow each other go together, each with its own answer; all else goes alone, in order. */
export function pointDispatcher(api: PointApi): Dispatcher<PointTask> {
  return {
    together: (waiting) => {
      const first = waiting[0]?.task;
      if (first === undefined || !isCounted(first)) return 1;
      const other = waiting.findIndex(
        ({ task }) => !isCounted(task) || task.pointId !== first.pointId || task.deviceId !== first.deviceId,
      );
      return Math.min(ACTIONS_AT_ONCE, other === -1 ? waiting.length : other);
    },
    send: async (batch, keep) => {
      const [first] = batch;
      if (first !== undefined && isCounted(first.task)) return sync(api, batch as FieldRecord<DeviceTask>[]);
      const answers: Settled[] = [];
      for (const one of batch) answers.push(await alone(api, one, keep));
      return answers;
    },
  };
}

function isCounted(task: PointTask): task is DeviceTask {
  return DEVICE_KINDS.some((kind) => kind === task.kind);
}

async function sync(api: PointApi, batch: readonly FieldRecord<DeviceTask>[]): Promise<Settled[]> {
  const [first] = batch;
  if (first === undefined) return [];
  const { pointId, deviceId } = first.task;
  const actions = batch.map(({ id, at, task }) => ({ ...task.action, client_id: id, occurred_at: at }));
  const results = await api.sync(pointId, deviceId, actions);
  const byId = new Map(results.map((one) => [one.client_id, one]));
  return batch.map(({ id }) => settledAs(byId.get(id)));
}

/** What happened once is sent, also when an earlier answer was lost; a conflict stays until somebody has understood it. */
function settledAs(result: SyncResult | undefined): Settled {
  if (result === undefined) return { outcome: 'refused', code: 'internal', detail: '' };
  const { outcome, conflict, detail = '', shelf_parcel_id } = result;
  if (outcome === 'refused') return { outcome: 'refused', code: detail, detail };
  if (conflict !== undefined) return { outcome: 'refused', code: `${CONFLICT}${conflict}`, detail };
  return { outcome: 'sent', made: shelf_parcel_id };
}

async function alone(api: PointApi, one: FieldRecord<PointTask>, keep: Keep<PointTask>): Promise<Settled> {
  const { task } = one;
  if (task.kind === 'take_unread')
    return takeUnread(api, one as FieldRecord<PointTaskOf<'take_unread'>>, keep);
  if (task.kind !== 'hand_over' && task.kind !== 'hand_over_mailing')
    return sendTimed(one, keep, (now, at) => act(api, now, at, keep));
  let code: string | undefined;
  const settled = await sendTimed(one, keep, async () => {
    code =
      task.kind === 'hand_over'
        ? await api.handOver(task.pointId, task.returnId, one.id)
        : await api.handOverMailing(task.pointId, task.mailingId, one.id);
  });
  return code === undefined || settled !== SENT ? settled : { outcome: 'refused', code, detail: code };
}

async function act(
  api: PointApi,
  one: FieldRecord<PointTask>,
  at: string | undefined,
  keep: Keep<PointTask>,
): Promise<void> {
  const { task, id } = one;
  switch (task.kind) {
    case 'move':
      return api.move(task.parcelId, task.place, id);
    case 'report':
      return api.report(task.parcelId, task.problem, id);
    case 'resolve':
      return api.resolve(task.parcelId, task.resolution, id);
    case 'set_aside':
      return api.setAside(task.parcelId, task.reason, id);
    case 'send_back':
      return api.sendBack(task.parcelId, id);
    case 'take_return':
      return atVisit(task, 'return', api.openReturn, () =>
        takeReturn(api, one as FieldRecord<PointTaskOf<'take_return'>>, at, keep),
      );
    case 'turn_away':
      return atVisit(task, 'return', api.openReturn, () => api.turnAway(task.returnId, task.reason, id));
    case 'take_mailing':
      return atVisit(task, 'mailing', api.openMailing, () =>
        api.takeMailing(task.mailingId, task.intake, id),
      );
    case 'turn_mailing_away':
      return atVisit(task, 'mailing', api.openMailing, () =>
        api.turnMailingAway(task.mailingId, task.reason, id),
      );
    case 'store':
    case 'hand_out':
    case 'wrong_code':
    case 'undo':
    case 'hand_over':
    case 'hand_over_mailing':
    case 'take_unread':
      throw new Error(`${task.kind} is sent in another way`);
  }
}

/**
 * A code opens its case for two hours. What was recorded without a network may come later: then the code that was shown
 * opens it once more.
 */
async function atVisit(
  { pointId, code }: { readonly pointId: string; readonly code: string },
  use: Brought,
  open: (pointId: string, code: string) => Promise<void>,
  attempt: () => Promise<void>,
): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!isRefusedAs(error, `${use}_visit_over`) && !isRefusedAs(error, 'not_found')) throw error;
    await open(pointId, code);
    await attempt();
  }
}

/** What was taken is told first, then its pictures one by one. A code that opens nothing is shown until somebody has looked. */
async function takeUnread(
  api: PointApi,
  one: FieldRecord<PointTaskOf<'take_unread'>>,
  keep: Keep<PointTask>,
): Promise<Settled> {
  const { task, id, at } = one;
  try {
    const told = { ...task.goods, client_id: id, occurred_at: at };
    const unread = task.unread ?? (await api.recordUnread(task.pointId, task.deviceId, told));
    let { photos } = task;
    await keep({ ...one, task: { ...task, unread } });
    while (photos.length > 0) {
      const [photo, ...rest] = photos as [Blob, ...Blob[]];
      await api.uploadUnreadPicture(unread.id, photo, `photo-${rest.length}-${id}`);
      photos = rest;
      await keep({ ...one, task: { ...task, unread, photos } });
    }
    return unread.isMatched ? SENT : { outcome: 'refused', code: UNMATCHED, detail: task.goods.code };
  } catch (error) {
    return settledBy(error);
  }
}

/** Pictures are there before the intake that names them; their ids are written down, so that each goes once. */
async function takeReturn(
  api: PointApi,
  one: FieldRecord<PointTaskOf<'take_return'>>,
  at: string | undefined,
  keep: Keep<PointTask>,
): Promise<void> {
  let { photos, pictureIds } = one.task;
  while (photos.length > 0) {
    const [photo, ...rest] = photos as [Blob, ...Blob[]];
    const pictureId = await api.uploadPicture(
      one.task.returnId,
      photo,
      `photo-${pictureIds.length}-${one.id}`,
    );
    photos = rest;
    pictureIds = [...pictureIds, pictureId];
    await keep({ ...one, task: { ...one.task, photos, pictureIds } });
  }
  const occurred = at === undefined ? {} : { occurred_at: at };
  const intake = { ...one.task.intake, picture_ids: [...pictureIds], ...occurred };
  await api.takeReturn(one.task.returnId, intake, one.id);
}
