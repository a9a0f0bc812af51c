import type { paths } from '@postroad/sdk';

type Ordered =
  paths['/v1/mailing-portal/mailings']['post']['requestBody']['content']['application/json']['order'];

/** Somebody as he is written into a form: an address in the order in which people give it. */
export type Person = {
  readonly name: string;
  readonly phone: string;
  readonly division: string;
  readonly city: string;
  readonly postcode: string;
  readonly street: string;
};

export function personAt(place: { readonly postcode?: string; readonly city?: string }): Person {
  const { city = '', postcode = '' } = place;
  return { name: '', phone: '', division: '', street: '', city, postcode };
}

export function isComplete({ name, phone, city, postcode, street }: Person): boolean {
  return [name, phone, city, postcode, street].every((text) => text.trim() !== '');
}

/** As the server takes it: at most four lines of an address. */
export function partyOf(person: Person, country: string): Ordered['sender'] {
  const { name, phone, division, city, postcode, street } = person;
  const lines = street.split('\n').map((line) => line.trim());
  return {
    name: name.trim(),
    phone: phone.trim(),
    address: {
      country,
      ...(division.trim() === '' ? {} : { division: division.trim() }),
      city: city.trim(),
      postcode: postcode.trim(),
      lines: lines.filter((line) => line !== '').slice(0, 4),
    },
  };
}
