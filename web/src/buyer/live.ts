import { followEvents, PostroadProblem } from '@postroad/sdk';
import { useEffect, useRef, useState } from 'react';
import { useIsOnline, useIsSeen } from '../ground/seen.ts';
import { type Answer, answerOf, type Question, refusalOf } from './question.ts';

/** A reader who leaves at once needs no stream, and the first seconds belong to the page. Our default. */
const STAYS_MS = 2_000;

/**
 * Tells the answers to a question as they change, while somebody looks at the page. Answers whether the line is up;
 * while it is not, one asks again now and then.
 */
export function useLive(question: Question | undefined, told: (answer: Answer) => void): boolean {
  const [isLive, setIsLive] = useState(false);
  const tell = useRef(told);
  tell.current = told;
  const isSeen = useIsSeen();
  const isOnline = useIsOnline();
  const asked = question === undefined || !isSeen || !isOnline ? undefined : JSON.stringify(question);
  useEffect(() => {
    if (asked === undefined) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      follow(asked, leaving, tell.current, setIsLive).catch(() => setIsLive(false));
    }, STAYS_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
      setIsLive(false);
    };
  }, [asked]);
  return isLive;
}

async function follow(
  asked: string,
  leaving: AbortController,
  tell: (answer: Answer) => void,
  onLive: (isLive: boolean) => void,
): Promise<void> {
  const question = JSON.parse(asked) as Question;
  const tellStill = (answer: Answer) => {
    if (!leaving.signal.aborted) tell(answer);
  };
  try {
    await followEvents({
      open: (lastEventId, signal) =>
        fetch('/v1/track/stream', {
          method: 'POST',
          body: asked,
          signal,
          headers: {
            'content-type': 'application/json',
            ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
          },
        }),
      onEvent: ({ event, data }) => {
        if (event === 'tracking') tellStill(answerOf(JSON.parse(data)));
        else if (event === 'revoked') {
          tellStill(refusalOf(question));
          leaving.abort();
        }
      },
      onLive: (isUp) => {
        if (!leaving.signal.aborted) onLive(isUp);
      },
      signal: leaving.signal,
    });
  } catch (error) {
    // The link was revoked while the line was down.
    if (error instanceof PostroadProblem && error.status === 404) tellStill(refusalOf(question));
    throw error;
  }
}
