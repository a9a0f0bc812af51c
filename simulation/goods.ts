/** What is sold: description, HS6, value and weight of one piece by median and 90th percentile. All made up by us. */
export type Ware = {
  readonly en: string;
  readonly cn: string;
  readonly hs6: string;
  /** US dollars. */
  readonly value: readonly [p50: number, p90: number];
  readonly grams: readonly [p50: number, p90: number];
  readonly goodsClass: 'normal' | 'battery_contained' | 'cosmetics_non_liquid' | 'breakable';
};

export const WARES: readonly (readonly [Ware, weight: number])[] = [
  [ware('Cotton T-shirt', '棉T恤', '610910', [9, 22], [190, 320]), 16],
  [ware('Phone case', '手机壳', '392690', [3, 8], [45, 90]), 18],
  [ware('Women dress', '连衣裙', '620442', [17, 45], [340, 620]), 12],
  [ware('Running shoes', '跑鞋', '640411', [28, 70], [780, 1150]), 8],
  [ware('Ceramic mug', '陶瓷杯', '691200', [6, 15], [360, 520], 'breakable'), 6],
  [ware('Wireless earphones', '无线耳机', '851830', [14, 60], [120, 240], 'battery_contained'), 12],
  [ware('Lip balm stick', '润唇膏', '330410', [4, 11], [35, 80], 'cosmetics_non_liquid'), 5],
  [ware('Jigsaw puzzle', '拼图', '950300', [8, 24], [420, 900]), 7],
  [ware('Kitchen scale', '厨房秤', '842381', [11, 26], [460, 760], 'battery_contained'), 5],
  [ware('Bicycle lamp', '自行车灯', '851210', [9, 30], [110, 210], 'battery_contained'), 6],
  [ware('Bed linen', '床单', '630231', [24, 60], [1200, 1900]), 5],
];

function ware(
  en: string,
  cn: string,
  hs6: string,
  value: Ware['value'],
  grams: Ware['grams'],
  goodsClass: Ware['goodsClass'] = 'normal',
): Ware {
  return { en, cn, hs6, value, grams, goodsClass };
}

/** Rough worth of a dollar, so that the same shirt costs about the same everywhere. */
export const PER_DOLLAR: Readonly<Record<string, number>> = { USD: 1, CNY: 7.1, EUR: 0.9, BRL: 5.4 };
