import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { findPoint, isOpenAt } from '../points/index.ts';
import { worldOfQuestion } from '../tracking/index.ts';
import * as contract from './contract.ts';
import { listFriends } from './friend-store.ts';
import { act, authoriseFriend, feeOf, requestNotice, revokeFriend } from './handle.ts';
import type { ShelfParcel } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { rulesFor } from './settle.ts';
import { listOfParcels } from './store.ts';

const TAG = 'shelves';
const BUYER = { id: 'buyer' };
type Question = Parameters<ShelfPorts['findForBuyer']>[1];

/** What the recipient may ask and do without log-in, by the same checks and tries as on his tracking page. */
export function buyerShelfRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    openRoute({
      operation: 'trackShelf',
      method: 'POST',
      path: '/v1/track/shelf',
      tag: TAG,
      summary: 'Where your parcel waits, until when, and by which code it is handed out',
      description: 'A link alone shows no code: links are passed on. phone_last4 beside the token shows it.',
      effect: 'own',
      body: contract.buyerShelfQuestion,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 200: { description: 'Parcels at points', body: contract.buyerShelfSchema } },
      refusals: ['track_not_found'],
      handle: async ({ world, body, remoteAddress }) => {
        const found = await ports.findForBuyer(world, body, remoteAddress);
        if (!found.ok) return found;
        const { parcels, isProven } = found.value;
        const ids = parcels.map(({ id }) => id);
        const outcome = await world.command('network', async (work) =>
          accepted(await answerOf(work, await listOfParcels(work.db, ids), isProven)),
        );
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    openRoute({
      operation: 'extendTrackedShelf',
      method: 'POST',
      path: '/v1/track/shelf/extension',
      tag: TAG,
      summary: 'Have your parcel kept longer, once',
      effect: 'own',
      body: contract.buyerShelfCommand,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 200: { description: 'Parcels at points', body: contract.buyerShelfSchema } },
      refusals: ['track_not_found', 'shelf_proof_needed', 'shelf_state_conflict', 'shelf_extended_already'],
      handle: ({ world, body, remoteAddress }) =>
        asRecipient(world, ports, body, remoteAddress, 200, async (work, parcel) => {
          const outcome = await act(work, ports, BUYER, parcel.organisationId, parcel.id, { kind: 'extend' });
          return outcome.ok ? accepted(await answerOf(work, [outcome.value], true)) : outcome;
        }),
    }),
    noticeRoute(ports),
    ...friendRoutes(ports),
  ];
}

function noticeRoute(ports: ShelfPorts): Route {
  return openRoute({
    operation: 'requestTrackedShelfNotice',
    method: 'POST',
    path: '/v1/track/shelf/notice',
    tag: TAG,
    summary: 'Have the notice with your code sent once more, to the address that is on file',
    description:
      'A link alone is enough: nothing is shown, who announced the parcel tells its recipient. So often as counters may ask for it, and counted with theirs.',
    effect: 'own',
    body: contract.buyerShelfCommand,
    worldOf: ({ body }) => worldOfQuestion(body),
    answers: { 200: { description: 'Parcels at points', body: contract.buyerShelfSchema } },
    refusals: ['track_not_found', 'shelf_state_conflict', 'shelf_notice_limit'],
    handle: ({ world, body, remoteAddress }) =>
      asHolder(world, ports, body, remoteAddress, 200, async (work, parcel, isProven) => {
        const asked = await requestNotice(work, ports, parcel.organisationId, parcel.id, 'resend');
        return asked.ok ? accepted(await answerOf(work, [asked.value], isProven)) : asked;
      }),
  });
}

function friendRoutes(ports: ShelfPorts): readonly Route[] {
  return [
    openRoute({
      operation: 'authoriseFriend',
      method: 'POST',
      path: '/v1/track/shelf/friends',
      tag: TAG,
      summary: 'Let a friend collect your parcel; what he shows is told once',
      effect: 'own',
      body: contract.buyerShelfCommand,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 201: { description: 'What the friend shows', body: contract.buyerFriendAnswerSchema } },
      refusals: ['track_not_found', 'shelf_proof_needed', 'shelf_state_conflict', 'shelf_friends_limit'],
      handle: ({ world, body, remoteAddress }) =>
        asRecipient(world, ports, body, remoteAddress, 201, (work, parcel) =>
          authoriseFriend(work, ports, parcel.organisationId, parcel.id),
        ),
    }),
    openRoute({
      operation: 'revokeFriend',
      method: 'POST',
      path: '/v1/track/shelf/friends/revocation',
      tag: TAG,
      summary: 'A friend may no longer collect it',
      effect: 'own',
      body: contract.buyerFriendCommand,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 200: { description: 'Parcels at points', body: contract.buyerShelfSchema } },
      refusals: ['track_not_found', 'shelf_proof_needed', 'shelf_friend_unknown'],
      handle: ({ world, body, remoteAddress }) =>
        asRecipient(world, ports, body, remoteAddress, 200, async (work, parcel) => {
          const friends = await listFriends(work.db, parcel.organisationId, parcel.id);
          if (!friends.some(({ id }) => id === body.friendId)) return refused('shelf_friend_unknown', '');
          const ended = await revokeFriend(work, parcel.organisationId, body.friendId);
          return ended.ok ? accepted(await answerOf(work, [parcel], true)) : ended;
        }),
    }),
  ];
}

type Command<Answer> = (
  work: Work,
  parcel: ShelfParcel,
  isProven: boolean,
) => Promise<Outcome<Answer, string>>;

/** What is for the recipient alone. */
function asRecipient<Answer>(
  world: World,
  ports: ShelfPorts,
  body: Question & { readonly shelfParcelId: string },
  remoteAddress: string,
  status: number,
  command: Command<Answer>,
) {
  return asHolder<Answer>(world, ports, body, remoteAddress, status, async (work, parcel, isProven) =>
    isProven ? command(work, parcel, isProven) : refused('shelf_proof_needed', ''),
  );
}

/** The parcel must be one that the question leads to. In the name of the point's network. */
async function asHolder<Answer>(
  world: World,
  ports: ShelfPorts,
  body: Question & { readonly shelfParcelId: string },
  remoteAddress: string,
  status: number,
  command: Command<Answer>,
) {
  const { shelfParcelId, ...question } = body;
  const found = await ports.findForBuyer(world, question, remoteAddress);
  if (!found.ok) return found;
  const { isProven } = found.value;
  const ids = found.value.parcels.map(({ id }) => id);
  const outcome = await world.command('network', async (work): Promise<Outcome<Answer, string>> => {
    const parcel = (await listOfParcels(work.db, ids)).find(({ id }) => id === shelfParcelId);
    if (parcel === undefined) return refused('track_not_found', '');
    await work.actFor({ organisationId: parcel.organisationId });
    return command(work, parcel, isProven);
  });
  return outcome.ok ? accepted(replyWith(status, outcome.value)) : outcome;
}

async function answerOf(work: Work, parcels: readonly ShelfParcel[], isProven: boolean) {
  const views = await viewsOf(work, parcels);
  return {
    isProven,
    parcels: isProven
      ? views
      : views.map((view) => ({ ...view, code: undefined, friends: [], canExtend: false })),
  };
}

/** What the recipient sees, the code with it. */
async function viewsOf(work: Work, parcels: readonly ShelfParcel[]): Promise<Record<string, unknown>[]> {
  const views: Record<string, unknown>[] = [];
  for (const parcel of parcels) {
    const point = await findPoint(work.db, parcel.pointId);
    if (point === undefined) continue;
    const rules = await rulesFor(work, parcel);
    await work.actFor({ organisationId: parcel.organisationId });
    const { id, state, number, code, storedAt, freeUntil, returnAt } = parcel;
    const { name, kind, country, city, addressLines, position } = point;
    views.push({
      ...{ id, state, number, code, storedAt, freeUntil, returnAt },
      point: {
        ...{ id: point.id, name, kind, country, city, addressLines, position },
        isOpen: isOpenAt(point, work.now),
      },
      feeDue: state === 'stored' ? feeOf({ rules, point }, parcel, work.now) : undefined,
      cashOnDelivery: state === 'announced' || state === 'stored' ? parcel.cashOnDelivery : undefined,
      canExtend: state === 'stored' && !parcel.isExtended,
      friends: (await listFriends(work.db, parcel.organisationId, parcel.id)).map((friend) => ({
        id: friend.id,
        state: friend.state,
        madeAt: friend.madeAt,
      })),
    });
    await work.actFor('network');
  }
  return views;
}
