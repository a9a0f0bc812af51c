/** One outlet of the demo; names and doors are made up, positions lie in real towns. */
export type CounterPlan = {
  readonly code: string;
  readonly name: string;
  readonly kind: 'post_office' | 'shop' | 'station' | 'locker';
  readonly street: string;
  readonly position: { readonly latitude: number; readonly longitude: number };
};
export type NetworkPlan = {
  readonly name: string;
  readonly country: string;
  readonly zone: string;
  readonly city: string;
  readonly postcode: string;
  /** Which of the world's marketplaces sends there. */
  readonly market: number;
  readonly recipients: readonly (readonly [name: string, phone: string])[];
  readonly outlets: readonly CounterPlan[];
};

/** The first is the demo's own: its people log in. */
export const COUNTERS: readonly NetworkPlan[] = [
  {
    ...{ name: 'Corner Point', country: 'CN', zone: 'Asia/Shanghai', city: '杭州市', postcode: '311121' },
    market: 0,
    recipients: [
      ['李华', '+8613900139001'],
      ['王芳', '+8613900139002'],
      ['张伟', '+8613900139003'],
    ],
    outlets: [
      outlet('CP-1', '文一西路驿站', 'station', '文一西路 969 号', 30.2799, 120.0266),
      outlet('CP-2', '余杭塘路小店', 'shop', '余杭塘路 866 号', 30.3005, 120.0862),
      outlet('CP-3', '西溪智能柜', 'locker', '文二西路 780 号', 30.2776, 120.0718),
    ],
  },
  {
    ...{ name: 'Landpost', country: 'DE', zone: 'Europe/Berlin', city: 'Berlin', postcode: '10115' },
    market: 2,
    recipients: [
      ['Katharina Lindner', '+4930901820'],
      ['Jonas Weber', '+4930901821'],
    ],
    outlets: [
      outlet('LP-1', 'Landpost Mitte', 'post_office', 'Invalidenstrasse 44', 52.5306, 13.3822),
      outlet('LP-2', 'Kiosk am Park', 'shop', 'Chausseestrasse 12', 52.5338, 13.3791),
    ],
  },
  {
    ...{
      name: 'Correio Local',
      country: 'BR',
      zone: 'America/Sao_Paulo',
      city: 'Recife',
      postcode: '50010-000',
    },
    market: 1,
    recipients: [
      ['Ana Souza', '+551130001000'],
      ['Bruno Lima', '+551130001001'],
    ],
    outlets: [
      outlet('CL-1', 'Correio do Porto', 'post_office', 'Avenida Rio Branco 18', -8.0631, -34.8711),
      outlet('CL-2', 'Banca Boa Vista', 'shop', 'Rua da Aurora 295', -8.0574, -34.8813),
    ],
  },
];

function outlet(
  code: string,
  name: string,
  kind: CounterPlan['kind'],
  street: string,
  latitude: number,
  longitude: number,
): CounterPlan {
  return { code, name, kind, street, position: { latitude, longitude } };
}

/** How far each parcel of a counter has come. */
export const WAITING = [
  ...['announced', 'announced', 'announced', 'stored', 'stored', 'stored', 'stored', 'stored'],
  ...['handed_out', 'handed_out'],
] as const;

const HANGZHOU = {
  ...{ country: 'CN', division: '浙江省', city: '杭州市', district: '余杭区', postcode: '311121' },
};
const SELLER = {
  ...{ name: 'Returns desk', phone: '+8657187654321' },
  address: { ...HANGZHOU, lines: ['文一西路 998 号'] },
};
const ordered = (serial: number, description: string, minor: number) => ({
  ...{ reference: `DEMO-RETURN-${serial}`, description, minor, sender: SELLER },
  buyer: {
    ...{ name: '王芳', phone: '+8613900139002', email: 'buyer@demo.example' },
    address: { ...HANGZHOU, lines: ['余杭塘路 2 号'] },
  },
});

/** Orders of the demo that their buyer has in his hands. */
export const TO_RETURN = [
  ordered(1, 'Down jacket', 26_900),
  ordered(2, 'Running shoes', 18_900),
  ordered(3, 'Paper lantern', 4_900),
] as const;
