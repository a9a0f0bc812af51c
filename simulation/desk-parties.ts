import type { Party } from './people.ts';

type DeskParty = Party & { readonly address: Party['address'] & { readonly division: string } };

/** Where the demo's courier collects. All names and doors are made up. */
export const OFFICE: DeskParty = {
  name: '陈明',
  phone: '+8613800138001',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '杭州市',
    district: '余杭区',
    postcode: '311199',
    lines: ['示范街 1 号'],
  },
};

/** Where he brings parcels to. */
export const DOORS: readonly [DeskParty, ...DeskParty[]] = [
  door('李华', '+8613900139001', '徐汇区', '200030', '漕溪北路 88 号'),
  door('王芳', '+8613900139002', '徐汇区', '200030', '天钥桥路 216 弄 3 号 502'),
  door('张伟', '+8613900139003', '徐汇区', '200030', '零陵路 9 号'),
  door('赵敏', '+8613900139004', '长宁区', '200052', '番禺路 381 号'),
  door('黄磊', '+8613900139005', '长宁区', '200052', '新华路 155 号 7 楼'),
  door('周洋', '+8613900139006', '静安区', '200040', '愚园路 68 号'),
];

function door(name: string, phone: string, district: string, postcode: string, line: string): DeskParty {
  return {
    name,
    phone,
    address: { country: 'CN', division: '上海市', city: '上海市', district, postcode, lines: [line] },
  };
}
