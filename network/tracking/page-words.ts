import type { Milestone, ParcelStatus } from './model.ts';

export type Language = 'en' | 'zh-CN';

/** The first language of an Accept-Language header that we have; English otherwise. Weights are honoured. */
export function languageOf(acceptLanguage: string): Language {
  const wanted = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...options] = part.trim().toLowerCase().split(';');
      const weight = Number(
        options
          .find((option) => option.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? '1',
      );
      return { tag, index, weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && /^(en|zh)(-|$)/.test(tag))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  return wanted[0]?.tag.startsWith('zh') === true ? 'zh-CN' : 'en';
}

type Pair = readonly [en: string, zh: string];

const MILESTONE_WORDS: Readonly<Record<Milestone, Pair>> = {
  order_created: ['Order received', '已下单'],
  warehouse_accepted: ['Accepted by the warehouse', '仓库已接单'],
  warehouse_processing: ['Being packed', '仓库打包中'],
  dispatch_declared: ['Sender announced the dispatch', '卖家已发货'],
  pickup_failed: ['Pick-up did not take place', '上门取件未成功'],
  picked_up: ['Picked up', '已揽收'],
  warehouse_received: ['Arrived at the warehouse', '已到达仓库'],
  warehouse_outbound: ['Left the warehouse', '已出库'],
  linehaul: ['Handed to line-haul', '已交干线运输'],
  export_customs_in: ['Export customs started', '出口报关中'],
  export_customs_held: ['Held by export customs', '出口海关查验'],
  export_customs_out: ['Cleared export customs', '出口清关完成'],
  departed_origin: ['Left the country of origin', '已离开始发国'],
  transit_arrived: ['Arrived in transit', '已到达中转地'],
  transit_departed: ['Left transit', '已离开中转地'],
  arrived_destination: ['Arrived in the destination country', '已到达目的国'],
  import_customs_in: ['Import customs started', '进口报关中'],
  import_customs_held: ['Held by import customs', '进口海关查验'],
  import_customs_out: ['Cleared import customs', '进口清关完成'],
  handed_to_last_mile: ['Handed to the local carrier', '已交末端配送'],
  in_transit_local: ['On the way', '运输中'],
  arrived_delivery_depot: ['Arrived at the delivery depot', '已到达派送网点'],
  redirected: ['Redirected', '已转寄'],
  out_for_delivery: ['Out for delivery', '派送中'],
  delivery_attempted: ['Delivery was attempted', '派送未成功'],
  refused: ['Refused by the recipient', '收件人拒收'],
  at_point: ['Ready for collection', '待取件'],
  delivered: ['Delivered', '已签收'],
  customs_processing: ['In customs', '清关中'],
  resumed: ['On the way again', '恢复运输'],
  exception: ['There is a problem', '包裹异常'],
  damaged: ['Damaged', '包裹破损'],
  lost: ['Lost', '包裹丢失'],
  disposed: ['Disposed of', '已销毁'],
  cancelled: ['Cancelled', '已取消'],
  returning: ['Going back to the sender', '退回中'],
  returned: ['Returned to the sender', '已退回'],
};

const STATUS_WORDS: Readonly<Record<ParcelStatus, Pair>> = {
  unknown: ['No readable news yet', '暂无可识别的信息'],
  not_found: ['No news yet', '暂无物流信息'],
  info_received: ['Announced', '已下单'],
  picked_up: ['Picked up', '已揽收'],
  in_transit: ['On the way', '运输中'],
  out_for_delivery: ['Out for delivery', '派送中'],
  available_for_pickup: ['Ready for collection', '待取件'],
  delivery_attempted: ['Delivery was attempted', '派送未成功'],
  delivered: ['Delivered', '已签收'],
  exception: ['There is a problem', '包裹异常'],
  returning: ['Going back to the sender', '退回中'],
  returned: ['Returned to the sender', '已退回'],
  cancelled: ['Cancelled', '已取消'],
  expired: ['No news for a long time', '长时间无更新'],
};

const PAGE_WORDS = {
  title: ['Track a parcel', '包裹查询'],
  number: ['Tracking number', '运单号'],
  phone: ['Last four digits of the recipient\u2019s phone', '收件人手机号后四位'],
  search: ['Track', '查询'],
  another: ['Track another parcel', '查询其他包裹'],
  promised: ['Promised', '承诺送达'],
  estimated: ['Expected', '预计送达'],
  to: ['To', '目的地'],
  history: ['History', '物流轨迹'],
  unverified: ['not verified', '未核实'],
  unverified_note: [
    'Entries marked \u201cnot verified\u201d come from sources that are not recognised and do not change the status.',
    '标注“未核实”的信息来自未被认可的来源，不影响包裹状态。',
  ],
  synthetic: ['filled in', '补录'],
  zone_note: [
    'Times are local to the place of each scan, as far as its zone is known.',
    '时间为各扫描地点的当地时间（已知时区时）。',
  ],
  zone_unknown: ['zone unknown', '时区未知'],
  zone_assumed: ['zone assumed', '时区为推定'],
  empty: ['There are no scans yet. Please look again later.', '暂无扫描记录，请稍后再查。'],
  act_recipient: [
    'You are asked to act: contact the carrier or the shop.',
    '需要您处理：请联系承运商或商家。',
  ],
  act_shipper: ['The sender is asked to act.', '等待寄件人处理。'],
  not_found: [
    'No parcel fits this number and these digits. Check both and try again.',
    '未找到与该运单号及手机号后四位匹配的包裹，请核对后重试。',
  ],
  link_unknown: [
    'This link is not valid any more. Ask the shop for a new one, or use the number.',
    '该链接已失效。请向商家索取新链接，或使用运单号查询。',
  ],
  too_many: ['Too many tries. Wait a minute and try again.', '尝试次数过多，请稍后再试。'],
} as const satisfies Record<string, Pair>;
export type PageWord = keyof typeof PAGE_WORDS;

/** The words of one language. */
export function wordsOf(language: Language) {
  const index = language === 'en' ? 0 : 1;
  return {
    milestone: (name: Milestone) => MILESTONE_WORDS[name][index],
    status: (name: ParcelStatus) => STATUS_WORDS[name][index],
    page: (name: PageWord) => PAGE_WORDS[name][index],
  };
}
export type Words = ReturnType<typeof wordsOf>;
