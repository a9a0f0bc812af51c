import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { expect, test } from 'vitest';
import type { FieldRecord } from '../field/record.ts';
import type { CourierApi } from './courier-api.ts';
import { courierDispatcher } from './dispatch.ts';
import type { CourierTask } from './tasks.ts';

const AT = '2026-11-29T08:00:00Z';
let last = 0;
function recordOf(task: CourierTask): FieldRecord<CourierTask> {
  last += 1;
  const whose = { person: 'per_1', world: 'live', state: 'waiting', label: '', about: 'x' } as const;
  return { ...whose, seq: last, id: `record-${last}`, at: AT, task };
}
const report = (more: Partial<Extract<CourierTask, { kind: 'report' }>> = {}) =>
  recordOf({ kind: 'report', deliveryId: `dlv_${last}`, report: { outcome: 'refused' }, ...more });
const problem = (code: string, status = 422) =>
  new PostroadProblem({
    ...{ status, code, title: code, detail: '', errors: [] },
    ...{ requestId: undefined, retryAfterSeconds: undefined },
  });
const away = () => Promise.reject(new PostroadConnectionError('network', '/v1', undefined));

/** A server that answers as it is told; `calls` is what it was asked. */
function serverWith(more: Partial<CourierApi> = {}) {
  const calls: unknown[][] = [];
  const note =
    <T>(name: string, answer: T) =>
    async (...given: unknown[]) => {
      calls.push([name, ...given]);
      return answer;
    };
  const api = {
    uploadPhoto: note('uploadPhoto', 'prf_1'),
    report: async (reports: readonly unknown[]) => {
      calls.push(['report', reports]);
      return reports.map(() => ({ outcome: 'taken' }));
    },
    pickupState: note('pickupState', 'assigned'),
    ...Object.fromEntries(
      ['moveRun', 'step', 'checkCode', 'collect', 'fail', 'refuse'].map((name) => [
        name,
        note(name, undefined),
      ]),
    ),
    ...more,
  } as unknown as CourierApi;
  return { calls, dispatcher: courierDispatcher(api) };
}
const kept: FieldRecord<CourierTask>[] = [];
const keep = async (record: FieldRecord<CourierTask>) => {
  kept.push(record);
};

test('reports that follow each other go together, a hundred at most; all else goes alone', () => {
  const { dispatcher } = serverWith();
  const depart = recordOf({ kind: 'depart', runId: 'run_1' });
  expect(dispatcher.together([report(), report(), depart, report()])).toBe(2);
  expect(dispatcher.together([depart, report()])).toBe(1);
  expect(dispatcher.together(Array.from({ length: 130 }, () => report()))).toBe(100);
});

test('each report has its own answer, in order', async () => {
  const { dispatcher } = serverWith({
    report: async () => [{ outcome: 'taken' }, { outcome: 'refused', code: 'pin_wrong', detail: '4 left' }],
  });
  expect(await dispatcher.send([report(), report()], keep)).toEqual([
    { outcome: 'sent' },
    { outcome: 'refused', code: 'pin_wrong', detail: '4 left' },
  ]);
});

test('a photo goes before its report, is written down, and never goes twice', async () => {
  const { dispatcher, calls } = serverWith();
  const one = report({ photo: new Blob(['x'], { type: 'image/jpeg' }) });
  await dispatcher.send([one], keep);
  expect(calls.map(([name]) => name)).toEqual(['uploadPhoto', 'report']);
  expect(calls[0]?.[2]).toBe(`photo-${one.id}`);
  expect(calls[1]?.[1]).toMatchObject([{ photo_id: 'prf_1', client_id: one.id, occurred_at: AT }]);
  const saved = kept.findLast((record) => record.id === one.id);
  expect(saved?.task).toMatchObject({ photoId: 'prf_1', photo: undefined });
  const again = serverWith();
  await again.dispatcher.send(saved === undefined ? [] : [saved], keep);
  expect(again.calls.map(([name]) => name)).toEqual(['report']);
});

test('a refused photo settles its report and lets the others go', async () => {
  const { dispatcher } = serverWith({ uploadPhoto: () => Promise.reject(problem('proof_not_an_image')) });
  const answers = await dispatcher.send([report({ photo: new Blob(['x']) }), report()], keep);
  expect(answers).toMatchObject([{ code: 'proof_not_an_image' }, { outcome: 'sent' }]);
});

test('a clock that runs ahead is not believed: the server’s is taken, and that is written down first', async () => {
  let tries = 0;
  const { dispatcher } = serverWith({
    report: async ([first]) => {
      tries += 1;
      return [
        first?.occurred_at === undefined
          ? { outcome: 'taken' }
          : { outcome: 'refused', code: 'occurred_in_future' },
      ];
    },
  });
  const one = report();
  expect(await dispatcher.send([one], keep)).toEqual([{ outcome: 'sent' }]);
  expect(tries).toBe(2);
  expect(kept.findLast((record) => record.id === one.id)?.task.isNow).toBe(true);
});

test('no answer is no settlement', async () => {
  await expect(serverWith({ report: away }).dispatcher.send([report()], keep)).rejects.toThrow();
  const fail = recordOf({ kind: 'fail', pickupId: 'pku_1', reason: 'nobody_there' });
  await expect(serverWith({ fail: away }).dispatcher.send([fail], keep)).rejects.toThrow();
});

const collect = () => recordOf({ kind: 'collect', pickupId: 'pku_1', code: '4711', parcels: [] });

test('a visit is brought to the door before it is collected, each step with a key of its own', async () => {
  const { dispatcher, calls } = serverWith();
  const one = collect();
  expect(await dispatcher.send([one], keep)).toEqual([{ outcome: 'sent' }]);
  expect(calls).toEqual([
    ['pickupState', 'pku_1'],
    ['step', 'acceptance', 'pku_1', `${one.id}-acceptance`],
    ['step', 'departure', 'pku_1', `${one.id}-departure`],
    ['checkCode', 'pku_1', '4711'],
    ['collect', 'pku_1', [], one.id, AT],
  ]);
});

test('a code whose right answer was lost is not checked again; a wrong one is refused', async () => {
  const states = ['on_the_way', 'code_verified'];
  const lost = serverWith({
    pickupState: async () => states.shift() ?? 'code_verified',
    checkCode: () => Promise.reject(problem('pickup_state_conflict', 409)),
  });
  expect(await lost.dispatcher.send([collect()], keep)).toEqual([{ outcome: 'sent' }]);
  const wrong = serverWith({ checkCode: () => Promise.reject(problem('pickup_code_wrong')) });
  expect(await wrong.dispatcher.send([collect()], keep)).toMatchObject([{ code: 'pickup_code_wrong' }]);
  expect(wrong.calls.map(([name]) => name)).not.toContain('collect');
});

test('setting out for a visit that was called off is refused, for one under way it is done', async () => {
  const setOut = () => recordOf({ kind: 'set_out', pickupId: 'pku_1' });
  const off = serverWith({
    pickupState: async () => 'cancelled',
    step: () => Promise.reject(problem('pickup_state_conflict', 409)),
  });
  expect(await off.dispatcher.send([setOut()], keep)).toMatchObject([{ outcome: 'refused' }]);
  const underWay = serverWith({ pickupState: async () => 'on_the_way' });
  expect(await underWay.dispatcher.send([setOut()], keep)).toEqual([{ outcome: 'sent' }]);
});
