import { type Currency, type Money, minorDigits } from '../kernel/index.ts';
import type { LabelContent, LabelService } from './content.ts';

/** The label's own words. */
export type Captions = {
  readonly to: string;
  readonly from: string;
  readonly weight: string;
  readonly size: string;
  readonly piece: string;
  readonly order: string;
  readonly printed: string;
  readonly outlet: string;
  readonly consolidation: string;
  readonly parent: string;
  readonly remark: string;
  readonly inspected: string;
  readonly services: Readonly<Record<LabelService['kind'], string>>;
};

const EN: Captions = {
  to: 'TO',
  from: 'FROM',
  weight: 'Weight',
  size: 'Size',
  piece: 'Piece',
  order: 'Order',
  printed: 'Printed',
  outlet: 'Outlet',
  consolidation: 'Consolidation',
  parent: 'Parent',
  remark: 'Remark',
  inspected: 'INSPECTED',
  services: {
    cod: 'COD',
    insured: 'INSURED',
    fresh: 'FRESH',
    fragile: 'FRAGILE',
    signature: 'SIGNATURE',
    evening: 'EVENING',
    saturday: 'SATURDAY',
    return_on_failure: 'RETURN',
  },
};

const ZH: Captions = {
  to: '收',
  from: '寄',
  weight: '重量',
  size: '尺寸',
  piece: '件数',
  order: '订单',
  printed: '打印',
  outlet: '网点',
  consolidation: '集包地',
  parent: '母单号',
  remark: '备注',
  inspected: '已验视',
  services: {
    cod: '代收货款',
    insured: '保价',
    fresh: '生鲜',
    fragile: '易碎',
    signature: '签单返还',
    evening: '夜间配送',
    saturday: '周六配送',
    return_on_failure: '拒收退回',
  },
};

export function captionsOf(content: Pick<LabelContent, 'captions'>): Captions {
  return content.captions === 'zh' ? ZH : EN;
}

const digits = new Map<Currency, number>();

/** `CNY 120.00`: the code, not the sign, because one sign serves several currencies. */
export function moneyText(money: Money): string {
  let places = digits.get(money.currency);
  if (places === undefined) {
    places = minorDigits(money.currency);
    digits.set(money.currency, places);
  }
  const sign = money.amountMinor < 0 ? '-' : '';
  const units = String(Math.abs(money.amountMinor)).padStart(places + 1, '0');
  const whole = units.slice(0, units.length - places);
  return `${money.currency} ${sign}${whole}${places === 0 ? '' : `.${units.slice(units.length - places)}`}`;
}

export function serviceText(service: LabelService, captions: Captions): string {
  const name = captions.services[service.kind];
  if (service.kind === 'cod') return `${name} ${moneyText(service.amount)}`;
  if (service.kind === 'insured') return `${name} ${moneyText(service.value)}`;
  return name;
}

/** `0.850 kg`. */
export function weightText(weightGrams: number): string {
  return `${(weightGrams / 1000).toFixed(3)} kg`;
}
