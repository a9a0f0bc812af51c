/**
 * Words of the Core Business Vocabulary 2.0 (GS1) in bare-string notation, by the field that they stand in. In JSON a
 * standard word is written without its namespace (`in_transit`); in a hash and in a query it is the GS1 web URI.
 */
const CBV = 'https://ref.gs1.org/cbv/';
const GS1 = 'https://gs1.org/voc/';

export const BIZ_STEPS = words(`
  accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
  decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting
  installing killing loading other packing picking receiving removing repackaging repairing replacing reserving
  retail_selling sampling sensor_reporting shipping staging_outbound stock_taking stocking storing
  transporting unloading unpacking void_shipping
`);

export const DISPOSITIONS = words(`
  active available completeness_inferred completeness_verified conformant container_closed container_open damaged
  destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance
  mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed
  recalled reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown
`);

export const TRANSACTION_TYPES = words(`
  bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt
`);

export const PARTY_ROLES = words('owning_party possessing_party location');

export const ERROR_REASONS = words('did_not_occur incorrect_data');

export const SENSOR_EXCEPTIONS = words('ALARM_CONDITION ERROR_CONDITION');

export const COMPONENTS = words(`
  altitude axial_distance azimuth easting elevation_angle height latitude longitude northing polar_angle
  spherical_radius x y z
`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Fields whose bare words have a home in the vocabulary, and where that is. */
const HOMES = {
  bizStep: { words: BIZ_STEPS, prefix: `${CBV}BizStep-` },
  disposition: { words: DISPOSITIONS, prefix: `${CBV}Disp-` },
  transactionType: { words: TRANSACTION_TYPES, prefix: `${CBV}BTT-` },
  partyRole: { words: PARTY_ROLES, prefix: `${CBV}SDT-` },
  errorReason: { words: ERROR_REASONS, prefix: `${CBV}ER-` },
  component: { words: COMPONENTS, prefix: `${CBV}Comp-` },
  sensorException: { words: SENSOR_EXCEPTIONS, prefix: `${GS1}SensorAlertType-` },
} as const;
export type VocabularyField = keyof typeof HOMES;

export function isBareWord(field: VocabularyField, text: string): boolean {
  return HOMES[field].words.has(text);
}

/** URN notation of CBV 1 beside the web URIs of CBV 2 (rule 14 of the event hash). */
const URNS: readonly (readonly [urn: string, uri: string])[] = [
  ['urn:epcglobal:cbv:bizstep:', `${CBV}BizStep-`],
  ['urn:epcglobal:cbv:disp:', `${CBV}Disp-`],
  ['urn:epcglobal:cbv:btt:', `${CBV}BTT-`],
  ['urn:epcglobal:cbv:sdt:', `${CBV}SDT-`],
  ['urn:epcglobal:cbv:er:', `${CBV}ER-`],
];

/** Prefixes that every EPCIS document knows (rule 15). */
const CURIES: readonly (readonly [prefix: string, uri: string])[] = [
  ['gs1:', GS1],
  ['epcis:', 'https://ref.gs1.org/epcis/'],
  ['cbv:', CBV],
];

/** The web URI of a standard word in URN or compact notation; other text as it is. */
export function standardUri(text: string): string {
  for (const [prefix, uri] of [...URNS, ...CURIES]) {
    if (text.startsWith(prefix)) return uri + text.slice(prefix.length);
  }
  return text;
}

/** The web URI of a value of such a field, in whatever notation it was written; other text as it is. */
export function vocabularyUri(field: VocabularyField, text: string): string {
  return isBareWord(field, text) ? HOMES[field].prefix + text : standardUri(text);
}

/** Types of sensor reports are terms of the GS1 web vocabulary: `Temperature`. */
export function sensorTypeUri(text: string): string {
  return /^[A-Z][A-Za-z0-9_]*$/.test(text) ? GS1 + text : standardUri(text);
}

/** The bare word of a URI of the vocabulary; undefined for other text. */
export function bareWordOf(field: VocabularyField, text: string): string | undefined {
  const { prefix } = HOMES[field];
  const uri = vocabularyUri(field, text);
  const word = uri.startsWith(prefix) ? uri.slice(prefix.length) : undefined;
  return word !== undefined && isBareWord(field, word) ? word : undefined;
}
