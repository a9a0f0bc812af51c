import { z } from 'zod';
import { openRoute } from '../network/accounts/index.ts';
import { accepted, type Catalogue, instantSchema, refused } from '../network/kernel/index.ts';
import type { WorldClock } from '../platform/clock/index.ts';
import { type Route, replyWith } from '../platform/http/index.ts';
import { openWork } from '../platform/world/index.ts';

export const SYSTEM_ERRORS = {
  clock_goes_forward: {
    status: 422,
    title: 'A clock is only set forward',
    advice: 'Give an instant that is not before the present one of the test world.',
  },
  test_world_only: {
    status: 422,
    title: 'Only the test world has a clock to set',
    advice: 'Use a prd_test_ key.',
  },
} as const satisfies Catalogue;

const clockSchema = z.object({ now: instantSchema, running: z.boolean() }).meta({ id: 'TestClock' });
const setClockSchema = z.strictObject({
  now: instantSchema,
  running: z.boolean().default(false).meta({ description: 'false: the clock stands until it is set again.' }),
});

/** Routes that belong to no room: the contract itself and the test world's clock. */
export function systemRoutes(clock: WorldClock, openApi: () => string): readonly Route[] {
  return [
    openRoute({
      operation: 'readOpenApi',
      method: 'GET',
      path: '/openapi.json',
      tag: 'system',
      summary: 'This contract',
      effect: 'own',
      answers: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
      handle: async () =>
        accepted({
          kind: 'bytes',
          status: 200,
          contentType: 'application/json; charset=utf-8',
          bytes: openApi(),
        }),
    }),
    openRoute({
      operation: 'readTestClock',
      method: 'GET',
      path: '/v1/test/clock',
      tag: 'system',
      summary: 'What time it is in the test world',
      effect: 'own',
      answers: { 200: { description: 'The clock', body: clockSchema } },
      refusals: ['test_world_only'],
      handle: async ({ world }) =>
        world.name === 'test'
          ? accepted(replyWith(200, { now: clock.now(), running: clock.isRunning() }))
          : refused('test_world_only', ''),
    }),
    openRoute({
      operation: 'setTestClock',
      method: 'POST',
      path: '/v1/test/clock',
      tag: 'system',
      summary: 'Set the clock of the test world, forward only',
      effect: 'own',
      body: setClockSchema,
      answers: { 200: { description: 'The clock', body: clockSchema } },
      refusals: ['clock_goes_forward', 'test_world_only'],
      handle: async ({ world, body, note }) => {
        if (world.name !== 'test') return refused('test_world_only', '');
        const setting = { at: body.now, running: body.running };
        const noted = (tx: Parameters<typeof openWork>[0]) =>
          note(openWork(tx, clock.now(), world.name).work, { id: body.now });
        if (!(await clock.set(setting, noted)))
          return refused('clock_goes_forward', `It is ${clock.now()} there.`);
        world.signalCommit({ events: true, dueJobs: true });
        return accepted(replyWith(200, { now: clock.now(), running: clock.isRunning() }));
      },
    }),
  ];
}
