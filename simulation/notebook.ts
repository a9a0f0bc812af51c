import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seat } from './parties.ts';
import { createQueue } from './queue.ts';
import type { Shop } from './shops.ts';
import { emptyTruth, type TruthOrder } from './truth.ts';
import type { Door, Queued, Visit, World } from './world.ts';

/** What a world that goes on for ever must remember to go on after a stop: who has which key, and what is still to come. */
export type Notebook = {
  readonly seed: number;
  /** A server that lost its database makes an old notebook worthless. */
  readonly operatorId: string;
  readonly start: number;
  /** Merchants of the demo that the world sells through; absent in notebooks of before. */
  readonly shops?: readonly Shop[];
  /** Of orders: index, instant and merchant draw everything else again. */
  orders: { readonly index: number; readonly at: number; readonly merchant: number }[];
  seats: Seat[];
  /** False while the first days are lived through: a stop then means that the world goes on from where it was. */
  isCaughtUp: boolean;
  /** Agent points are there, with parcels and returns for people to look at. */
  hasCounters?: boolean;
  waiting: Queued[];
  visits: Visit[];
  doors: [number, Door[]][];
  truth: TruthOrder[];
  nextOrder: number;
};

const pathOf = (dataFolder: string) => join(dataFolder, 'world.json');

export function readNotebook(dataFolder: string, operatorId: string): Notebook | undefined {
  try {
    const notebook = JSON.parse(readFileSync(pathOf(dataFolder), 'utf8')) as Notebook;
    return notebook.operatorId === operatorId ? notebook : undefined;
  } catch {
    return undefined;
  }
}

/** Wholly or not at all; it holds keys, so nobody else may read it. */
export function writeNotebook(dataFolder: string, notebook: Notebook): void {
  const path = pathOf(dataFolder);
  writeFileSync(`${path}.new`, JSON.stringify(notebook), { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}

/** Notes the present of a world. Orders whose life is over are forgotten: the network has them. */
export function note(notebook: Notebook, world: World): void {
  notebook.waiting = world.queue.waiting();
  const open = new Set(notebook.waiting.flatMap(ordersOf));
  for (const visit of world.visits.values()) for (const order of visit.orders) open.add(order);
  for (const order of world.orders.keys()) {
    if (open.has(order)) continue;
    world.orders.delete(order);
    world.truth.orders.delete(order);
    world.doors.delete(order);
  }
  world.truth.handovers.clear();
  notebook.orders = [...world.orders.values()].map(({ index, at, merchant }) => ({
    index,
    at,
    merchant: merchant.index,
  }));
  notebook.visits = [...world.visits.values()];
  notebook.doors = [...world.doors];
  notebook.truth = [...world.truth.orders.values()];
}

function ordersOf(act: Queued): readonly number[] {
  if (!('order' in act)) return [];
  return act.kind === 'open_bag' ? act.parts.map((part) => part.order) : [act.order];
}

/** The parts of a world that a notebook brings back. */
export function recall(notebook: Notebook): Pick<World, 'queue' | 'visits' | 'doors' | 'truth'> {
  const truth = emptyTruth();
  for (const order of notebook.truth) truth.orders.set(order.order, order);
  return {
    queue: createQueue(notebook.waiting),
    visits: new Map(notebook.visits.map((visit) => [visit.id, visit])),
    doors: new Map(notebook.doors),
    truth,
  };
}
