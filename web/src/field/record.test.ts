import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { expect, test } from 'vitest';
import { countsOf, type FieldRecord, isOf, settled } from './record.ts';
import { refusalOf, stopOf } from './refusal.ts';

const RECORD: FieldRecord<{ kind: string; pin: string }> = {
  ...{ seq: 1, id: 'a'.repeat(32), person: 'per_1', world: 'live', about: 'dlv_1', label: 'PRC1' },
  ...{ at: '2026-11-29T08:00:00Z', state: 'waiting', task: { kind: 'report', pin: '1234' } },
};
const problem = (status: number, code: string) =>
  new PostroadProblem({
    ...{ status, code, title: 'No', detail: 'Because.', errors: [] },
    ...{ requestId: undefined, retryAfterSeconds: undefined },
  });

test('what was sent leaves nothing personal behind; what was refused keeps all and says why', () => {
  const sent = settled(RECORD, { outcome: 'sent' }, '2026-11-29T08:01:00Z');
  expect(sent).toMatchObject({ state: 'sent', task: { kind: 'report' } });
  expect(JSON.stringify(sent)).not.toContain('1234');
  const refused = settled(RECORD, { outcome: 'refused', code: 'pin_wrong', detail: 'No.' }, sent.at);
  expect(refused).toMatchObject({ state: 'refused', code: 'pin_wrong', task: { pin: '1234' } });
});

test('a record belongs to a person in a world', () => {
  expect(isOf(RECORD, { person: 'per_1', world: 'live' })).toBe(true);
  expect(isOf(RECORD, { person: 'per_2', world: 'live' })).toBe(false);
  expect(isOf(RECORD, { person: 'per_1', world: 'test' })).toBe(false);
  expect(countsOf([RECORD, { state: 'sent' }])).toEqual({ waiting: 1, refused: 0, sent: 1 });
});

test.each([
  [new PostroadConnectionError('network', '/v1', undefined), 'offline'],
  [new TypeError('failed to fetch'), 'offline'],
  [problem(401, 'unauthenticated'), 'session'],
  [problem(403, 'csrf_refused'), 'session'],
  [problem(429, 'rate_limited'), 'server'],
  [problem(503, 'overloaded'), 'server'],
  [problem(409, 'idempotency_in_flight'), 'server'],
] as const)('no answer about the matter: %s', (error, stop) => {
  expect(stopOf(error)).toBe(stop);
  expect(refusalOf(error)).toBeUndefined();
});

test('a refusal is an answer', () => {
  expect(refusalOf(problem(422, 'pin_wrong'))).toEqual({
    outcome: 'refused',
    code: 'pin_wrong',
    detail: 'Because.',
  });
});
