import { monotonicMs } from '../../platform/clock/index.ts';
import { listNewsAfter, type News, newestPosition } from '../../platform/outbox/index.ts';
import { type Poller, type Round, startPoller, type World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { heardOf, type Topic, topicsOfRole, topicsOfType } from './topics.policy.ts';

type Caller = Pick<Principal, 'id' | 'personId' | 'role' | 'organisationId'>;
type Listener = {
  /** `position`: everything up to there is told. */
  tell(topics: readonly Topic[], position: number): void;
  end(): void;
};
/** Where somebody begins to listen, and what changed before that since he listened last. */
export type ChangeStart = { readonly position: number; readonly topics: readonly Topic[] };

export type ChangeWatch = {
  /** From a position that he was told, or from now. Refused when the person listens too often. */
  begin(caller: Caller, since: number | undefined): Promise<Outcome<ChangeStart, 'too_many_streams'>>;
  /** Tells at once what `start` says. Answers how to stop. */
  listen(caller: Caller, start: ChangeStart, listener: Listener): () => void;
};

/** Screens of one person that listen at once. Our default. */
export const STREAMS_OF_PERSON = 10;
/** Looks lie this far apart on a busy server: nobody reads a screen faster. Our default. */
const GATHER_MS = 500;
/** How soon it is seen what another process committed. Our default. */
const LOOK_MS = 2_000;
/** Events of one look; the others follow at once. */
const NEWS_AT_ONCE = 2_000;
/** Who was away for more events than this is told to read everything anew. Our default. */
const AWAY_EVENTS = 10_000;
/** Then a stream ends and its reader opens another, so that a session that was ended hears no more. Our default. */
const LIFE_MS = 600_000;

type Listening = { readonly caller: Caller; readonly listener: Listener; readonly openedMs: number };

/**
 * Tells listeners what changed: names of topics, and nothing of what they hold. One look at the numbered events for all
 * of them, over any number of processes; nothing runs while nobody listens.
 */
export function createChangeWatch(world: World, onError: (error: unknown) => void): ChangeWatch {
  const all = new Set<Listening>();
  let position = 0;
  let poller: Poller | undefined;
  world.onCommit(({ events }) => {
    if (events) poller?.wake();
  });

  async function look(): Promise<Round> {
    const from = position;
    const news = await world.read('network', (db) => listNewsAfter(db, from, NEWS_AT_ONCE));
    const last = news.at(-1)?.position ?? from;
    // Somebody who came meanwhile may have asked for earlier ones.
    if (position === from) position = last;
    tellAll(all, news, last);
    endOld(all);
    restWhenAlone();
    return { done: news.length, moreWaits: news.length === NEWS_AT_ONCE };
  }

  function restWhenAlone(): void {
    if (all.size > 0) return;
    void poller?.stop();
    poller = undefined;
  }

  return {
    begin: async (caller, since) => {
      const isHis = (other: Caller) => personOf(other) === personOf(caller);
      if ([...all].filter((one) => isHis(one.caller)).length >= STREAMS_OF_PERSON)
        return refused('too_many_streams', '');
      const newest = await world.read('network', newestPosition);
      const isNear = since !== undefined && since >= 0 && since <= newest && newest - since <= AWAY_EVENTS;
      if (isNear) return accepted({ position: since, topics: [] });
      return accepted({ position: newest, topics: since === undefined ? [] : topicsOfRole(caller.role) });
    },
    listen: (caller, start, listener) => {
      listener.tell(start.topics, start.position);
      // The others hear some of it twice: reading once more does no harm.
      position = poller === undefined ? start.position : Math.min(position, start.position);
      const listening = { caller, listener, openedMs: monotonicMs() };
      all.add(listening);
      poller ??= startPoller({
        round: look,
        ...{ quickMs: GATHER_MS, slowMs: LOOK_MS, gatherMs: GATHER_MS, onError },
      });
      return () => {
        all.delete(listening);
        restWhenAlone();
      };
    },
  };
}

const personOf = ({ personId, id }: Caller) => personId ?? id;

function tellAll(all: ReadonlySet<Listening>, news: readonly News[], last: number): void {
  const relevant = news.filter(({ type }) => topicsOfType(type).length > 0);
  if (relevant.length === 0) return;
  for (const { caller, listener } of all) {
    const topics = heardOf(caller, relevant);
    if (topics.length > 0) listener.tell(topics, last);
  }
}

function endOld(all: ReadonlySet<Listening>): void {
  const now = monotonicMs();
  for (const { listener, openedMs } of all) if (now - openedMs > LIFE_MS) listener.end();
}
