import type { Dispatcher, FieldRecord } from '../field/record.ts';
import { type Keep, photoFirst, SENT, sendTimed, settledBy } from '../field/sending.ts';
import type { WarehouseTask, WarehouseTaskOf } from './tasks.ts';
import type { WarehouseApi } from './warehouse-api.ts';

type Of<Kind extends WarehouseTask['kind']> = FieldRecord<WarehouseTaskOf<Kind>>;
type Photographed = 'reject' | 'fail_outbound';

/** So many scans the server takes at a time. */
const SCANS_AT_ONCE = 200;

/** Scans of one handover that follow each other go together; all else goes alone, in order. */
export function warehouseDispatcher(api: WarehouseApi): Dispatcher<WarehouseTask> {
  return {
    together: (waiting) => {
      const first = waiting[0]?.task;
      if (first?.kind !== 'arrive') return 1;
      const other = waiting.findIndex(
        ({ task }) => task.kind !== 'arrive' || task.handoverId !== first.handoverId,
      );
      return Math.min(SCANS_AT_ONCE, other === -1 ? waiting.length : other);
    },
    send: async (batch, keep) => {
      const [first] = batch;
      if (first?.task.kind === 'arrive') return arrive(api, batch as Of<'arrive'>[]);
      return Promise.all(batch.map((one) => sendTimed(one, keep, (now, at) => act(api, now, at, keep))));
    },
  };
}

/** Scanned again changes nothing at the server; what it refuses, it refuses for the whole handover. */
async function arrive(api: WarehouseApi, batch: readonly Of<'arrive'>[]) {
  const scans = batch.map(({ task: { number, issue } }) => ({
    number,
    ...(issue === undefined ? {} : { issue }),
  }));
  const [first] = batch;
  try {
    // The last record names the batch: one more scan makes another batch of it.
    await api.arrive(first?.task.handoverId ?? '', scans, batch.at(-1)?.id ?? '');
    return batch.map(() => SENT);
  } catch (error) {
    const refused = settledBy(error);
    return batch.map(() => refused);
  }
}

async function act(
  api: WarehouseApi,
  one: FieldRecord<WarehouseTask>,
  at: string | undefined,
  keep: Keep<WarehouseTask>,
): Promise<void> {
  const { task, id } = one;
  switch (task.kind) {
    case 'sign':
      return api.sign(task.handoverId, id);
    case 'inbound':
      return api.inbound(task.shipmentId, task.parcels, id, at);
    case 'outbound':
    case 'dispatch':
      return api.move(task.kind, task.shipmentId, id, at);
    case 'reject':
    case 'fail_outbound': {
      const { task: told } = await photoFirst<WarehouseTaskOf<Photographed>>(
        one as Of<Photographed>,
        keep as Keep<WarehouseTaskOf<Photographed>>,
        (photo, key) => api.uploadPhoto(task.shipmentId, photo, key),
      );
      const { photoId } = told;
      if (told.kind === 'reject')
        return api.reject(told.shipmentId, { reason: told.reason, photoId }, id, at);
      return api.failOutbound(told.shipmentId, { reason: told.reason, photoId }, id, at);
    }
    case 'arrive':
      throw new Error('scans go together');
  }
}
