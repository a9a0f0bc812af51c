import type { words as en } from './words.en.ts';

export const words = {
  name: '姓名',
  phone: '电话',
  'phone.hint': '请带国家代码\uff0c例如 +86。',
  street: '街道和门牌号',
  postcode: '邮政编码',
  city: '城市',
  division: '省或州\uff08如有\uff09',
  country: '国家',
  missing: '请填写此项。',
  'goods.normal': '普通物品',
  'goods.breakable': '易碎品',
  'goods.battery_contained': '内含电池的设备',
  'goods.cosmetics_non_liquid': '非液体化妆品',
  'goods.liquid': '液体',
  'goods.powder': '粉末',
  'goods.magnetic': '带磁物品',
} satisfies Record<keyof typeof en, string>;
