import { instantOf } from '../calendar.ts';
import { type Caller, eachOf } from '../caller.ts';
import { type PlannedNetwork, type PlannedPoint, type PointPlan, ZONES } from './plan.ts';
import type { OpenNetwork } from './world.ts';

const AT_ONCE = 4;
const PAUSE_MS = 200;
const COLUMNS = [
  ...['outlet_code', 'name', 'kind', 'services', 'country', 'city', 'postcode', 'address'],
  ...['latitude', 'longitude', 'zone', 'hours', 'collect_per_hour', 'return_per_hour', 'shelf'],
];
/** Post offices close for the night, lockers never. */
const HOURS = { post_office: 'Mo-Su 08:00-19:00', shop: 'Mo-Su 09:00-21:00', station: 'Mo-Su 08:00-21:00' };

/** Ids of all points by their index in the plan. */
export async function openOutlets(
  plan: PointPlan,
  networks: readonly OpenNetwork[],
  operator: Caller,
): Promise<string[]> {
  const ids: string[] = [];
  await eachOf(plan.networks, AT_ONCE, async (network) => {
    const open = networks[network.index];
    const own = plan.points.filter((point) => point.network === network.index);
    if (open === undefined) return;
    if (network.kind === 'lone_shop') {
      for (const point of own) ids[point.index] = await joinAlone(plan, network, point, open, operator);
      return;
    }
    await sendFeed(network, own, open);
    const byCode = new Map(own.map((point) => [point.outletCode, point.index]));
    for await (const { outlet_code: code, id } of open.office.listAll('/v1/points')) {
      const index = byCode.get(code);
      if (index !== undefined) ids[index] = id;
    }
  });
  return ids;
}

async function sendFeed(
  network: PlannedNetwork,
  own: readonly PlannedPoint[],
  open: OpenNetwork,
): Promise<void> {
  const rows = own.map((point) => {
    const { city, position } = point;
    const hours = point.kind === 'locker' ? '24/7' : HOURS[point.kind];
    const services = point.kind === 'locker' ? 'collect' : 'collect|return|mail';
    const address = `${city.streets[0]} ${point.index + 1}`;
    return [
      ...[point.outletCode, point.name, point.kind, services, network.country, city.name],
      ...[city.postcodes[0], address, position.latitude, position.longitude, ZONES[network.country]],
      ...[hours, point.collectPerHour, point.kind === 'locker' ? '' : point.returnPerHour, point.shelf],
    ].join(',');
  });
  const path = { organisation_id: open.organisationId };
  const sent = await open.office.post('/v1/point-networks/{organisation_id}/outlet-feeds', {
    params: { path, query: { mode: 'full' } },
    body: [COLUMNS.join(','), ...rows].join('\n') as never,
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': 'text/csv' },
  });
  for (;;) {
    const feed = await open.office.get('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}', {
      params: { path: { ...path, feed_id: sent.id } },
    });
    if (feed.state === 'done') {
      if (feed.outcomes.opened !== own.length)
        throw new Error(`the feed of ${network.name} opened ${feed.outcomes.opened} of ${own.length}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** A shop applies for itself; somebody looks at it and trains it. */
async function joinAlone(
  plan: PointPlan,
  network: PlannedNetwork,
  point: PlannedPoint,
  { office }: OpenNetwork,
  operator: Caller,
): Promise<string> {
  const { city, position } = point;
  const hours = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '09:00', closes: '21:00' }));
  const { id } = await office.post('/v1/points', {
    body: {
      ...{ outlet_code: point.outletCode, name: point.name, kind: 'shop', country: network.country },
      ...{ services: ['collect', 'return', 'mail'], city: city.name, postcode: city.postcodes[0] ?? '' },
      ...{ address_lines: [`${city.streets[0]} ${point.index + 1}`], position, hours },
      zone: ZONES[network.country] ?? 'UTC',
      capacity: {
        per_hour: { collect: point.collectPerHour, return: point.returnPerHour },
        shelf: point.shelf,
      },
    },
  });
  const decide = (body: object) =>
    operator.post('/v1/points/{point_id}/decisions', {
      params: { path: { point_id: id } },
      body: body as never,
    });
  await decide({ decision: 'accept_application' });
  await decide({ decision: 'record_site_check', passed: true, note: `looked at ${instantOf(plan.start)}` });
  await decide({ decision: 'complete_training' });
  return id;
}
