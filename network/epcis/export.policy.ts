import type { Instant } from '../kernel/index.ts';
import type { Milestone, ScanPlace, Timeline } from '../tracking/index.ts';
import { eventHashId, namespacesIn } from './event-hash.policy.ts';
import { epcOfNumber, OWN_NAMESPACE } from './event-scans.policy.ts';

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { postroad: OWN_NAMESPACE },
] as const;

/**
 * Business step and disposition (CBV 2.0) of each milestone; `undefined` where the vocabulary has no word. The event
 * says the milestone itself beside them, so that nothing is lost where one word stands for several.
 * Source: column of our tracking status model.
 */
const WORDS: Readonly<
  Record<Milestone, readonly [bizStep: string | undefined, disposition: string | undefined]>
> = {
  order_created: ['commissioning', 'active'],
  warehouse_accepted: ['commissioning', 'active'],
  warehouse_processing: ['packing', 'container_closed'],
  dispatch_declared: ['commissioning', 'active'],
  pickup_failed: [undefined, undefined],
  picked_up: ['accepting', 'in_progress'],
  warehouse_received: ['arriving', 'in_progress'],
  warehouse_outbound: ['shipping', 'in_transit'],
  linehaul: ['loading', 'in_transit'],
  export_customs_in: ['inspecting', 'in_progress'],
  export_customs_held: ['holding', 'non_conformant'],
  export_customs_out: ['inspecting', 'conformant'],
  departed_origin: ['departing', 'in_transit'],
  transit_arrived: ['arriving', 'in_progress'],
  transit_departed: ['departing', 'in_transit'],
  arrived_destination: ['arriving', 'in_progress'],
  import_customs_in: ['inspecting', 'in_progress'],
  import_customs_held: ['holding', 'non_conformant'],
  import_customs_out: ['inspecting', 'conformant'],
  handed_to_last_mile: ['accepting', 'in_progress'],
  in_transit_local: ['transporting', 'in_transit'],
  arrived_delivery_depot: ['receiving', 'in_progress'],
  redirected: ['shipping', 'in_transit'],
  out_for_delivery: ['transporting', 'in_transit'],
  delivery_attempted: [undefined, 'in_transit'],
  refused: [undefined, undefined],
  at_point: ['holding', 'available'],
  delivered: ['receiving', undefined],
  customs_processing: ['inspecting', 'in_progress'],
  resumed: [undefined, 'in_transit'],
  exception: [undefined, undefined],
  damaged: ['inspecting', 'damaged'],
  lost: ['other', 'unknown'],
  disposed: ['destroying', 'destroyed'],
  cancelled: ['void_shipping', undefined],
  returning: ['shipping', 'returned'],
  returned: ['receiving', 'returned'],
};

/** The same of details that the vocabulary tells better than their milestone. */
const WORDS_OF_DETAIL: Partial<
  Readonly<
    Record<
      NonNullable<Timeline['substatus']>,
      readonly [bizStep: string | undefined, disposition: string | undefined]
    >
  >
> = {
  'in_transit.arrived_facility': ['arriving', 'in_progress'],
  'in_transit.departed_facility': ['departing', 'in_transit'],
  'exception.held_at_facility': ['holding', undefined],
};

/**
 * The official timeline of a parcel as an EPCIS 2.0 document: one observation for each scan in force, oldest first,
 * each named by its hash. Corrected scans and those of sources that are not recognised are no part of it.
 */
export function documentOfTimeline(
  number: string,
  timeline: Pick<Timeline, 'entries'>,
  now: Instant,
): Record<string, unknown> {
  const namespaces = namespacesIn(CONTEXT);
  const events = timeline.entries
    .filter(({ effect }) => effect !== 'corrected')
    .map((entry) => {
      const event = eventOf(number, entry);
      return { ...event, eventID: eventHashId(event, namespaces) };
    });
  return {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: now,
    epcisBody: { eventList: events },
  };
}

function eventOf(number: string, entry: Timeline['entries'][number]): Record<string, unknown> {
  const { milestone, substatus, code, source, occurredAt, place, scanId } = entry;
  const ofDetail = substatus === undefined ? undefined : WORDS_OF_DETAIL[substatus];
  const [bizStep, disposition] = ofDetail ?? (milestone === 'unmapped' ? [] : WORDS[milestone]);
  return {
    type: 'ObjectEvent',
    eventTime: occurredAt,
    // The timeline tells instants; of a clock it knows no more than UTC.
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    epcList: [epcOfNumber(number)],
    ...(bizStep === undefined ? {} : { bizStep }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(place === undefined ? {} : { readPoint: { id: placeUri(place) } }),
    ...(milestone === 'unmapped' ? {} : { 'postroad:milestone': milestone }),
    ...(substatus === undefined ? {} : { 'postroad:substatus': substatus }),
    'postroad:code': code,
    'postroad:source': source,
    'postroad:scan': scanId,
  };
}

/** `urn:x-postroad:place:NL:Utrecht:HUB1`: country, city and facility as far as they are known. */
function placeUri({ country, city, facility }: Pick<ScanPlace, 'country' | 'city' | 'facility'>): string {
  const parts = facility === undefined ? [country, city] : [country, city ?? '', facility];
  return `${OWN_NAMESPACE}place:${parts
    .filter((part) => part !== undefined)
    .map((part) => encodeURIComponent(part))
    .join(':')}`;
}
