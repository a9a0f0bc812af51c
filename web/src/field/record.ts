/** Who made a record and in which world: nobody else's session may send it. */
export type Whose = { readonly person: string; readonly world: 'live' | 'test' };

/**
 * Something that happened in the field, written down on the device first and sent once. `id` goes with it as client_id
 * or idempotency key, so that a repetition after a lost answer has no second effect.
 */
export type FieldRecord<Task = unknown> = Whose & {
  /** Order of the device; given by the store. */
  readonly seq: number;
  readonly id: string;
  /** What it is about: a delivery, a visit, a handover, a shipment. */
  readonly about: string;
  /** For people: a parcel's number, or the name of a visit. */
  readonly label: string;
  /** When it happened. */
  readonly at: string;
  readonly task: Task;
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly settledAt?: string;
  /** The id of what the server made or changed by it, where it says one. */
  readonly made?: string;
  /** Why the server refused it. */
  readonly code?: string;
  readonly detail?: string;
};

/** `id`: where the server may have heard of it under this name. */
export type Draft<Task> = Pick<FieldRecord<Task>, 'about' | 'label' | 'task'> & { readonly id?: string };

/** What became of a record that the server has answered. */
export type Settled =
  | { readonly outcome: 'sent'; readonly made?: string | undefined }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string };

/** How a face sends its records. */
export type Dispatcher<Task> = {
  /** How many of those that wait, from the first on, go together. At least one. */
  readonly together: (waiting: readonly FieldRecord<Task>[]) => number;
  /** One answer for each, in their order. Throws when no answer came. `keep` writes down how far it got. */
  readonly send: (
    batch: readonly FieldRecord<Task>[],
    keep: (record: FieldRecord<Task>) => Promise<void>,
  ) => Promise<readonly Settled[]>;
};

/** Why sending stopped: nothing is lost, it goes on by itself or after the next log-in. */
export type Stop = 'offline' | 'session' | 'server';

const HOUR_MS = 3_600_000;
/** What was sent is shown for a while, so that one sees that it was. */
export const SHOWN_AFTER_SENT_MS = 24 * HOUR_MS;

export function isOf(record: Whose, whose: Whose): boolean {
  return record.person === whose.person && record.world === whose.world;
}

export function countsOf(records: readonly Pick<FieldRecord, 'state'>[]) {
  const count = (state: FieldRecord['state']) => records.filter((one) => one.state === state).length;
  return { waiting: count('waiting'), refused: count('refused'), sent: count('sent') };
}

/** What a record leaves behind once it is settled: no name, no PIN, no picture. */
export function settled<Task>(record: FieldRecord<Task>, answer: Settled, now: string): FieldRecord<Task> {
  const { code: _code, detail: _detail, ...rest } = record;
  const { kind, issue } = record.task as { kind?: string; issue?: string };
  return answer.outcome === 'sent'
    ? {
        ...rest,
        state: 'sent',
        settledAt: now,
        ...(answer.made === undefined ? {} : { made: answer.made }),
        task: { kind, ...(issue === undefined ? {} : { issue }) } as Task,
      }
    : { ...rest, state: 'refused', settledAt: now, code: answer.code, detail: answer.detail };
}
