import type { NumberIssuer } from './model.ts';

/*
 * Carriers of China and its cross-border lines. Their formats are published as validation expressions of marketplaces
 * (Taobao Open Platform, `reg_mail_no` of a logistics company) or not at all; none has a check digit that is known.
 */
const MAIL = 'Taobao Open Platform, reg_mail_no; labels';
const LBL = 'labels and public tracking pages';
const TND = 'tracking_number_data 2.0.0';

export const CHINESE_ISSUERS: readonly NumberIssuer[] = [
  {
    code: 'sf_express',
    names: { en: 'SF Express', zh: '顺丰速运' },
    reach: 'worldwide',
    trackingUrl: 'https://www.sf-express.com/chn/en/waybill/waybill-detail/{number}',
    formats: [
      { name: 'sf_15', shapes: ['SF an1 n12'], check: 'none', example: 'SF1012345678901', source: LBL },
      {
        name: 'sf_12',
        shapes: ['n12'],
        check: 'none',
        example: '312345678901',
        source: MAIL,
        isLegacy: true,
      },
    ],
  },
  {
    code: 'jd',
    names: { en: 'JD Logistics', zh: '京东物流' },
    reach: 'worldwide',
    trackingUrl: 'https://www.jdl.com/orderSearch?waybillCodes={number}',
    formats: [
      { name: 'jd', shapes: ['JD an2 n11'], check: 'none', example: 'JDVA01234567890', source: MAIL },
      {
        // On each package of a waybill: its number, which package, of how many, `JDVA01234567890-1-1-`.
        name: 'jd_package',
        shapes: ['JD a1 an1 n11 n2..4'],
        check: 'none',
        example: 'JDVA0123456789011',
        source: LBL,
        carries: [0, 15],
      },
    ],
  },
  {
    code: 'zto',
    names: { en: 'ZTO Express', zh: '中通快递' },
    reach: 'worldwide',
    trackingUrl: 'https://www.zto.com/express/expressCheck.html?txtBill={number}',
    formats: [
      { name: 'zto_12', shapes: ['7 [3-8] n10'], check: 'none', example: '751234567890', source: MAIL },
      { name: 'zto_14', shapes: ['7 [3-8] n12'], check: 'none', example: '75123456789012', source: MAIL },
    ],
  },
  {
    code: 'yto',
    names: { en: 'YTO Express', zh: '圆通速递' },
    reach: 'worldwide',
    formats: [
      { name: 'yto_15', shapes: ['YT n13'], check: 'none', example: 'YT1234567890123', source: MAIL },
    ],
  },
  {
    code: 'sto',
    names: { en: 'STO Express', zh: '申通快递' },
    reach: 'worldwide',
    formats: [{ name: 'sto', shapes: ['77 n11..13'], check: 'none', example: '7712345678901', source: MAIL }],
  },
  {
    code: 'yunda',
    names: { en: 'Yunda Express', zh: '韵达速递' },
    reach: 'worldwide',
    formats: [
      { name: 'yunda_13', shapes: ['[345] n12'], check: 'none', example: '4312345678901', source: MAIL },
      { name: 'yunda_15', shapes: ['[34] n14'], check: 'none', example: '431234567890123', source: MAIL },
    ],
  },
  {
    code: 'cainiao',
    names: { en: 'Cainiao', zh: '菜鸟' },
    reach: 'worldwide',
    trackingUrl: 'https://global.cainiao.com/newDetail.htm?mailNoList={number}',
    formats: [
      { name: 'cainiao_lp', shapes: ['LP n14..18'], check: 'none', example: 'LP00123456789012', source: LBL },
      {
        name: 'cainiao_lbx',
        shapes: ['LBX n14..20'],
        check: 'none',
        example: 'LBX00123456789012',
        source: LBL,
      },
      {
        name: 'cainiao_cn',
        shapes: ['CN a0..4 n9..14 a0..2'],
        check: 'none',
        example: 'CNG00123456789012',
        source: LBL,
      },
    ],
  },
  {
    code: '4px',
    names: { en: '4PX', zh: '递四方' },
    reach: 'national',
    trackingUrl: 'https://track.4px.com/#/result/0/{number}',
    formats: [
      { name: '4px', shapes: ['4PX n13 CN'], check: 'none', example: '4PX3000123456789CN', source: LBL },
    ],
  },
  {
    code: 'yanwen',
    names: { en: 'Yanwen', zh: '燕文物流' },
    reach: 'national',
    trackingUrl: 'https://track.yw56.com.cn/en/querydel?nums={number}',
    formats: [
      { name: 'yanwen_yp', shapes: ['a2 n9 YP'], check: 'none', example: 'UG123456789YP', source: LBL },
      { name: 'yanwen_s', shapes: ['[SY] n9..12'], check: 'none', example: 'S123456789', source: LBL },
    ],
  },
  {
    code: 'yunexpress',
    names: { en: 'YunExpress', zh: '云途物流' },
    reach: 'national',
    trackingUrl: 'https://www.yuntrack.com/parcelTracking?id={number}',
    formats: [
      { name: 'yunexpress', shapes: ['YT n16'], check: 'none', example: 'YT2229521272164446', source: TND },
    ],
  },
];
