import { fedex } from './fedex/parse.ts';
import type { Connector } from './reading/index.ts';
import { ups } from './ups/parse.ts';

/** Every connector of the house, in alphabetical order of its code. A carrier is added by its folder and a line here. */
export const CONNECTORS: readonly Connector[] = [fedex, ups];

/** By the code of the carrier or of the format, as in the registry of carriers. */
export function findConnector(code: string): Connector | undefined {
  return CONNECTORS.find((connector) => connector.code === code);
}

export type { Connector } from './reading/index.ts';
export { type ReadingReport, reportOf } from './report.ts';
