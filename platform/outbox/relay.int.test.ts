import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../network/kernel/index.ts';
import { accepted } from '../../network/kernel/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { sql } from '../db/index.ts';
import type { Work } from '../world/index.ts';
import type { PublishedEvent } from './event.ts';
import { type Reaction, reactionOfAll } from './reaction.ts';
import { type Relay, startRelay } from './relay.ts';
import {
  buryEvent,
  listEventsAfter,
  numberCommittedEvents,
  outboxAgeSeconds,
  purgeEvents,
  restConsumer,
} from './store.ts';

let bed: TestWorld;
let relays: Relay[] = [];
let failures: { reaction: string; dead: boolean; message: string }[] = [];

beforeEach(async () => {
  bed = await startTestWorld();
  relays = [];
  failures = [];
  await bed.owner.query(
    'create table public.effect (consumer text, event_id text, subject_id text, number bigserial)',
  );
  await bed.owner.query('grant all on public.effect to postroad_app');
  await bed.owner.query('grant all on sequence public.effect_number_seq to postroad_app');
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  await bed.stop();
});

function relay(...reactions: Reaction[]): Relay {
  const started = startRelay(bed.world, reactions, (reaction, error, dead) =>
    failures.push({ reaction, dead, message: (error as Error).message }),
  );
  relays.push(started);
  return started;
}

/** A reaction whose effect is a row, so that a doubled or lost effect can be counted. */
function recorder(
  name: string,
  then?: (event: PublishedEvent, work: Work) => Promise<void> | void,
): Reaction {
  return {
    name,
    on: ['Counted'],
    run: async (work, event: PublishedEvent<never>) => {
      await work.db.run(
        sql`insert into public.effect (consumer, event_id, subject_id) values (${name}, ${event.eventId}, ${`${event.subjectId}:${event.subjectSequence}`})`,
      );
      await then?.(event, work);
    },
  };
}

const counted = (subjectId: string, subjectSequence: number, type = 'Counted') => ({
  type,
  group: { organisationId: 'org_a' },
  subjectId,
  subjectSequence,
  audience: [],
  payload: {},
});

const emit = (subjectId: string, subjectSequence = 1, type = 'Counted') =>
  bed.world.command('network', async (work) => {
    work.emit(counted(subjectId, subjectSequence, type));
    return accepted(undefined);
  });

async function effects(consumer: string): Promise<string[]> {
  const result = await bed.owner.query(
    'select subject_id from public.effect where consumer = $1 order by number',
    [consumer],
  );
  return result.rows.map((row) => row.subject_id);
}

async function positions(): Promise<{ subject: string; position: number | null }[]> {
  const result = await bed.owner.query(`
    select subject_id, subject_sequence, position from platform.outbox_organisation
    union all select subject_id, subject_sequence, position from platform.outbox_parcel order by position nulls last`);
  return result.rows.map((row) => ({
    subject: `${row.subject_id}:${row.subject_sequence}`,
    position: row.position === null ? null : Number(row.position),
  }));
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400 && !(await isDone()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(await isDone()).toBe(true);
}

const noRest = () => bed.owner.query('update platform.consumer set retry_after = null');

test('an event arrives as it was told, in either group', async () => {
  const told: PublishedEvent[] = [];
  const one = relay(recorder('as_told', async (event) => void told.push(event)));
  const event = {
    ...counted('s1', 1),
    audience: ['org_a', 'a "quoted" {one}, with \\ and 货'],
    payload: { text: '"\\n\n货', list: [{ n: 1.5 }, null], nested: { empty: {} } },
  };
  await bed.world.command('network', async (work) => {
    work.emit(event);
    work.emit({ ...event, group: { bucket: 7 }, subjectId: 's2' });
    return accepted(undefined);
  });
  await one.idle();
  const { audience, payload } = event;
  expect(told).toMatchObject([
    { audience, payload, subjectId: 's1', organisationId: 'org_a' },
    { audience, payload, subjectId: 's2', organisationId: undefined },
  ]);
});

test('16 producers at once give numbers without gaps, every effect once, each subject in its order', async () => {
  const first = relay(recorder('a'), recorder('b'));
  const second = relay(recorder('a'), recorder('b'));
  await Promise.all(
    Array.from({ length: 16 }, async (_, producer) => {
      for (let sequence = 1; sequence <= 20; sequence += 1) {
        await bed.world.command('network', async (work) => {
          work.emit(counted(`s${producer}`, sequence));
          if (sequence % 3 === 0)
            work.emit({ ...counted(`p${producer}`, sequence / 3), group: { bucket: producer } });
          return accepted(undefined);
        });
      }
    }),
  );
  await first.idle();
  await second.idle();
  const numbered = await positions();
  expect(numbered.map((row) => row.position)).toEqual(numbered.map((_, index) => index + 1));
  for (const consumer of ['a', 'b']) {
    const seen = await effects(consumer);
    expect(seen).toHaveLength(16 * 26);
    expect(new Set(seen).size).toBe(seen.length);
    for (let producer = 0; producer < 16; producer += 1) {
      const mine = seen.filter((subject) => subject.startsWith(`s${producer}:`));
      expect(mine).toEqual(Array.from({ length: 20 }, (_, index) => `s${producer}:${index + 1}`));
    }
  }
  expect(failures).toEqual([]);
});

test('two transactions that gave a subject the same number do not wait for each other for ever', async () => {
  await emit('twin', 1);
  await emit('twin', 1);
  await relay(recorder('a')).idle();
  expect((await positions()).filter((row) => row.position === null)).toEqual([]);
  expect(await effects('a')).toEqual(['twin:1', 'twin:1']);
});

test('a transaction that writes for long holds later events back, and none of them is passed over', async () => {
  const running = relay(recorder('a'));
  await bed.owner.query('begin');
  await bed.owner.query(`insert into platform.outbox_organisation
    (organisation_id, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload)
    values ('org_a', 'evt_0', 'Counted', 'early', 1, '{}', now(), '{}')`);
  await emit('late');
  await running.idle();
  expect(await effects('a')).toEqual([]);
  const age = await bed.world.read('network', (db) =>
    outboxAgeSeconds(db, '2100-01-01T00:00:00.000Z' as Instant),
  );
  expect(age).toBeGreaterThan(0);
  await bed.owner.query('commit');
  await running.idle();
  expect(await effects('a')).toEqual(['early:1', 'late:1']);
});

test('a subject keeps its order although an earlier transaction commits later', async () => {
  // The first begins to write, then waits for the subject while the second changes it: 1 by the second, 2 by the first.
  await bed.owner.query('begin');
  await bed.owner.query('select pg_current_xact_id()');
  await emit('x', 1);
  await bed.owner.query(`insert into platform.outbox_organisation
    (organisation_id, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload)
    values ('org_a', 'evt_0', 'Counted', 'x', 2, '{}', now(), '{}')`);
  await bed.owner.query('commit');
  await relay(recorder('a')).idle();
  expect(await effects('a')).toEqual(['x:1', 'x:2']);
  expect((await positions()).map((row) => row.position)).toEqual([1, 2]);
});

test('what comes after an event that waits for its turn waits with it', async () => {
  // 1 by the second transaction, 2 by the first, 3 by the third: 2 waits for 1, so 3 must wait for 2.
  await bed.owner.query('begin');
  await bed.owner.query('select pg_current_xact_id()');
  await emit('x', 1);
  await bed.owner.query(`insert into platform.outbox_organisation
    (organisation_id, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload)
    values ('org_a', 'evt_0', 'Counted', 'x', 2, '{}', now(), '{}')`);
  await bed.owner.query('commit');
  await emit('x', 3);
  await emit('y', 1);
  await relay(recorder('a')).idle();
  expect((await effects('a')).filter((effect) => effect.startsWith('x'))).toEqual(['x:1', 'x:2', 'x:3']);
});

test('an effect happens once although its reaction throws after it', async () => {
  let thrown = 0;
  const running = relay(
    recorder('a', (event) => {
      if (event.subjectId === 's3' && thrown < 2) {
        thrown += 1;
        throw new Error('dropped in the middle');
      }
    }),
  );
  for (let number = 0; number < 6; number += 1) await emit(`s${number}`);
  for (let tries = 0; tries < 4; tries += 1) {
    await running.idle();
    await noRest();
  }
  expect(thrown).toBe(2);
  expect(await effects('a')).toEqual(['s0:1', 's1:1', 's2:1', 's3:1', 's4:1', 's5:1']);
  expect(failures.every((failure) => !failure.dead)).toBe(true);
});

test('a poison event is put aside after its tries; those around it and other reactions go on', async () => {
  const running = relay(
    recorder('a', (event) => {
      if (event.subjectId === 's3') throw new Error('poison');
    }),
    recorder('b'),
  );
  for (let number = 0; number < 6; number += 1) await emit(`s${number}`);
  await running.idle();
  expect(await effects('b')).toHaveLength(6);
  expect(await effects('a')).toEqual(['s0:1', 's1:1', 's2:1']);
  for (let tries = 0; tries < 6; tries += 1) {
    await noRest();
    await running.idle();
  }
  await until(async () => (await effects('a')).length === 5);
  expect(await effects('a')).toEqual(['s0:1', 's1:1', 's2:1', 's4:1', 's5:1']);
  const dead = await bed.owner.query('select consumer, type, failure from platform.dead_letter');
  expect(dead.rows).toEqual([{ consumer: 'a', type: 'Counted', failure: 'Error: poison' }]);
  expect(failures.filter((failure) => failure.dead)).toHaveLength(1);
  expect(failures).toHaveLength(6);
});

test('a poison event among those taken together is found, and those around it take effect once and in order', async () => {
  const sizes: number[] = [];
  const together = reactionOfAll('a', ['Counted'], async (work, events) => {
    sizes.push(events.length);
    for (const event of events) {
      await work.db.run(
        sql`insert into public.effect (consumer, event_id, subject_id) values ('a', ${event.eventId}, ${event.subjectId})`,
      );
      if (event.subjectId === 'poison') throw new Error('no');
    }
  });
  await bed.world.command('network', async (work) => {
    for (const subject of ['s1', 's2', 'poison', 's3', 's4']) work.emit(counted(subject, 1));
    return accepted(undefined);
  });
  const running = relay(together);
  await until(async () => {
    await noRest();
    await running.idle();
    return failures.some((failure) => failure.dead);
  });
  await running.idle();
  expect(sizes[0]).toBe(5);
  expect(await effects('a')).toEqual(['s1', 's2', 's3', 's4']);
  const dead = await bed.owner.query(
    'select o.subject_id from platform.dead_letter d join platform.outbox_organisation o using (event_id)',
  );
  expect(dead.rows).toEqual([{ subject_id: 'poison' }]);
});

test('a reaction that fails is tried again by itself after its rest', async () => {
  let thrown = false;
  const running = relay(
    recorder('a', () => {
      if (!thrown) {
        thrown = true;
        throw new Error('once');
      }
    }),
  );
  await emit('s');
  running.wake();
  await until(async () => (await effects('a')).length === 1);
});

test('two processes never work on one cursor at once', async () => {
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = false;
  const slow = relay(
    recorder('a', async () => {
      entered = true;
      await held;
    }),
  );
  await emit('s0');
  slow.wake();
  await until(async () => entered);
  const quick = relay(recorder('a'));
  await quick.idle();
  expect(await effects('a')).toEqual([]);
  release?.();
  await slow.idle();
  expect(await effects('a')).toEqual(['s0:1']);
});

test('a failure that is written late moves no cursor back', async () => {
  await emit('s0');
  await emit('s1');
  await relay(recorder('a')).idle();
  await relays[0]?.stop();
  const before = await bed.owner.query("select position, failures from platform.consumer where name = 'a'");
  await bed.database.transaction('network', async (tx) => {
    const [event] = await listEventsAfter(tx, 0, ['Counted'], 1);
    const stale = { position: 0, failures: 5, restMs: 0 };
    await restConsumer(tx, 'a', stale, 1_000);
    await buryEvent(tx, 'a', stale, event!, 'late', bed.world.clock.now());
    return { keep: true, value: undefined };
  });
  const after = await bed.owner.query("select position, failures from platform.consumer where name = 'a'");
  expect(after.rows).toEqual(before.rows);
  expect((await bed.owner.query('select * from platform.dead_letter')).rowCount).toBe(0);
});

test('what a reaction emits reaches the others', async () => {
  const running = relay(recorder('b'), {
    name: 'echo',
    on: ['Called'],
    run: async (work, event: PublishedEvent<never>) => work.emit(counted(event.subjectId, 2)),
  });
  await emit('s', 1, 'Called');
  await running.idle();
  expect(await effects('b')).toEqual(['s:2']);
});

test('a consumer made later begins with the first kept event', async () => {
  const running = relay(recorder('a'));
  await emit('s0');
  await running.idle();
  const later = relay(recorder('late'));
  await later.idle();
  expect(await effects('late')).toEqual(['s0:1']);
});

test('events are purged when all living consumers have passed them, also those for others', async () => {
  const running = relay(recorder('a'), { name: 'rare', on: ['Never'], run: async () => undefined });
  await bed.owner.query(
    "insert into platform.consumer (name, position, seen_at) values ('removed', 0, '2020-01-01')",
  );
  await emit('s0');
  await emit('s1', 1, 'Other');
  const purge = (before: string) =>
    bed.database.transaction('network', async (tx) => ({
      keep: true,
      value: await purgeEvents(tx, before as Instant),
    }));
  expect(await purge('2100-01-01T00:00:00.000Z')).toBe(0);
  await running.idle();
  expect(await purge('2000-01-01T00:00:00.000Z')).toBe(0);
  // Other databases of the test cluster may hold the horizon back for a moment.
  let purged = 0;
  await until(async () => {
    await running.idle();
    purged += await purge('2100-01-01T00:00:00.000Z');
    return purged >= 2;
  });
  expect(purged).toBe(2);
});

test('an idle relay writes nothing, not even a row lock', async () => {
  const running = relay(recorder('a'));
  await emit('s0');
  await running.idle();
  const marks = async () =>
    (
      await bed.owner.query(
        'select xmin::text, xmax::text from platform.relay union all select xmin::text, position::text from platform.consumer',
      )
    ).rows;
  const before = await marks();
  for (let look = 0; look < 5; look += 1) await running.idle();
  expect(await marks()).toEqual(before);
});

test('a limit smaller than what waits still gives numbers without gaps', async () => {
  for (let number = 0; number < 7; number += 1) await emit(`s${number}`);
  const counts: number[] = [];
  // Other databases of the test cluster may hold the horizon back for a moment.
  await until(async () => {
    const numbered = await bed.database.transaction('network', async (tx) => ({
      keep: true,
      value: await numberCommittedEvents(tx, 3),
    }));
    counts.push(numbered.events.length);
    return (await positions()).every((row) => row.position !== null);
  });
  expect(Math.max(...counts)).toBeLessThanOrEqual(3);
  expect((await positions()).map((row) => row.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
