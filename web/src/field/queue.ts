import { newIdempotencyKey } from '@postroad/sdk';
import { useSyncExternalStore } from 'react';
import { hasCsrfToken } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import {
  type Dispatcher,
  type Draft,
  type FieldRecord,
  isOf,
  type Settled,
  SHOWN_AFTER_SENT_MS,
  type Stop,
  settled,
  type Whose,
} from './record.ts';
import { stopOf } from './refusal.ts';
import { empty, readAll, remove, write } from './store.ts';

export type Queue = {
  /** Of who is logged in, oldest first. */
  readonly records: readonly FieldRecord[];
  /** Of others who worked with this device and have not logged out: kept for them. */
  readonly others: number;
  readonly isSending: boolean;
  readonly stopped: Stop | undefined;
};

const EVERY_MS = 20_000;
const LOCK = 'postroad-field';

let whose: Whose | undefined;
let dispatcher: Dispatcher<unknown> | undefined;
let confirmSession: () => Promise<unknown> = () => Promise.resolve();
let all: readonly FieldRecord[] = [];
let queue: Queue = { records: [], others: 0, isSending: false, stopped: undefined };
let sending: Promise<void> | undefined;
const listeners = new Set<() => void>();
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('postroad-field') : undefined;

function show(more: Partial<Queue> = {}): void {
  const mine = whose;
  queue = {
    ...queue,
    records: mine === undefined ? [] : all.filter((one) => isOf(one, mine)),
    others: mine === undefined ? 0 : all.filter((one) => !isOf(one, mine) && one.state === 'waiting').length,
    ...more,
  };
  for (const listener of listeners) listener();
}

async function load(): Promise<void> {
  all = await readAll<FieldRecord>('records');
  const old = Date.now() - SHOWN_AFTER_SENT_MS;
  for (const one of all)
    if (one.state === 'sent' && Date.parse(one.settledAt ?? one.at) < old) await remove('records', one.seq);
  all = all.filter((one) => one.state !== 'sent' || Date.parse(one.settledAt ?? one.at) >= old);
  show();
}

async function keep(record: FieldRecord): Promise<void> {
  await write('records', record);
  all = all.map((one) => (one.seq === record.seq ? record : one));
  show();
}

/** Begins to send what waits: at once, when the network is back, when the page is looked at, and now and then. */
export function runQueue<Task>(
  of: Whose,
  how: Dispatcher<Task>,
  /** Asks the server who is logged in: a page that was opened without a network does not know it yet. */
  confirm: () => Promise<unknown>,
): () => void {
  whose = of;
  dispatcher = how as Dispatcher<unknown>;
  confirmSession = confirm;
  const go = () => void sendWaiting();
  const online = () => {
    show({ stopped: undefined });
    void queryClient.invalidateQueries({ queryKey: ['kept'] });
    go();
  };
  const look = () => document.visibilityState === 'visible' && go();
  const offline = () => show({ stopped: 'offline' });
  addEventListener('online', online);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', look);
  const timer = setInterval(go, EVERY_MS);
  const onNews = () => void load();
  channel?.addEventListener('message', onNews);
  if (navigator.onLine === false) offline();
  void load().then(go);
  return () => {
    whose = undefined;
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', look);
    clearInterval(timer);
    channel?.removeEventListener('message', onNews);
  };
}

/**
 * Writes something down, then tries to send it. Answers it as it stands then: sent, refused, or waiting when there is
 * no network. What was refused about the same thing before gives way.
 */
export async function record<Task>(draft: Draft<Task>, patienceMs = 8_000): Promise<FieldRecord<Task>> {
  if (whose === undefined) throw new Error('nobody is logged in');
  for (const old of all)
    if (old.about === draft.about && old.state === 'refused' && isOf(old, whose)) await dismiss(old);
  const at = new Date().toISOString();
  const fresh = { id: newIdempotencyKey(), ...draft, ...whose, at, state: 'waiting' } as const;
  const seq = Number(await write('records', fresh));
  const kept: FieldRecord<Task> = { ...fresh, seq };
  all = [...all, kept];
  show();
  channel?.postMessage('news');
  await Promise.race([sendWaiting(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  return (all.find((one) => one.seq === seq) ?? kept) as FieldRecord<Task>;
}

/** Takes a record off the list: somebody has seen what became of it. */
export async function dismiss(one: FieldRecord): Promise<void> {
  await remove('records', one.seq);
  all = all.filter((other) => other.seq !== one.seq);
  show();
  channel?.postMessage('news');
}

/** Sends all that waits, in order, once each. One at a time in the browser, whatever the number of tabs. */
export function sendWaiting(): Promise<void> {
  if (sending !== undefined) return sending.then(() => (hasWaiting() ? sendWaiting() : undefined));
  if (!hasWaiting()) return Promise.resolve();
  if (navigator.onLine === false) {
    show({ stopped: 'offline' });
    return Promise.resolve();
  }
  show({ isSending: true, stopped: undefined });
  const work = navigator.locks === undefined ? drain() : navigator.locks.request(LOCK, drain);
  sending = work.finally(() => {
    sending = undefined;
    show({ isSending: false });
    channel?.postMessage('news');
  });
  return sending;
}

const hasWaiting = () => queue.stopped !== 'session' && queue.records.some((one) => one.state === 'waiting');

async function drain(): Promise<void> {
  // Another tab may have sent some of them.
  await load();
  let hasSent = false;
  try {
    if (!hasCsrfToken()) await confirmSession();
    for (;;) {
      const waiting = queue.records.filter((one) => one.state === 'waiting');
      if (waiting.length === 0 || dispatcher === undefined) break;
      const batch = waiting.slice(0, Math.max(1, dispatcher.together(waiting)));
      const answers: readonly Settled[] = await dispatcher.send(batch, keep);
      for (const [index, one] of batch.entries()) {
        const answer = answers[index];
        if (answer === undefined) throw new Error('a record was left without an answer');
        const latest = all.find((other) => other.seq === one.seq) ?? one;
        await keep(settled(latest, answer, new Date().toISOString()));
      }
      hasSent = true;
    }
    show({ stopped: undefined });
  } catch (error) {
    show({ stopped: stopOf(error) ?? 'server' });
  }
  if (hasSent) void queryClient.invalidateQueries({ queryKey: ['kept'] });
}

/** After a new log-in of the same person it goes on. */
export function resume(): void {
  show({ stopped: undefined });
  void sendWaiting();
}

/** Everything of everybody, from this device. */
export async function wipeRecords(): Promise<void> {
  await empty('records');
  all = [];
  show();
  channel?.postMessage('news');
}

export function useQueue(): Queue {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => queue,
  );
}

/** Does the server's answer of `at` not know of it yet? */
export function isAhead(record: FieldRecord, at: string | undefined): boolean {
  return record.state === 'waiting' || (record.state === 'sent' && (record.settledAt ?? '') > (at ?? ''));
}

/** The latest about something that an answer of `at` does not know yet. */
export function useAhead<Task>(about: string, at: string | undefined): FieldRecord<Task> | undefined {
  return useQueue().records.findLast((one) => one.about === about && isAhead(one, at)) as
    | FieldRecord<Task>
    | undefined;
}

/** The latest that was written down about something and is not settled well. */
export function useOpenRecord<Task>(about: string): FieldRecord<Task> | undefined {
  return useQueue().records.findLast((one) => one.about === about && one.state !== 'sent') as
    | FieldRecord<Task>
    | undefined;
}
