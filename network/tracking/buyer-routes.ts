import { hashToken } from '../../platform/crypto/index.ts';
import { type EventStream, type Route, replyWith, STREAM_REFUSALS } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { type BuyerDoor, type FoundForBuyer, worldOfQuestion } from './buyer.ts';
import type { BuyerViews } from './buyer-view.ts';
import { type BuyerWatch, createBuyerWatch } from './buyer-watch.ts';
import { BuyerAnswer, type BuyerView, LinkRevoked, TrackBody } from './parcel-contract.ts';
import type { ReportSeal } from './status-report.ts';
import { reportRoute, statusReportRoutes } from './status-report-routes.ts';

/**
 * What a buyer may ask and say without log-in; the page is the web's (`/track`, `/t/{token}`). And what becomes of it.
 * `seal` is the vault's.
 */
export function buyerRoutes(options: {
  readonly door: BuyerDoor;
  readonly viewOf: BuyerViews;
  readonly seal: ReportSeal;
  readonly onError: (error: unknown) => void;
}): readonly Route[] {
  const { door } = options;
  return [
    openRoute({
      operation: 'trackParcel',
      method: 'POST',
      path: '/v1/track',
      tag: 'tracking',
      summary: 'The buyer\u2019s view, by link token or by number and last four digits of the phone',
      effect: 'own',
      body: TrackBody,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 200: { description: 'The buyer\u2019s view', body: BuyerAnswer } },
      refusals: ['track_not_found'],
      handle: async ({ world, body, remoteAddress }) => {
        const outcome = await door(world, body, remoteAddress);
        return outcome.ok ? accepted(replyWith(200, outcome.value.view)) : outcome;
      },
    }),
    streamRoute(options),
    reportRoute(door, options.seal),
    ...statusReportRoutes(options.seal),
  ];
}

function streamRoute({ door, viewOf, onError }: Parameters<typeof buyerRoutes>[0]): Route {
  const watches = new Map<string, BuyerWatch>();
  const watchOf = (world: World) =>
    watches.getOrInsertComputed(world.name, () => createBuyerWatch(world, viewOf, onError));
  return openRoute({
    operation: 'followParcel',
    method: 'POST',
    path: '/v1/track/stream',
    tag: 'tracking',
    summary: 'The buyer\u2019s view as server-sent events: at once, then whenever it changes',
    description:
      'The question and its checks are those of POST /v1/track. Each event `tracking` holds the whole view; its id says what it holds, and whoever sends that as Last-Event-ID gets the first one only when it is another. A comment every 15 s says that the line is alive. `revoked` is the last event of a link that was revoked. A stream ends after an hour or with its server: open another after the time that `retry` gave.',
    effect: 'own',
    body: TrackBody,
    worldOf: ({ body }) => worldOfQuestion(body),
    events: { tracking: BuyerAnswer, revoked: LinkRevoked },
    answers: { 200: { description: 'Events `tracking` and `revoked`' } },
    refusals: ['track_not_found', ...STREAM_REFUSALS],
    handle: async ({ world, body, remoteAddress, headers }) => {
      const found = await door(world, body, remoteAddress);
      if (!found.ok) return found;
      const seen = headers['last-event-id'];
      return accepted({
        kind: 'stream',
        open: (stream) => stream.onClose(followOn(watchOf(world), stream, found.value, seen)),
      });
    },
  });
}

/** Sends the view that was found, unless the reader has it, and then each one that is another. Answers how to stop. */
function followOn(
  watch: BuyerWatch,
  stream: EventStream,
  { view, parcels, sisters, linkHash }: FoundForBuyer,
  seen: unknown,
): () => void {
  let last = seen;
  const tell = (next: BuyerView) => {
    const id = contentId(next);
    if (id === last) return;
    last = id;
    stream.send({ event: 'tracking', id, data: next });
  };
  tell(view);
  const reader = {
    parcels: parcels.map(({ id }) => id),
    linkHash,
    tell,
    turnAway: () => {
      stream.send({ event: 'revoked', data: {} });
      stream.end();
    },
  };
  return watch.follow(reader, [...parcels, ...sisters]);
}

/** What a view holds, but for the clock; whether its promise has passed by it counts, because pages tell so. */
export function contentId({ now, ...view }: BuyerView): string {
  const passed = [view, ...view.others]
    .flatMap((parcel) => [parcel, ...(parcel.pieces?.sisters ?? [])])
    .map(({ promise }) => promise !== undefined && promise.latest <= now);
  return Buffer.from(hashToken(JSON.stringify([view, passed])))
    .toString('base64url')
    .slice(0, 22);
}
