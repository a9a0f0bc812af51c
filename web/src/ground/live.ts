import { followEvents } from '@postroad/sdk';
import { useEffect } from 'react';
import { sendAsDevice } from './api.ts';
import { invalidate, setLineUp } from './reads.ts';
import { useIsSeen } from './seen.ts';
import { keysOf, pauseOf, type Topic } from './topics.ts';

/** Somebody who leaves at once needs no stream, and the first seconds belong to the page. Our default. */
const STAYS_MS = 2_000;

/** Reads anew what the server says that somebody else changed, while the page is looked at. */
export function useLiveChanges(): void {
  const isSeen = useIsSeen();
  useEffect(() => {
    if (!isSeen) return;
    const leaving = new AbortController();
    const refresh = pacedRefresh(leaving.signal);
    const timer = setTimeout(() => {
      // Refused for good, such as after a log-out: lists are asked for now and then, as without a line.
      follow(leaving.signal, refresh).catch(() => setLineUp(false));
    }, STAYS_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
      setLineUp(false);
    };
  }, [isSeen]);
}

function follow(signal: AbortSignal, refresh: (topics: readonly Topic[]) => void): Promise<void> {
  return followEvents({
    open: (lastEventId, line) =>
      sendAsDevice(
        new Request('/v1/live', {
          signal: line,
          headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
        }),
      ),
    onEvent: ({ event, data }) => {
      if (event === 'changed') refresh((JSON.parse(data) as { topics: readonly Topic[] }).topics);
    },
    onLive: (isUp) => {
      if (!signal.aborted) setLineUp(isUp);
    },
    signal,
  });
}

/** A topic at once, and what changes within its pause when that is over. */
function pacedRefresh(signal: AbortSignal): (topics: readonly Topic[]) => void {
  const resting = new Map<Topic, 'quiet' | 'changed'>();
  const refresh = (topic: Topic) => {
    resting.set(topic, 'quiet');
    invalidate(keysOf([topic]));
    setTimeout(() => {
      const again = resting.get(topic) === 'changed';
      resting.delete(topic);
      if (again && !signal.aborted) refresh(topic);
    }, pauseOf(topic));
  };
  return (topics) => {
    for (const topic of topics) {
      if (resting.has(topic)) resting.set(topic, 'changed');
      else refresh(topic);
    }
  };
}
