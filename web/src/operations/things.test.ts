import { expect, it } from 'vitest';
import { addressOfThing } from './things.ts';

it.each([
  ['shp_01h2xcejqtf2nbrexx3vqjhp41', '/operations/shipments/shp_01h2xcejqtf2nbrexx3vqjhp41'],
  ['org_01h2xcejqtf2nbrexx3vqjhp41', '/operations/organisations/org_01h2xcejqtf2nbrexx3vqjhp41'],
  ['pty_01h2xcejqtf2nbrexx3vqjhp41', undefined],
  ['shp_', undefined],
  ['//evil.example/shp_01h2xcejqtf2nbrexx3vqjhp41', undefined],
  ['constructor', undefined],
])('%s is shown at %s', (id, address) => {
  expect(addressOfThing(id)).toBe(address);
});
