import type { Principal } from '../accounts/index.ts';
import { accepted, addMs, type CountryCode, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { compactPostcode, locate, nearestCity } from '../places/index.ts';
import type { BlockKeys } from '../points/index.ts';
import type { DemandBody } from './contract.ts';
import type { Demand } from './model.ts';
import { MAX_WINDOW_DAYS } from './weigh.ts';

const DAY_MS = 86_400_000;
const WINDOW_DAYS = 7;

/**
 * A demand as a caller sends it: the place by position, else by postcode or city; times with their defaults. `keys`: digests of
 * its person, who himself goes no further.
 */
export function readDemand(
  body: DemandBody,
  subject: Demand['subject'],
  caller: Pick<Principal, 'organisationId' | 'organisationKind' | 'clientPlatformId'>,
  now: Instant,
  keys: BlockKeys = {},
): Outcome<Demand> {
  const { city, position, divisionCodes, phone: _phone, address: _address, ...rest } = body;
  const country = body.country as CountryCode;
  const located = locate({ country, city, position, divisionCodes, postcode: body.postcode });
  if (located === undefined || located.precision === 'country')
    return refused('invalid_request', 'Say where: a position, a postcode that is known, or a city.', [
      { pointer: '/position', code: 'place_missing', message: 'a position, postcode or city is needed' },
    ]);
  const notBefore = body.notBefore ?? now;
  const notAfter = body.notAfter ?? addMs(notBefore, WINDOW_DAYS * DAY_MS);
  const longest = addMs(notBefore > now ? notBefore : now, MAX_WINDOW_DAYS * DAY_MS);
  const isPlatform = caller.organisationKind === 'marketplace';
  return accepted({
    ...rest,
    ...keys,
    country,
    subject,
    clientPlatformId: isPlatform ? caller.organisationId : caller.clientPlatformId,
    madeFor: caller.organisationId,
    position: located.position,
    divisionCodes: divisionCodes ?? divisionsOf(located.position, country),
    postcode: body.postcode === undefined ? undefined : compactPostcode(body.postcode),
    notBefore,
    notAfter: notAfter < longest ? notAfter : longest,
  });
}

function divisionsOf(position: Demand['position'], country: CountryCode): readonly string[] {
  const code = nearestCity(position, country)?.divisionCode;
  return code === undefined ? [] : [code];
}
