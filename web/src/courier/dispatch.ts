import type { Dispatcher, FieldRecord, Settled } from '../field/record.ts';
import { isRefusedAs } from '../field/refusal.ts';
import { FUTURE, photoFirst, SENT, sendTimed, settledBy } from '../field/sending.ts';
import type { CourierApi } from './courier-api.ts';
import type { CourierTask, ReportTask } from './tasks.ts';

type Keep = (record: FieldRecord<CourierTask>) => Promise<void>;
type Of<Kind extends CourierTask['kind']> = FieldRecord<Extract<CourierTask, { kind: Kind }>>;

/** So many reports the server takes at a time. */
const REPORTS_AT_ONCE = 100;

/** Records go in their order; reports that follow each other go together, each with its own answer. */
export function courierDispatcher(api: CourierApi): Dispatcher<CourierTask> {
  return {
    together: (waiting) => {
      const other = waiting.findIndex((one) => one.task.kind !== 'report');
      return Math.min(REPORTS_AT_ONCE, other === -1 ? waiting.length : Math.max(1, other));
    },
    send: async (batch, keep) => {
      const [first] = batch;
      if (first?.task.kind === 'report') return sendReports(api, batch as Of<'report'>[], keep);
      return Promise.all(batch.map((one) => sendTimed(one, keep, (now, at) => act(api, now, at))));
    },
  };
}

async function sendReports(api: CourierApi, batch: readonly Of<'report'>[], keep: Keep): Promise<Settled[]> {
  const answers = new Map<string, Settled>();
  const ready: Of<'report'>[] = [];
  for (const one of batch) {
    const photographed = await withPhoto(api, one, keep);
    if ('outcome' in photographed) answers.set(one.id, photographed);
    else ready.push(photographed);
  }
  for (const [id, answer] of await report(api, ready)) answers.set(id, answer);
  const early = ready.filter((one) => {
    const answer = answers.get(one.id);
    return answer?.outcome === 'refused' && answer.code === FUTURE && one.task.isNow !== true;
  });
  if (early.length > 0) {
    const now = early.map((one) => ({ ...one, task: { ...one.task, isNow: true } }));
    for (const one of now) await keep(one);
    for (const [id, answer] of await report(api, now)) answers.set(id, answer);
  }
  return batch.map((one) => answers.get(one.id) ?? { outcome: 'refused', code: 'internal', detail: '' });
}

async function withPhoto(api: CourierApi, one: Of<'report'>, keep: Keep): Promise<Of<'report'> | Settled> {
  try {
    return await photoFirst<ReportTask>(
      one,
      keep as (record: Of<'report'>) => Promise<void>,
      api.uploadPhoto,
    );
  } catch (error) {
    return settledBy(error);
  }
}

async function report(api: CourierApi, batch: readonly Of<'report'>[]): Promise<[string, Settled][]> {
  if (batch.length === 0) return [];
  const results = await api.report(
    batch.map(({ id, at, task }) => ({
      ...task.report,
      delivery_id: task.deliveryId,
      client_id: id,
      ...(task.isNow ? {} : { occurred_at: at }),
      ...(task.photoId === undefined ? {} : { photo_id: task.photoId }),
    })),
  );
  return batch.map((one, index) => {
    const result = results[index];
    return [
      one.id,
      result === undefined || result.outcome === 'taken'
        ? SENT
        : { outcome: 'refused', code: result.code ?? 'internal', detail: result.detail ?? '' },
    ];
  });
}

async function act(api: CourierApi, one: FieldRecord<CourierTask>, at: string | undefined): Promise<void> {
  const { task, id } = one;
  switch (task.kind) {
    case 'depart':
    case 'close':
      return api.moveRun(task.kind, task.runId, id, at);
    case 'set_out':
      // A visit that was called off says so.
      if (!BEYOND.has(await toDoor(api, task.pickupId, id)))
        await api.step('departure', task.pickupId, `${id}-departure`);
      return;
    case 'collect': {
      const state = await toDoor(api, task.pickupId, id);
      if (state === 'on_the_way') await checkCode(api, task.pickupId, task.code);
      return api.collect(task.pickupId, task.parcels, id, at);
    }
    case 'fail':
      return api.fail(task.pickupId, task.reason, id, at);
    case 'refuse':
      await toDoor(api, task.pickupId, id);
      return api.refuse(task.pickupId, task.reason, id, at);
    case 'hand_over':
      return api.step('handover', task.pickupId, id);
    case 'report':
      throw new Error('reports go together');
  }
}

/** A right code whose answer was lost cannot be checked again, and need not. */
async function checkCode(api: CourierApi, pickupId: string, code: string): Promise<void> {
  try {
    await api.checkCode(pickupId, code);
  } catch (error) {
    const isVerified =
      isRefusedAs(error, 'pickup_state_conflict') && (await api.pickupState(pickupId)) === 'code_verified';
    if (!isVerified) throw error;
  }
}

const BEYOND: ReadonlySet<string> = new Set(['on_the_way', 'code_verified', 'collected', 'handed_over']);

/** Whatever of the way to the door the server does not know yet. Answers the state of the visit. */
async function toDoor(api: CourierApi, pickupId: string, id: string): Promise<string> {
  let state = await api.pickupState(pickupId);
  if (state === 'assigned') {
    await api.step('acceptance', pickupId, `${id}-acceptance`);
    state = 'accepted';
  }
  if (state === 'accepted') {
    await api.step('departure', pickupId, `${id}-departure`);
    state = 'on_the_way';
  }
  return state;
}
