import { expect, test } from 'vitest';
import type { Reporter } from './recognition.policy.ts';
import { hintOf, issuerOf } from './whose-number.policy.ts';

const of = (carrierCode: string): Reporter => ({ kind: 'carrier', organisationId: 'org_1', carrierCode });
const LINE = of('postroad_line');
const DESK: Reporter = { kind: 'operator', organisationId: 'org_2' };
const PRL = 'PRL202600000015';
const PRE = 'PRE202600000015';

test.each<[string, Reporter, string, string | undefined, { hint: object; issuer: string }]>([
  ['its own number', LINE, PRL, undefined, { hint: { preferred: 'postroad_line' }, issuer: 'postroad_line' }],
  [
    'one that is not of its shape',
    LINE,
    PRE,
    undefined,
    { hint: { preferred: 'postroad_line' }, issuer: '' },
  ],
  [
    'its word that a foreign shape is its own',
    LINE,
    PRE,
    'postroad_line',
    { hint: { preferred: 'postroad_line' }, issuer: '' },
  ],
  [
    'its word about another carrier of ours',
    LINE,
    PRE,
    'postroad_express_eu',
    { hint: { preferred: 'postroad_express_eu' }, issuer: 'postroad_express_eu' },
  ],
  [
    'its word about another of ours, of no shape',
    LINE,
    'X1',
    'postroad_express_eu',
    { hint: { preferred: 'postroad_express_eu' }, issuer: '' },
  ],
  [
    'its word about a post, whose parcel it brings',
    LINE,
    'X1',
    'usps',
    { hint: { stated: 'usps', preferred: 'postroad_line' }, issuer: 'usps' },
  ],
  [
    'the word of a carrier elsewhere',
    of('ups'),
    PRE,
    'postroad_line',
    { hint: { stated: 'postroad_line', preferred: 'ups' }, issuer: 'postroad_line' },
  ],
  [
    'the word of the desk',
    DESK,
    PRE,
    'postroad_line',
    { hint: { stated: 'postroad_line', preferred: undefined }, issuer: 'postroad_line' },
  ],
  ['nobody’s word', DESK, PRE, undefined, { hint: { preferred: undefined }, issuer: '' }],
])('%s', (_name, reporter, number, stated, expected) => {
  const hint = hintOf(reporter, stated);
  expect({ hint, issuer: issuerOf(number, hint) }).toEqual(expected);
});
