import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Documents of GS1 and others, which are not part of this project; tests say so when they are absent. */
const FOLDER =
  process.env.POSTROAD_DATA_TRACKING ??
  [1, 2, 3]
    .map((levels) => join(import.meta.dirname, '../..', '../'.repeat(levels), 'shared/data/tracking'))
    .find(existsSync) ??
  '';
const EXAMPLES = join(FOLDER, 'examples');

export const hasExamples = existsSync(join(EXAMPLES, 'ReferenceEventHashAlgorithm.jsonld'));
if (!hasExamples)
  process.stderr.write(
    'SKIPPED, NOT PROVED: published EPCIS documents (POSTROAD_DATA_TRACKING names their folder).\n',
  );

export const exampleText = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8');
export const exampleDocument = (name: string) => JSON.parse(exampleText(name)) as Record<string, unknown>;

/** A valid object event in our own words. */
export const OBJECT_EVENT = {
  type: 'ObjectEvent',
  eventTime: '2026-03-04T11:00:30.000+01:00',
  eventTimeZoneOffset: '+01:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sscc:4012345.0000000111'],
  bizStep: 'departing',
  disposition: 'in_transit',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987' },
} as const;

export function documentOf(...events: readonly unknown[]) {
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-04T12:00:00Z',
    epcisBody: { eventList: events },
  };
}
