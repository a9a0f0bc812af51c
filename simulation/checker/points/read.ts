import type { PointStatementBundle } from '../../../sdk/src/index.ts';
import { HOUR, instantOf } from '../../calendar.ts';
import { type Caller, eachOf } from '../../caller.ts';
import type { PointWorld } from '../../points/world.ts';

export type ReadWaiting = {
  id: string;
  number: string;
  state: string;
  handedOutBy: string | undefined;
  feeMinor: number;
  hasConsent: boolean;
  /** Of one behind a door: the locker. */
  lockerId: string | undefined;
};
export type ReadPlace = {
  readonly id: string;
  readonly pointId: string;
  readonly service: string;
  readonly startsAt: number;
  parcels: number;
  readonly from: number;
  readonly until: number;
};
export type ReadHour = {
  readonly point: number;
  readonly startsAt: number;
  capacity: number;
  used: number;
  beyond: number;
};
export type ReadReturn = { readonly id: string; readonly reference: string; state: string };
/** `freightMinor`: of its receipt. */
export type ReadMailing = { readonly id: string; state: string; freightMinor: number | undefined };
export type ReadRefund = { returnId: string; amountMinor: number };
export type ReadStep = {
  readonly fact: string;
  readonly deviceId: string | undefined;
  readonly at: number;
  /** Where it was put. */
  place?: string;
  /** What a device's clock said, where that was wrong. */
  saidAt?: number;
};
export type ReadConflict = {
  deviceId: string;
  clientId: string;
  conflict: string | undefined;
  isLookedAt: boolean;
};
/** Goods that were taken before their code could be read. */
export type ReadUnread = { state: string; readonly returnId: string | undefined; readonly at: number };
export type ReadStatement = PointStatementBundle & { readonly network: number };

export type PointReadings = {
  readonly waiting: Map<string, ReadWaiting>;
  /** Steps of the parcels that a device without a network spoke of, and of those behind doors. */
  readonly steps: Map<string, ReadStep[]>;
  readonly places: ReadPlace[];
  readonly hours: ReadHour[];
  readonly returns: Map<string, ReadReturn>;
  readonly mailings: Map<string, ReadMailing>;
  readonly refunds: ReadRefund[];
  readonly conflicts: ReadConflict[];
  readonly unread: Map<string, ReadUnread>;
  readonly statements: ReadStatement[];
  /** Lines that wait for the next statement, by network. */
  readonly open: Map<number, number>;
  imbalances: number;
};

const AT_ONCE = 8;
/** The longest view of an hour's list. */
const VIEW_HOURS = 336;

/** Everything that the parties may read, each with its own key. */
export async function readPoints(world: PointWorld): Promise<PointReadings> {
  const readings: PointReadings = {
    ...{ waiting: new Map(), steps: new Map(), places: [], hours: [], returns: new Map(), refunds: [] },
    ...{
      mailings: new Map(),
      conflicts: [],
      unread: new Map(),
      statements: [],
      open: new Map(),
      imbalances: 0,
    },
  };
  const lockers = new Set(world.points.filter(({ plan }) => plan.kind === 'locker').map(({ id }) => id));
  await eachOf([...world.networks.entries()], AT_ONCE, ([network, { office, organisationId }]) =>
    readNetwork(readings, lockers, network, office, organisationId),
  );
  await eachOf(world.points, AT_ONCE, ({ plan }) => readHours(world, readings, plan.index));
  await eachOf([...world.markets.values()], AT_ONCE, ({ marketplace, merchant }) =>
    readMarket(readings, marketplace, merchant),
  );
  for await (const { id, state, receipt } of world.operator.listAll('/v1/mailings'))
    readings.mailings.set(id, { id, state, freightMinor: receipt?.freight.amount_minor });
  await readDevices(world, readings);
  const health = await world.operator.get('/v1/operations/health');
  readings.imbalances = health.ledger_imbalance.length;
  return readings;
}

async function readNetwork(
  readings: PointReadings,
  lockers: ReadonlySet<string>,
  network: number,
  office: Caller,
  organisationId: string,
): Promise<void> {
  const behindDoors: string[] = [];
  for await (const one of office.listAll('/v1/shelf-parcels', { params: { query: { limit: 200 } } })) {
    const isBehindDoor = one.place !== undefined && lockers.has(one.point_id);
    if (isBehindDoor) behindDoors.push(one.id);
    readings.waiting.set(one.id, {
      ...{ id: one.id, number: one.number, state: one.state, handedOutBy: one.handed_out_by },
      feeMinor: one.storage_fee?.amount_minor ?? 0,
      hasConsent: one.consent !== undefined,
      lockerId: isBehindDoor ? one.point_id : undefined,
    });
  }
  await eachOf(behindDoors, AT_ONCE, (id) => readSteps(readings, office, id));
  for await (const one of office.listAll('/v1/point-reservations', { params: { query: { limit: 100 } } })) {
    const [from, changed, expires] = [one.made_at, one.changed_at, one.expires_at].map(Date.parse);
    readings.places.push({
      ...{ id: one.id, pointId: one.point_id, service: one.service, parcels: one.parcels },
      ...{ startsAt: Date.parse(one.starts_at), from: from ?? 0 },
      // A place whose time is over is free, whether or not somebody has looked.
      until: one.state === 'held' ? (expires ?? 0) : Math.min(changed ?? 0, expires ?? 0),
    });
  }
  const { open } = await office.get('/v1/point-networks/{organisation_id}/earnings', {
    params: { path: { organisation_id: organisationId } },
  });
  readings.open.set(
    network,
    open.reduce((sum, { lines }) => sum + lines, 0),
  );
  for await (const statement of office.listAll('/v1/point-statements'))
    readings.statements.push({ network, ...(await readStatement(office, statement)) });
}

async function readStatement(
  office: Caller,
  statement: PointStatementBundle['statement'],
): Promise<PointStatementBundle> {
  const path = { statement_id: statement.id };
  const lines = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1_000, ...(cursor === undefined ? {} : { cursor }) };
    const page = await office.get('/v1/point-statements/{statement_id}/lines', { params: { path, query } });
    lines.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  const rules = await office.get('/v1/point-statements/{statement_id}/rules', { params: { path } });
  return { statement, lines, rules: rules.data };
}

async function readHours(world: PointWorld, readings: PointReadings, index: number): Promise<void> {
  const point = world.points[index];
  const office = world.networks[point?.plan.network ?? -1]?.office;
  if (point === undefined || office === undefined) return;
  for (let from = world.plan.start; from < world.now; from += VIEW_HOURS * HOUR) {
    const { slots } = await office.get('/v1/points/{point_id}/slots', {
      params: {
        path: { point_id: point.id },
        query: { service: 'collect', from: instantOf(from), hours: VIEW_HOURS },
      },
    });
    for (const { starts_at: startsAt, capacity, used, beyond } of slots)
      readings.hours.push({ point: index, startsAt: Date.parse(startsAt), capacity, used, beyond });
  }
}

async function readMarket(readings: PointReadings, marketplace: Caller, merchant: Caller): Promise<void> {
  for await (const one of merchant.listAll('/v1/returns', { params: { query: { limit: 100 } } }))
    readings.returns.set(one.id, { id: one.id, reference: one.order_reference, state: one.state });
  let after: string | undefined;
  for (;;) {
    const query = {
      limit: 1_000,
      types: 'return.refund_instructed',
      ...(after === undefined ? {} : { after }),
    };
    const page = await marketplace.get('/v1/events', { params: { query } });
    for (const { data } of page.data) {
      const told = data as { return_id?: string; refund?: { amount_minor: number } };
      readings.refunds.push({ returnId: told.return_id ?? '', amountMinor: told.refund?.amount_minor ?? 0 });
    }
    if (page.data.length === 0 || page.next_cursor === after) return;
    after = page.next_cursor;
  }
}

async function readDevices(world: PointWorld, readings: PointReadings): Promise<void> {
  const { actions, waiting, returns } = world.truth;
  const office = (point: number) => world.networks[world.points[point]?.plan.network ?? -1]?.office;
  const unread = [...returns.values()].flatMap((one) => (one.unread === undefined ? [] : [one.unread]));
  await eachOf([...new Set([...actions, ...unread].map(({ point }) => point))], AT_ONCE, async (point) => {
    const path = { point_id: world.points[point]?.id ?? '' };
    const taken = await office(point)?.get('/v1/points/{point_id}/unread-returns', {
      params: { path, query: { open: 'false', limit: 200 } },
    });
    for (const { id, state, return_id: returnId, occurred_at } of taken?.data ?? [])
      readings.unread.set(id, { state, returnId, at: Date.parse(occurred_at) });
    for (const open of ['true', 'false'] as const) {
      const answer = await office(point)?.get('/v1/points/{point_id}/sync-conflicts', {
        params: { path, query: { open, limit: 200 } },
      });
      for (const one of answer?.data ?? [])
        if (open === 'true' || one.resolved_at !== undefined)
          readings.conflicts.push({
            ...{ deviceId: one.device_id, clientId: one.client_id, conflict: one.conflict },
            isLookedAt: one.resolved_at !== undefined,
          });
    }
  });
  await eachOf(
    [...new Map(actions.map((one) => [one.parcel, one.point]))],
    AT_ONCE,
    async ([parcel, point]) => {
      const caller = office(point);
      if (caller !== undefined) await readSteps(readings, caller, waiting.get(parcel)?.id ?? '');
    },
  );
}

async function readSteps(readings: PointReadings, office: Caller, id: string): Promise<void> {
  const { steps } = await office.get('/v1/shelf-parcels/{shelf_parcel_id}', {
    params: { path: { shelf_parcel_id: id } },
  });
  readings.steps.set(
    id,
    steps.map(({ fact, device_id, occurred_at, detail }) => {
      const { device_time: said, place } = detail ?? {};
      return {
        ...{ fact, deviceId: device_id, at: Date.parse(occurred_at) },
        ...(typeof place === 'string' ? { place } : {}),
        ...(typeof said === 'string' ? { saidAt: Date.parse(said) } : {}),
      };
    }),
  );
}
