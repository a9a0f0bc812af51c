import { type IdSource, type Instant, idFromUuid, type Outcome } from '../../network/kernel/index.ts';
import type { Clock } from '../clock/index.ts';
import { uuidv7Bytes } from '../crypto/index.ts';
import type { Database, Queryable, Scope, Transaction } from '../db/index.ts';
import { insertJobs, type NewJob } from '../jobs/store.ts';
import type { OutgoingEvent } from '../outbox/event.ts';
import { appendEvents } from '../outbox/store.ts';

/**
 * One unit of work: a transaction with the time and the ids that commands need, and the events and jobs that leave
 * with its commit. Nothing of it can happen without the rest.
 */
export type Work = {
  readonly db: Queryable;
  readonly now: Instant;
  readonly newId: IdSource;
  /** In which world it happens, for what lies outside of its database. */
  readonly world: World['name'];
  emit(event: OutgoingEvent): void;
  schedule(job: NewJob): void;
  /** Goes on in the name of another organisation (row-level security), e.g. the owner of a resource. */
  actFor(scope: Scope): Promise<void>;
};

/** The live network or the test network: a database, a clock, and nothing shared. */
export type World = {
  readonly name: 'live' | 'test';
  readonly database: Database;
  readonly clock: Clock;
  /** Commits when the outcome is accepted, rolls back when it is refused or `body` throws. */
  command<Value, Code extends string>(
    scope: Scope,
    body: (work: Work) => Promise<Outcome<Value, Code>>,
  ): Promise<Outcome<Value, Code>>;
  /** A read in one snapshot. */
  read<T>(scope: Scope, body: (db: Queryable, now: Instant) => Promise<T>): Promise<T>;
  /** Called after each commit that left work to be done now. */
  onCommit(listener: (left: Left) => void): void;
  /** For the holder of a transaction of its own, after its commit. */
  signalCommit(left: Left): void;
};

/** What a commit left for others: events to number, jobs that are due. A job of a later time is found in its time. */
export type Left = { readonly events: boolean; readonly dueJobs: boolean };
export const NOTHING_LEFT: Left = { events: false, dueJobs: false };

/** Of the id that is being made. */
const uuid = new Uint8Array(16);

export const newId: IdSource = (prefix) => idFromUuid(prefix, uuidv7Bytes(Date.now(), uuid));

export function createWorld(name: 'live' | 'test', database: Database, clock: Clock): World {
  const listeners: ((left: Left) => void)[] = [];
  const signalCommit = (left: Left) => {
    if (!left.events && !left.dueJobs) return;
    for (const listener of listeners) listener(left);
  };
  return {
    name,
    database,
    clock,
    command: async (scope, body) => {
      let left = NOTHING_LEFT;
      const outcome = await database.transaction(scope, async (tx) => {
        const { work, flush } = openWork(tx, clock.now(), name);
        const value = await body(work);
        if (value.ok) left = flush();
        return { keep: value.ok, value };
      });
      signalCommit(left);
      return outcome;
    },
    read: (scope, body) => database.read(scope, (tx) => body(tx, clock.now())),
    onCommit: (listener) => {
      listeners.push(listener);
    },
    signalCommit,
  };
}

/** `scope`: the one that stood when it was told; undefined: the one in which the transaction was opened. */
type Told = { readonly event: OutgoingEvent; readonly scope: Scope | undefined };

/** Exposed for the few callers that hold a transaction of their own (relay, jobs). `flush` writes what is to leave, together with the commit. */
export function openWork(
  tx: Transaction,
  now: Instant,
  world: World['name'],
): { work: Work; flush: () => Left } {
  const events: Told[] = [];
  const jobs: NewJob[] = [];
  let standing: Scope | undefined;
  const work: Work = {
    db: tx,
    now,
    newId,
    world,
    emit: (event) => {
      events.push({ event, scope: standing });
    },
    schedule: (job) => {
      jobs.push(job);
    },
    actFor: (scope) => {
      standing = scope;
      return tx.setScope(scope);
    },
  };
  const write = (told: readonly OutgoingEvent[]) => {
    if (told.length > 0) appendEvents(tx, told, now, newId);
  };
  const flush = () => {
    const here: OutgoingEvent[] = [];
    const elsewhere: Told[] = [];
    for (const told of events)
      if (told.scope === undefined || covers(standing, told.event)) here.push(told.event);
      else elsewhere.push(told);
    write(here);
    // What was told in another's name, such as of a point that a merchant's command reserved, is written in that name.
    for (const { event, scope } of elsewhere) {
      if (scope !== undefined) void tx.setScope(scope);
      write([event]);
    }
    if (jobs.length > 0) insertJobs(tx, jobs, newId);
    return { events: events.length > 0, dueJobs: jobs.some((job) => job.runAt <= now) };
  };
  return { work, flush };
}

function covers(scope: Scope | undefined, { group }: OutgoingEvent): boolean {
  if (scope === undefined || scope === 'network' || !('organisationId' in group)) return true;
  return scope.organisationId === group.organisationId;
}
