import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClearParty,
  DEFAULT_MASKS,
  MaskDocument,
  maskName,
  maskParty,
  maskPhone,
  withShippedProfiles,
} from './masks.policy.ts';

const GB = DEFAULT_MASKS.profiles.cn_gbt41833!;
const PARTY: ClearParty = {
  name: '张三丰',
  company: '丰记贸易',
  phone: '139 1234 5678',
  email: 'zhang@example.com',
  address: {
    country: 'CN',
    division: '浙江省',
    city: '杭州市',
    district: '西湖区',
    postcode: '310012',
    lines: ['文三路478号华星时代广场3幢2单元1501室'],
  },
};

function lineOf(line: string, name = '张三丰'): string {
  const address = { country: 'CN', city: '杭州市', lines: [line] };
  return maskParty(DEFAULT_MASKS, 'cn_gbt41833', { name, address }).address?.lines.join('|') ?? '';
}

describe('the mask profiles', () => {
  it('follow their schema', () => {
    expect(MaskDocument.parse(DEFAULT_MASKS)).toEqual(DEFAULT_MASKS);
    expect(Object.keys(DEFAULT_MASKS.profiles)).toEqual([
      ...['cn_gbt41833', 'eu', 'us', 'last_four_only', 'without_task'],
    ]);
  });

  it('cn_gbt41833 keeps one character, five digits and the house', () => {
    expect(maskParty(DEFAULT_MASKS, 'cn_gbt41833', PARTY)).toEqual({
      name: '张***',
      company: '***',
      phone: '139******78',
      address: { ...PARTY.address, lines: ['文三路478号华星时代广场***'] },
    });
  });

  it('eu shows name and address for the delivery and three digits of the phone', () => {
    expect(maskParty(DEFAULT_MASKS, 'eu', PARTY)).toEqual({
      name: '张三丰',
      company: '丰记贸易',
      phone: '********678',
      address: PARTY.address,
    });
  });

  it('us shows four digits of the phone', () => {
    expect(maskParty(DEFAULT_MASKS, 'us', PARTY).phone).toBe('*******5678');
  });

  it('last_four_only shows nothing else of the person', () => {
    expect(maskParty(DEFAULT_MASKS, 'last_four_only', PARTY)).toEqual({
      name: '***',
      company: '***',
      phone: '*******5678',
      address: { ...PARTY.address, lines: ['***'] },
    });
  });

  it('without_task shows whom it is about and no more, in every country', () => {
    expect(maskParty(DEFAULT_MASKS, 'without_task', PARTY)).toEqual({
      name: '张***',
      company: '***',
      phone: '*********78',
      address: { ...PARTY.address, lines: ['文三路478号华星时代广场***'] },
    });
    const address = { country: 'ES', city: 'Sevilla', lines: ['Calle Sierpes 12', 'Piso 2, puerta B'] };
    const shown = maskParty(DEFAULT_MASKS, 'without_task', { name: 'Marta Iglesias', address });
    expect(shown).toEqual({ name: 'M***', address: { ...address, lines: ['Calle Sierpes***', '***'] } });
  });

  it('a document from before a profile came has it as shipped, and its own profiles as they are', () => {
    const { without_task: later, ...profiles } = DEFAULT_MASKS.profiles;
    const old = { ...DEFAULT_MASKS, profiles: { ...profiles, eu: GB } };
    expect(withShippedProfiles(old).profiles).toEqual({ ...profiles, eu: GB, without_task: later });
    expect(withShippedProfiles(DEFAULT_MASKS)).toBe(DEFAULT_MASKS);
  });

  it.each(['', 'EU', 'none', 'toString', '__proto__', 'constructor'])(
    'there is no default: %j',
    (profile) => {
      expect(() => maskParty(DEFAULT_MASKS, profile, PARTY)).toThrow(RangeError);
    },
  );

  it.each<[string, unknown]>([
    ['three hidden digits', { ...GB, phone: { ...GB.phone, hideAtLeast: 3 } }],
    ['five shown digits', { ...GB, phone: { ...GB.phone, showLast: 5 } }],
    ['an unknown way', { ...GB, name: 'initials' }],
    ['an e-mail', { ...GB, email: 'clear' }],
    ['no source', { ...GB, source: '' }],
  ])('a profile with %s is refused', (_, profile) => {
    expect(MaskDocument.safeParse({ ...DEFAULT_MASKS, profiles: { odd: profile } }).success).toBe(false);
  });

  it('a word of the rulebook is never a pattern', () => {
    expect(MaskDocument.safeParse({ ...DEFAULT_MASKS, unitWordsAfter: ['(a+)+$'] }).success).toBe(false);
    const dotted = { ...DEFAULT_MASKS, unitWordsBefore: ['a.t'], unitWordsAfter: [] };
    const address = { country: 'US', city: 'X', lines: ['Main Ave aXt 5B x'] };
    expect(maskParty(dotted, 'cn_gbt41833', { name: 'Bo', address }).address?.lines).toEqual([
      'Main Ave aXt 5B x',
    ]);
  });
});

describe('names', () => {
  it.each([
    ['张三', '张***'],
    ['欧阳 娜娜', '欧***'],
    ['张', '***'],
    [' 张 ', '***'],
    ['John Smith', 'J***'],
    ['  "Ann" Lee', 'A***'],
    ['Ólafur Arnalds', 'Ó***'],
    ['محمد', 'م***'],
    ['👩‍👩‍👧', '***'],
    ['...', '***'],
    ['', '***'],
    ['𠮷野家', '𠮷***'],
  ])('%j keeps at most one character: %j', (name, masked) => {
    expect(maskName('first_character', name)).toBe(masked);
    expect(maskName('hidden', name)).toBe('***');
  });

  it('do not carry the phone through a clear profile', () => {
    const party = {
      name: 'Zhang San 139-1234-5678',
      company: 'Feng (+86) 13912345678',
      phone: '+86 13912345678',
    };
    const { name, company } = maskParty(DEFAULT_MASKS, 'eu', party);
    expect([name, company]).toEqual(['Zhang San ***', 'Feng (+***']);
  });
});

describe('phones', () => {
  it.each([
    ['13912345678', '139******78'],
    ['139-1234-5678', '139******78'],
    ['+86 139 1234 5678', '861********78'],
    ['１３９１２３４５６７８', '139******78'],
    ['12345678910-1234', '123**********34'],
    ['1234567890', '12******90'],
    ['12345678', '******78'],
    ['1234567', '******7'],
    ['123456', '***'],
    ['110', '***'],
    ['', '***'],
    ['none', '***'],
    ['139****5678', '******8'],
  ])('%j is %j', (phone, masked) => {
    expect(maskPhone(GB.phone, phone)).toBe(masked);
  });
});

describe('address lines', () => {
  it.each([
    ['文三路478号', '文三路478号'],
    ['文三路478号 1501室', '文三路478号***'],
    ['文三路478号１５０１室', '文三路478号***'],
    ['文三路478号 1 5 0 1 室', '文三路478号***'],
    ['文三路478号A座1501', '文三路478号***'],
    ['文三路478号三单元五层', '文三路478号***'],
    ['文三路478号十二号楼', '文三路478号***'],
    ['文三路478-3-1501', '文三路478***'],
    ['文三路478号华星广场1501', '文三路478号华星广场***'],
    ['No. 478 Wensan Road, Room 1501', 'No. 478 Wensan Road,***'],
    ['478 Wensan Road Apt.15B', '478 Wensan Road***'],
    ['478 Wensan Road #1501', '478 Wensan Road***'],
    ['478 Wensan Road #B', '478 Wensan Road***'],
    ['478 Wensan Road, UNIT C', '478 Wensan Road,***'],
    ['Aptitude Street', 'Aptitude Street'],
    ['', ''],
  ])('%j is shown as %j', (line, masked) => {
    expect(lineOf(line)).toBe(masked);
  });

  it('hides what stands in further lines', () => {
    const address = { country: 'CN', city: '杭州市', lines: ['文三路478号', '1501', '门铃坏了'] };
    const { address: shown } = maskParty(DEFAULT_MASKS, 'cn_gbt41833', { name: '张三', address });
    expect(shown?.lines).toEqual(['文三路478号', '***']);
  });

  it('hide the name and a number that somebody wrote into them', () => {
    expect(lineOf('文三路478号 张三丰收 电话139 1234 5678 谢谢')).toBe('文三路478号 ***收 电话*** 谢谢');
    expect(lineOf('c/o ZHANG  SAN, Wensan Road', 'Zhang San')).toBe('c/o ***, Wensan Road');
    const address = {
      country: 'ES',
      city: 'Madrid',
      lines: ['Calle Mayor 12-14, 28013, 2º B', 'tel 600 123 456'],
    };
    const { address: shown } = maskParty(DEFAULT_MASKS, 'eu', {
      name: 'Ana',
      phone: '+34 600123456',
      address,
    });
    expect(shown?.lines).toEqual(['Calle Mayor 12-14, 28013, 2º B', 'tel ***']);
  });

  it('bring along nothing that the mask does not know', () => {
    const address = {
      country: 'ES',
      city: 'Madrid',
      lines: [],
      position: { latitude: 40.4, longitude: -3.7 },
    };
    const { address: shown } = maskParty(DEFAULT_MASKS, 'eu', { name: 'Ana', address });
    expect(shown).toEqual({ country: 'ES', city: 'Madrid', lines: [] });
  });

  it('are read in bounded time', () => {
    for (const hostile of [
      '1'.repeat(20_000),
      '1 '.repeat(10_000),
      '一'.repeat(20_000),
      'a1'.repeat(10_000),
    ]) {
      expect(lineOf(`${hostile}x`)).toBeTypeOf('string');
      const address = { country: 'ES', city: 'X', lines: [hostile] };
      expect(
        maskParty(DEFAULT_MASKS, 'eu', { name: 'x', phone: '1111111', address }).address?.lines,
      ).toHaveLength(1);
    }
  });
});

describe('what must hold for any party', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 0, maxLength: 18 });
  const separator = fc.constantFrom('', ' ', '-', ' - ', '.', '(', ')');
  const profiles = fc.constantFrom(...Object.keys(DEFAULT_MASKS.profiles));

  it('a phone shows a beginning and an end, and never fewer hidden digits than the rule says', () => {
    fc.assert(
      fc.property(digits, separator, profiles, (number, between, profile) => {
        const mask = DEFAULT_MASKS.profiles[profile]!;
        const clear = number.join('');
        const shown =
          maskParty(DEFAULT_MASKS, profile, { name: 'x', phone: number.join(between) }).phone ?? '';
        const [head = '', tail = ''] = shown.split(/\*+/);
        expect(clear.startsWith(head)).toBe(true);
        expect(clear.endsWith(tail)).toBe(true);
        expect(head.length).toBeLessThanOrEqual(mask.phone.showFirst);
        expect(tail.length).toBeLessThanOrEqual(mask.phone.showLast);
        if (clear.length > 0) {
          const hidden = clear.length - head.length - tail.length;
          expect(hidden).toBeGreaterThanOrEqual(Math.min(clear.length, mask.phone.hideAtLeast));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('the hidden digits of a phone do not come out by another field', () => {
    const long = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 15 });
    fc.assert(
      fc.property(long, separator, separator, profiles, fc.string(), (number, one, other, profile, noise) => {
        const written = `${noise} ${number.join(other)} ${noise}`;
        const address = { country: 'ES', city: 'X', lines: [written, written] };
        const party = { name: written, company: written, phone: number.join(one), address };
        const { phone: _, ...shown } = maskParty(DEFAULT_MASKS, profile, party);
        expect(JSON.stringify(shown)).not.toContain(number.join(other));
      }),
      { numRuns: 1000 },
    );
  });

  it('a hidden name shows at most its first letter, in name and lines', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdéжш张三م'), minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.string(), (given, family, noise) => {
        const name = `${given} ${family}`;
        const address = { country: 'CN', city: 'X', lines: [`${noise} ${name} ${noise}`] };
        const masked = maskParty(DEFAULT_MASKS, 'cn_gbt41833', { name, address });
        expect(masked.name).toBe(`${[...given][0]}***`);
        expect(JSON.stringify(masked.address?.lines).toLowerCase()).not.toContain(name);
      }),
      { numRuns: 1000 },
    );
  });

  it('a room number never stands in a masked line', () => {
    const room = fc.integer({ min: 1000, max: 9999 }).filter((number) => number !== 4780);
    const way = fc.constantFrom(
      (n: number) => `${n}室`,
      (n: number) => `3幢2单元${n}室`,
      (n: number) => `-3-${n}`,
      (n: number) => ` Room ${n}`,
      (n: number) => `, Apt #${n}, bell broken`,
      (n: number) => `${n} 房 左边`,
      (n: number) => `B座 ${n}`,
    );
    fc.assert(
      fc.property(room, way, (number, write) => {
        expect(lineOf(`文三路47号${write(number)}`)).not.toContain(String(number));
      }),
      { numRuns: 500 },
    );
  });

  it('an e-mail address never comes out', () => {
    fc.assert(
      fc.property(fc.emailAddress(), profiles, (email, profile) => {
        expect(JSON.stringify(maskParty(DEFAULT_MASKS, profile, { ...PARTY, email }))).not.toContain(email);
      }),
    );
  });
});
