import { expect, test } from 'vitest';
import { DEFAULT_MASKS, maskParty } from '../vault/index.ts';
import { maskProfileOf, pageProfileOf } from './mask-profile.policy.ts';

const ADDRESS = {
  country: 'DE',
  city: 'Hamburg',
  postcode: '20095',
  lines: ['Mönckebergstrasse 7', '3. Stock'],
};
const PARTY = {
  name: 'Marta Iglesias',
  company: 'Iglesias Keramik',
  phone: '+49 170 5550142',
  address: ADDRESS,
};
const shownTo = (relation: string, country: string) =>
  maskParty(DEFAULT_MASKS, pageProfileOf(relation, country), PARTY);

test.each(['CN', 'DE', 'ES', 'GB', 'US', 'BR', 'JP', ''])(
  'a label for %j names its country’s mask',
  (country) => {
    expect(DEFAULT_MASKS.profiles).toHaveProperty(maskProfileOf(country));
  },
);

test.each(['any', 'client', 'carrier', 'warehouse', 'other', ''])(
  'a page shows one who is %j neither name nor firm, number or door, wherever the parcel goes',
  (relation) => {
    for (const country of ['DE', 'US', 'CN', 'JP']) {
      const shown = shownTo(relation, country);
      expect(shown.name).toBe('M***');
      const text = JSON.stringify(shown);
      for (const secret of ['arta', 'Iglesias', 'Keramik', '0142', 'strasse 7', 'Stock'])
        expect(text).not.toContain(secret);
      expect(shown.address).toMatchObject({ city: 'Hamburg', postcode: '20095' });
    }
  },
);

test('the merchant whose it is and the courier of the stop see what the door needs', () => {
  for (const relation of ['own', 'courier'])
    expect(shownTo(relation, 'DE')).toMatchObject({
      name: 'Marta Iglesias',
      address: { lines: ADDRESS.lines },
    });
});
