import { z } from 'zod';
import { type Route, STREAM_REFUSALS } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { type ChangeWatch, createChangeWatch } from './change-watch.ts';
import { TOPICS, type Topic } from './topics.policy.ts';
import { feedCursor, positionOf } from './views.ts';

const changedSchema = z.object({ topics: z.array(z.enum(TOPICS)) }).meta({ id: 'Changed' });

/** `/v1/live`: tells screens what to read anew. */
export function changeRoute(onError: (error: unknown) => void): Route {
  const watches = new Map<string, ChangeWatch>();
  const watchOf = (world: World) =>
    watches.getOrInsertComputed(world.name, () => createChangeWatch(world, onError));
  return openRoute({
    operation: 'followChanges',
    method: 'GET',
    path: '/v1/live',
    tag: 'notices',
    summary: 'Names of what changed for you, as server-sent events',
    description:
      'Each event `changed` names topics whose lists are other ones than before, and nothing of what they hold: read them anew. The first one comes at once and names nothing. With its id as Last-Event-ID you hear what changed meanwhile; who was away too long is told every topic. A comment every 15 s says that the line is alive. A stream ends after ten minutes or with its server: open another after the time that `retry` gave. A person may have ten.',
    effect: 'own',
    events: { changed: changedSchema },
    answers: { 200: { description: 'Events `changed`' } },
    refusals: [...STREAM_REFUSALS],
    handle: async ({ world, caller, headers }) => {
      const watch = watchOf(world);
      const seen = headers['last-event-id'];
      const since = seen === undefined ? undefined : positionOf(String(seen));
      // An id that is none of ours is a place too far away.
      const start = await watch.begin(caller, since === undefined ? undefined : since.ok ? since.value : -1);
      if (!start.ok) return start;
      return accepted({
        kind: 'stream',
        open: (stream) => {
          const tell = (topics: readonly Topic[], position: number) =>
            stream.send({ event: 'changed', id: feedCursor(position), data: { topics } });
          stream.onClose(watch.listen(caller, start.value, { tell, end: () => stream.end() }));
        },
      });
    },
  });
}
