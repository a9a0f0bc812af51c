import type { City } from './geography.ts';
import type { Random } from './random.ts';

export type Party = {
  readonly name: string;
  readonly phone: string;
  readonly address: {
    readonly country: string;
    readonly division?: string;
    readonly city: string;
    readonly district?: string;
    readonly postcode: string;
    readonly lines: string[];
  };
  readonly tax_ids?: { kind: string; number: string }[];
};

const NAMES: Readonly<Record<string, readonly [given: string, family: string]>> = {
  CN: ['伟 芳 娜 敏 静 强 磊 洋 艳 勇', '王 李 张 刘 陈 杨 赵 黄 周 吴'],
  DE: ['Anna Ben Clara David Emma Felix Greta Hannes', 'Schmidt Weber Wagner Becker Koch Richter Wolf Braun'],
  BR: [
    'Ana Bruno Carla Diego Elisa Fábio Joana Pedro',
    'Silva Souza Costa Pereira Oliveira Rocha Lima Alves',
  ],
  ES: [
    'Ana Carlos Elena Javier Lucía Marta Pablo Sofía',
    'García López Martín Sánchez Ruiz Romero Navarro Gil',
  ],
  FR: [
    'Alice Camille Hugo Jules Léa Louis Manon Paul',
    'Martin Bernard Dubois Thomas Robert Petit Durand Leroy',
  ],
  RU: [
    'Anna Boris Dmitri Elena Ivan Maria Olga Sergei',
    'Ivanov Petrov Smirnov Volkov Popov Orlov Sokolov Lebedev',
  ],
};
const ELSEWHERE: readonly [string, string] = [
  'Alex Casey Jamie Jordan Morgan Riley Sam Taylor',
  'Smith Johnson Brown Miller Davis Wilson Clark Hall',
];

/** Area code and length of the rest; the digits lead nowhere on purpose. */
const PHONES: Readonly<Record<string, readonly [prefix: string, digits: number]>> = {
  CN: ['+86139', 8],
  DE: ['+4930901', 5],
  NL: ['+3120', 7],
  FR: ['+331', 8],
  ES: ['+3491', 7],
  IT: ['+3902', 7],
  PL: ['+4822', 7],
  GB: ['+4420', 8],
  US: ['+1212555', 4],
  RU: ['+7495', 7],
  CL: ['+562', 8],
  BR: ['+55113', 7],
};

/** Somebody who lives or works there. */
export function partyIn(city: City, random: Random): Party {
  const [given, family] = NAMES[city.country] ?? ELSEWHERE;
  const first = random.pick(given.split(' '));
  const last = random.pick(family.split(' '));
  const [prefix, digits] = PHONES[city.country] ?? ['+1212555', 4];
  const number = random.whole(1, 240);
  const street = random.pick(city.streets);
  const taxId = taxIdOf(city.country, random);
  return {
    name: city.country === 'CN' ? `${last}${first}` : `${first} ${last}`,
    phone: prefix + digitsOf(random, digits),
    address: {
      country: city.country,
      ...(city.division === undefined ? {} : { division: city.division }),
      city: city.name,
      ...(city.district === undefined ? {} : { district: city.district }),
      postcode: random.pick(city.postcodes),
      lines: [city.country === 'CN' ? `${street}${number}号` : `${street} ${number}`],
    },
    ...(taxId === undefined ? {} : { tax_ids: [taxId] }),
  };
}

/** What customs of the country ask of a recipient (domain reference 4.3); with true check digits where there are some. */
function taxIdOf(country: string, random: Random): { kind: string; number: string } | undefined {
  if (country === 'BR') return { kind: 'cpf', number: cpf(digitsOf(random, 9)) };
  if (country === 'CL') return { kind: 'rut', number: digitsOf(random, 8) };
  if (country === 'RU') return { kind: 'inn', number: digitsOf(random, 12) };
  return undefined;
}

/** Cadastro de Pessoas Físicas: two check digits modulo 11. */
function cpf(nine: string): string {
  const digit = (digits: string) => {
    const sum = [...digits].reduce((total, one, at) => total + Number(one) * (digits.length + 1 - at), 0);
    return String(((sum * 10) % 11) % 10);
  };
  const ten = nine + digit(nine);
  return ten + digit(ten);
}

function digitsOf(random: Random, length: number): string {
  return Array.from({ length }, (_, index) => random.whole(index === 0 ? 1 : 0, 9)).join('');
}
