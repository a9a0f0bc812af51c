import type { Queryable, Scope } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { addMs, type Instant, localDate } from '../kernel/index.ts';
import { pageProfileOf } from '../shipments/index.ts';
import type { Vault } from '../vault/index.ts';
import { listAreasServing, listHoursLeft } from './area-store.ts';
import { areasOf } from './assignment.policy.ts';
import { CODE_PATTERN } from './code.policy.ts';
import { findCourier } from './courier-store.ts';
import { type Area, type Pickup, type PickupPlace, SETTLED_STATES, WRONG_TRIES_ALLOWED } from './model.ts';
import { listFacts } from './store.ts';
import { openCode } from './visit.ts';
import { datesFrom, isInTime, windowsOf } from './window.policy.ts';

export type Showing = {
  readonly db: Queryable;
  readonly actFor: (scope: Scope) => Promise<void>;
  readonly vault: Vault;
  readonly world: World;
  readonly now: Instant;
  /** What the caller is to all of these pickups. */
  readonly relation: string;
  readonly withHistory: boolean;
};

/**
 * Reads in four steps: the pickups are the skeleton; parties, couriers and codes are hydrated; the rules say that only
 * the merchant sees the code, and others the door as the masks allow it; then the answer is shaped.
 */
export async function presentPickups(pickups: readonly Pickup[], showing: Showing) {
  const { db, vault, now, relation } = showing;
  const views: Record<string, unknown>[] = [];
  await showing.actFor('network');
  const seesCode = relation === 'own';
  const shown = new Map<string, unknown>();
  for (const [profile, group] of Map.groupBy(pickups, (item) =>
    pageProfileOf(relation, item.place.country),
  )) {
    const keys = group.map((pickup) => ({ organisationId: pickup.organisationId, ref: pickup.senderRef }));
    const parties = await vault.maskedParties(db, keys, { profile, at: now, world: showing.world });
    for (const [ref, party] of parties) shown.set(`${profile} ${ref}`, party);
  }
  for (const pickup of pickups) {
    const {
      code: _sealed,
      senderRef,
      items,
      heldHour: _held,
      wrongTries,
      clientPlatformId: _c,
      ...open
    } = pickup;
    const view: Record<string, unknown> = {
      ...open,
      parcels: items,
      codeLocked: wrongTries >= WRONG_TRIES_ALLOWED,
      sender: shown.get(`${pageProfileOf(relation, pickup.place.country)} ${senderRef}`),
    };
    if (pickup.courierId !== undefined) {
      const courier = await findCourier(db, pickup.courierId);
      if (courier !== undefined) view.courier = { name: courier.name, phoneTail: courier.phoneTail };
    }
    if (seesCode && !SETTLED_STATES.has(pickup.state) && pickup.state !== 'code_verified') {
      const code = new TextDecoder().decode(await openCode(db, vault, pickup));
      if (CODE_PATTERN.test(code)) view.code = code;
    }
    if (showing.withHistory) view.history = await listFacts(db, pickup.id);
    views.push(view);
  }
  return views;
}

export type WindowView = {
  readonly areaId: string;
  readonly carrierId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly full: boolean;
  readonly selectable: boolean;
};

/** Windows of the areas that hold a place; `db` acts for the network, for capacities are the carriers'. */
export async function presentWindows(
  db: Queryable,
  asked: {
    readonly place: PickupPlace;
    readonly carrierIds: readonly string[];
    readonly date: string | undefined;
    readonly days: number;
    readonly now: Instant;
  },
): Promise<WindowView[]> {
  const areas = areasOf(await listAreasServing(db, asked.place.country, asked.carrierIds), asked.place);
  const views: WindowView[] = [];
  for (const area of areas) {
    views.push(...(await windowsWithCapacity(db, area, asked)));
  }
  return views.sort((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0));
}

async function windowsWithCapacity(
  db: Queryable,
  area: Area,
  asked: { readonly date: string | undefined; readonly days: number; readonly now: Instant },
): Promise<WindowView[]> {
  const today = localDate(asked.now, area.zone);
  const last = localDate(addMs(asked.now, area.horizonDays * 86_400_000), area.zone);
  const from = asked.date === undefined || asked.date < today ? today : asked.date;
  const windows = datesFrom(from, asked.days)
    .filter((date) => date <= last)
    .flatMap((date) => windowsOf(area, date).map((window) => ({ date, window })));
  const hours = windows.flatMap(({ date, window }) => window.hours.map((hour) => ({ ...hour, date })));
  if (hours.length === 0) return [];
  const left = await listHoursLeft(db, { organisationId: area.organisationId, areaId: area.id }, hours);
  return windows.map(({ window }) => {
    const full = window.hours.every((hour) => (left.get(hour.startsAt) ?? 0) <= 0);
    return {
      areaId: area.id,
      carrierId: area.organisationId,
      startsAt: window.startsAt,
      endsAt: window.endsAt,
      full,
      selectable: !full && isInTime(area, window, asked.now),
    };
  });
}
