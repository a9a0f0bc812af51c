import { parseRouteCode, type RoutingRule } from './routing.policy.ts';

type Row = readonly [
  ruleId: string,
  country: string,
  matcher: Partial<Pick<RoutingRule, 'division' | 'city' | 'town' | 'postcodePrefix'>>,
  sortMark: string,
  consolidation: readonly [name: string, code: string],
  routeCode: string,
];

/*
 * Area tables of our own carriers, in force until the carrier loads a version of its own (version 0 on a waybill).
 * Made up for a start: the hubs are where such hubs stand, the codes are ours.
 */
const CN: readonly Row[] = [
  ['cn-bj', 'CN', { division: '北京市' }, '北京', ['北京包', 'BJS-CN'], '010-B001'],
  ['cn-bj-shunyi', 'CN', { town: '顺义区' }, '北京顺义', ['北京包', 'BJS-CN'], '010-B013-02'],
  ['cn-bj-post-1013', 'CN', { postcodePrefix: '1013' }, '北京顺义', ['北京包', 'BJS-CN'], '010-B013-02'],
  ['cn-sh', 'CN', { division: '上海市' }, '上海', ['上海包', 'SHA-CN'], '021-S001'],
  ['cn-zj-jinhua', 'CN', { city: '金华市' }, '金华362', ['金华包', 'JHU-CN'], '362-A010'],
  ['cn-zj-hangzhou', 'CN', { city: '杭州市' }, '杭州571', ['杭州包', 'HGH-CN'], '571-A002'],
  ['cn-gd-shenzhen', 'CN', { city: '深圳市' }, '深圳755', ['深圳包', 'SZX-CN'], '755-G004'],
  ['cn-zj', 'CN', { division: '浙江省' }, '浙江', ['杭州包', 'HGH-CN'], '571'],
];
const EU: readonly Row[] = [
  ['de-1', 'DE', { postcodePrefix: '1' }, 'BERLIN 10', ['Berlin', 'BER-EU'], 'DE10-BER'],
  ['de-2', 'DE', { postcodePrefix: '2' }, 'HAMBURG 20', ['Hamburg', 'HAM-EU'], 'DE20-HAM'],
  ['de-6', 'DE', { postcodePrefix: '6' }, 'FRANKFURT 60', ['Frankfurt', 'FRA-EU'], 'DE60-FRA'],
  ['de-60327', 'DE', { postcodePrefix: '60327' }, 'FRANKFURT 60-2', ['Frankfurt', 'FRA-EU'], 'DE60-FRA2-118'],
  ['de-8', 'DE', { postcodePrefix: '8' }, 'MUENCHEN 80', ['München', 'MUC-EU'], 'DE80-MUC'],
  ['es-28', 'ES', { postcodePrefix: '28' }, 'MADRID 28', ['Madrid', 'MAD-EU'], 'ES28-MAD'],
  ['es-08', 'ES', { postcodePrefix: '08' }, 'BARCELONA 08', ['Barcelona', 'BCN-EU'], 'ES08-BCN'],
  ['es-41', 'ES', { postcodePrefix: '41' }, 'SEVILLA 41', ['Sevilla', 'SVQ-EU'], 'ES41-SVQ'],
];
const BR: readonly Row[] = [
  ['br-sp-0', 'BR', { postcodePrefix: '0' }, 'SAO PAULO 01', ['São Paulo', 'SAO-BR'], 'SP01-SAO'],
  ['br-sp-1', 'BR', { postcodePrefix: '1' }, 'INTERIOR SP 13', ['Campinas', 'VCP-BR'], 'SP13-VCP'],
  ['br-sp-13015', 'BR', { postcodePrefix: '13015' }, 'CAMPINAS 13-02', ['Campinas', 'VCP-BR'], 'SP13-VCP-02'],
  ['br-rj', 'BR', { postcodePrefix: '2' }, 'RIO 20', ['Rio de Janeiro', 'RIO-BR'], 'RJ20-RIO'],
  ['br-mg', 'BR', { postcodePrefix: '3' }, 'BELO HORIZONTE 30', ['Belo Horizonte', 'CNF-BR'], 'MG30-CNF'],
  ['br-whole', 'BR', {}, 'BRASIL', ['São Paulo', 'SAO-BR'], 'BR00'],
];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  postroad_express_cn: CN,
  postroad_express_eu: EU,
  postroad_express_br: BR,
  postroad_line: [...CN, ...EU, ...BR],
};

/** The area table that comes with the product; empty for carriers that bring their own. */
export function shippedRules(carrierCode: string): readonly RoutingRule[] {
  return (TABLES[carrierCode] ?? []).map(([ruleId, country, matcher, sortMark, [name, code], raw]) => ({
    ruleId,
    country,
    ...matcher,
    routing: { sortMark, consolidation: { name, code }, routeCode: parseRouteCode(raw) },
  }));
}
