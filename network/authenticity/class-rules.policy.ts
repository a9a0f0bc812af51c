import { findCarrier } from '../carriers/index.ts';
import { OWN_SOURCE } from '../tracking/index.ts';
import type { DeclarationFacts } from './facts.ts';
import type { Journey } from './journey.policy.ts';
import { seen } from './journey-rules.policy.ts';
import type { Finding } from './model.ts';

const SERVICE_CLASSES = ['economy', 'standard', 'fast'] as const;
type ServiceClass = (typeof SERVICE_CLASSES)[number];

/** Words by which services are called, most telling first. Our default, from the names of domain reference 3.1-3.2. */
const WORDS: readonly (readonly [ServiceClass, RegExp])[] = [
  ['economy', /economy|econ\b|untracked|unregistered|surface|经济|平邮|平常小包/iu],
  ['fast', /express|fast|priority|ems\b|overnight|next[- ]?day|特快|快递|特快专递/iu],
  ['standard', /standard|registered|e-?packet|air mail|挂号|标准|e邮宝/iu],
];

/**
 * First letter of the service indicator of a UPU S10 number and what the posts may sell under it. Source: UPU S10-12,
 * annex of service indicators: E express mail, C parcels, R registered, V insured, L tracked letter, U untracked.
 */
const S10_CLASSES: Readonly<Record<string, ServiceClass>> = {
  E: 'fast',
  C: 'standard',
  R: 'standard',
  V: 'standard',
  L: 'standard',
  U: 'economy',
};
const S10 = /^[A-Z]{2}\d{9}[A-Z]{2}$/;

/** What the name of a service promises; undefined when it says nothing. */
export function classOfService(name: string): ServiceClass | undefined {
  return WORDS.find(([, words]) => words.test(name))?.[0];
}

/** Economy passed off as standard or fast (domain reference 3.3, definition 3): the number is of a slower service. */
export function serviceClassDiffers({ declaration }: DeclarationFacts): Finding | undefined {
  if (declaration.serviceName === undefined || !S10.test(declaration.number)) return undefined;
  const promised = classOfService(declaration.serviceName);
  const printed = S10_CLASSES[declaration.number.slice(0, 1)];
  if (promised === undefined || printed === undefined) return undefined;
  if (SERVICE_CLASSES.indexOf(printed) >= SERVICE_CLASSES.indexOf(promised)) return undefined;
  return {
    rule: 'service_class',
    compared: 'service_name, service indicator of the number',
    declared: promised,
    observed: printed,
    scanIds: [],
    instants: [],
    places: [],
  };
}

/**
 * An express carrier was declared and only others were seen with the parcel, from its first scan on. Last miles by
 * others are usual, so the declared carrier need not be seen at the end. What another express carrier says of the number
 * moves nothing, and tells all the same who has the parcel.
 */
export function carrierDiffers(
  { declaration }: DeclarationFacts,
  { physical, hearsay }: Journey,
): Finding | undefined {
  const byCarriers = [...physical, ...hearsay.filter(({ source }) => isKnownExpress(source))].filter(
    ({ source }) => !isOwn(source),
  );
  const [first] = byCarriers;
  if (first === undefined || declaration.carrierKind !== 'express') return undefined;
  if (byCarriers.some((scan) => scan.source === declaration.carrierCode)) return undefined;
  return {
    rule: 'carrier_differs',
    compared: 'carrier_code, sources of the scans',
    declared: declaration.carrierCode,
    observed: [...new Set(byCarriers.map((scan) => scan.source))].sort().join(', '),
    ...seen(first),
  };
}

function isKnownExpress(source: string): boolean {
  const carrier = findCarrier(source);
  return carrier?.sourceKind === 'EXPRESS' && carrier.recognised;
}

/** The network's desk, couriers and warehouses speak of everybody's parcels; they are no other carrier. */
function isOwn(source: string): boolean {
  return source === OWN_SOURCE || source.startsWith(`${OWN_SOURCE}:`);
}
