import type { components } from '@postroad/sdk';
import { HOSTILE } from './merchant.scene.ts';
import { keyHolder, type Scene } from './stage.ts';

type Application = components['schemas']['PointApplicationInput'];

const ALL_DAY = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' }));
const SHOP: Omit<Application, 'outlet_code' | 'name'> = {
  kind: 'shop',
  services: ['collect', 'return', 'mail'],
  country: 'CN',
  division_codes: ['330000', '330100', '330106'],
  city: 'Hangzhou',
  postcode: '310012',
  address_lines: ['1 Wensan Road'],
  position: { latitude: 30.2741, longitude: 120.1551 },
  zone: 'Asia/Shanghai',
  hours: ALL_DAY,
  capacity: { per_hour: { collect: 12, return: 2, mail: 6 }, shelf: 60 },
};
/** Around the first counter, some kilometres wide. */
const RING = [
  { latitude: 30.29, longitude: 120.13 },
  { latitude: 30.293, longitude: 120.165 },
  { latitude: 30.27, longitude: 120.19 },
  { latitude: 30.25, longitude: 120.16 },
  { latitude: 30.258, longitude: 120.132 },
  { latitude: 30.29, longitude: 120.13 },
];
const FEED = [
  'outlet_code,name,kind,services,country,city,address,latitude,longitude,zone,hours,collect_per_hour,shelf',
  'HZ-201,Beishan Street,shop,collect,CN,Hangzhou,Beishan Street 9,30.2611,120.1402,Asia/Shanghai,Mo-Su 08:00-20:00,10,40',
  `HZ-202,"${HOSTILE.replaceAll('"', '""')}",kiosk,collect,CN,Hangzhou,Nanshan Road 4,95,120.15,Asia/Shanghai,never,10,40`,
].join('\n');

/** A network of the demo: two counters that work, two on their way in, and what its office and the operator look at. */
export const pointNetworkScene: Scene = async (stage) => {
  const office = keyHolder(stage, 'live', 'point_staff', 'point');
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const { organisation } = await office.get('/v1/me');
  const network = { path: { organisation_id: organisation.id } };
  const agree = (asks: boolean) =>
    operator.put('/v1/point-networks/{organisation_id}/contract', {
      params: network,
      body: {
        number: 'PR-2026-014',
        needs_documents: asks,
        needs_site_check: asks,
        valid_from: '2026-01-01T00:00:00Z',
      },
    });
  const apply = async (outlet_code: string, name: string, more: Partial<Application> = {}) =>
    (await office.post('/v1/points', { body: { ...SHOP, outlet_code, name, ...more } })).id;
  const decide = (id: string, decision: 'accept_application' | 'complete_training') =>
    operator.post('/v1/points/{point_id}/decisions', {
      params: { path: { point_id: id } },
      body: { decision },
    });

  await agree(false);
  const near = await apply('HZ-101', 'Wensan Road', { range: { kind: 'polygon', ring: RING } });
  const far = await apply('HZ-102', 'Xixi Station', {
    kind: 'station',
    position: { latitude: 30.2695, longitude: 120.1342 },
    capacity: { per_hour: { collect: 60, return: 40, mail: 30 }, shelf: 400 },
  });
  for (const id of [near, far])
    for (const decision of ['accept_application', 'complete_training'] as const) await decide(id, decision);
  await agree(true);
  const applying = await apply('HZ-103', 'Gudang Post Office', { kind: 'post_office' });
  await decide(applying, 'accept_application');
  await apply('HZ-104', 'Liangzhu Locker', { kind: 'locker', services: ['collect'] });
  await stage.network.settle();

  const demand = { service: 'return', country: 'CN', position: SHOP.position } as const;
  const decisions: string[] = [];
  for (const [index, chosen] of [undefined, undefined, far].entries()) {
    const made = await merchant.post('/v1/point-reservations', {
      body: {
        ...demand,
        subject: { kind: 'return', id: `R-${index + 1}` },
        ...(chosen === undefined ? {} : { point_id: chosen }),
      },
    });
    decisions.push(made.decision_id);
  }
  const battery = { goods_class: 'battery_only', subject: { kind: 'return', id: 'R-9' } } as const;
  await merchant.post('/v1/point-options', { body: { ...demand, ...battery } });

  const feed = await office.post('/v1/point-networks/{organisation_id}/outlet-feeds', {
    params: { ...network, query: { mode: 'delta' } },
    body: FEED as never,
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': 'text/csv' },
  });
  const now = Date.now();
  await office.post('/v1/points/{point_id}/sync', {
    params: { path: { point_id: near } },
    body: {
      device_id: 'counter-01',
      actions: [
        {
          client_id: 'action-001',
          kind: 'store',
          number: 'UNKNOWN0001',
          occurred_at: new Date(now - 60_000).toISOString(),
        },
      ],
    },
  });
  const deduct = (reason: 'lost' | 'complaint_upheld', last: string) =>
    operator.post('/v1/point-deductions', {
      body: {
        point_id: near,
        reason,
        subject: { kind: 'shelf_parcel', id: `spc_${last.padStart(26, '0')}` },
        occurred_at: new Date(now - 3_600_000).toISOString(),
        evidence: `The camera shows an empty shelf.\n${HOSTILE}`,
      },
    });
  await deduct('complaint_upheld', '1');
  const appealed = await deduct('lost', '2');
  await office.post('/v1/point-deductions/{deduction_id}/appeal', {
    params: { path: { deduction_id: appealed.id } },
    body: { text: 'It was found behind the counter and handed out the next morning.' },
  });
  await stage.network.settle();
  return {
    outlet: near,
    other_outlet: far,
    applying_outlet: applying,
    point_organisation: organisation.id,
    outlet_feed: feed.id,
    point_decision: decisions[0] ?? '',
    appealed_deduction: appealed.id,
  };
};
