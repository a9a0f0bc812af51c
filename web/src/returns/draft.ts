import type { Application, Kind, Order } from './visit.ts';

export type Picked = { readonly quantity: number; readonly reason: string };
export type DraftPicture = { readonly blob: Blob; readonly url: string; readonly id?: string };
/** What a buyer has said of his application so far. It outlives the visit in which it was begun. */
export type Draft = {
  /** The same again is the same return, however often it is sent. */
  readonly objectId: string;
  readonly kind: Kind;
  /** By line of the order. */
  readonly items: Readonly<Record<number, Picked>>;
  readonly wanted: string;
  readonly statement: string;
  readonly pictures: readonly DraftPicture[];
};

type Line = Order['lines'][number];
export type Lack = 'items' | 'reason' | 'picture';

export function newDraft(objectId: string, kind: Kind): Draft {
  return { objectId, kind, items: {}, wanted: '', statement: '', pictures: [] };
}

/** Why nothing, or only money, can be asked for; undefined: all is open. */
export function limitOf(
  order: Pick<Order, 'window_ends_at' | 'now' | 'lines'>,
): 'nothing_left' | 'window_over' | 'not_delivered' | undefined {
  if (order.lines.every(({ returnable }) => returnable === 0)) return 'nothing_left';
  if (order.window_ends_at === undefined) return 'not_delivered';
  return order.window_ends_at < order.now ? 'window_over' : undefined;
}

/** What may be asked for: goods that nobody has in hand cannot go back. */
export function kindsOf(order: Pick<Order, 'window_ends_at' | 'now' | 'lines'>): readonly Kind[] {
  const limit = limitOf(order);
  if (limit === undefined) return ['return', 'exchange', 'refund_only'];
  return limit === 'not_delivered' ? ['refund_only'] : [];
}

/** The reasons that fit a line and what is wanted. */
export function reasonsFor(order: Pick<Order, 'reasons'>, kind: Kind, line: Pick<Line, 'only_if_faulty'>) {
  return order.reasons.filter(
    ({ kinds, fault }) => kinds.includes(kind) && (fault === 'seller' || !line.only_if_faulty),
  );
}

/** Another wish: what was picked stays, a reason that does not fit it is asked for again. */
export function withKind(draft: Draft, kind: Kind, order: Order): Draft {
  const items = Object.entries(draft.items).map(([line, picked]) => {
    const of = order.lines.find((one) => one.line === Number(line));
    const fits = of !== undefined && reasonsFor(order, kind, of).some(({ code }) => code === picked.reason);
    return [line, fits ? picked : { ...picked, reason: '' }] as const;
  });
  return { ...draft, kind, items: Object.fromEntries(items) };
}

/** What is still to be said before it can be sent. */
export function lacksOf(draft: Draft, order: Pick<Order, 'reasons'>): readonly Lack[] {
  const picked = Object.values(draft.items);
  const needsPicture = picked.some(({ reason }) =>
    order.reasons.some((one) => one.code === reason && one.needs_picture),
  );
  const lacks: Lack[] = [];
  if (picked.length === 0) lacks.push('items');
  if (picked.some(({ reason }) => reason === '')) lacks.push('reason');
  if (needsPicture && draft.pictures.length === 0) lacks.push('picture');
  return lacks;
}

export function applicationOf(draft: Draft, pictureIds: readonly string[]): Application {
  const [wanted, statement] = [draft.wanted.trim(), draft.statement.trim()];
  return {
    object_id: draft.objectId,
    kind: draft.kind,
    items: Object.entries(draft.items).map(([line, picked]) => ({ line: Number(line), ...picked })),
    picture_ids: [...pictureIds],
    ...(draft.kind === 'exchange' && wanted !== '' ? { wanted } : {}),
    ...(statement === '' ? {} : { statement }),
  };
}
