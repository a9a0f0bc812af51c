import type { FieldRecord, Settled } from './record.ts';
import { isRefusedAs, refusalOf } from './refusal.ts';

/** `isNow`: the device's clock runs ahead of the server's, whose own is taken then. */
export type Timed = { readonly isNow?: boolean };
export type Keep<Task> = (record: FieldRecord<Task>) => Promise<void>;

export const SENT: Settled = { outcome: 'sent' };
export const FUTURE = 'occurred_in_future';

/** A refusal settles a record; everything else is thrown on. */
export function settledBy(error: unknown): Settled {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  return refusal;
}

/** Sends one record with its time; without it when the server says that this has not come yet. */
export async function sendTimed<Task extends Timed>(
  one: FieldRecord<Task>,
  keep: Keep<Task>,
  act: (one: FieldRecord<Task>, at: string | undefined) => Promise<void>,
): Promise<Settled> {
  try {
    await act(one, one.task.isNow ? undefined : one.at);
    return SENT;
  } catch (error) {
    if (!isRefusedAs(error, FUTURE) || one.task.isNow) return settledBy(error);
    const now = { ...one, task: { ...one.task, isNow: true } };
    await keep(now);
    return sendTimed(now, keep, act);
  }
}

type WithPhoto = Timed & { readonly photo?: Blob | undefined; readonly photoId?: string };

/** The photo is there before what names it; its id is written down, so that it goes once. */
export async function photoFirst<Task extends WithPhoto>(
  one: FieldRecord<Task>,
  keep: Keep<Task>,
  upload: (photo: Blob, key: string) => Promise<string>,
): Promise<FieldRecord<Task>> {
  const { photo, photoId } = one.task;
  if (photo === undefined || photoId !== undefined) return one;
  const id = await upload(photo, `photo-${one.id}`);
  const kept = { ...one, task: { ...one.task, photo: undefined, photoId: id } };
  await keep(kept);
  return kept;
}
