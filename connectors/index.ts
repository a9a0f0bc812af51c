import type { CarrierReading } from '../network/tracking/connector-contract.ts';
import { fourPx } from './4px/parse.ts';
import { australiaPost } from './australia_post/parse.ts';
import { cainiao } from './cainiao/parse.ts';
import { canadaPost } from './canada_post/parse.ts';
import { chronopost } from './chronopost/parse.ts';
import { correos } from './correos/parse.ts';
import { dhlExpress } from './dhl_express/parse.ts';
import { dhlUnified } from './dhl_unified/parse.ts';
import { dpd } from './dpd/parse.ts';
import { readEdiPayload } from './edifact/parse.ts';
import { fedex } from './fedex/parse.ts';
import { gls } from './gls/parse.ts';
import { kdniao } from './kdniao/parse.ts';
import { kuaidi100 } from './kuaidi100/parse.ts';
import { laPoste } from './la_poste/parse.ts';
import { landmark } from './landmark/parse.ts';
import type { Connector } from './reading/index.ts';
import { royalMail } from './royal_mail/parse.ts';
import { sfExpress } from './sf_express/parse.ts';
import { tnt } from './tnt/parse.ts';
import { ups } from './ups/parse.ts';
import { usps } from './usps/parse.ts';
import { yanwen } from './yanwen/parse.ts';

/** Every connector of the house, in alphabetical order of its code. A carrier is added by its folder and a line here. */
export const CONNECTORS: readonly Connector[] = [
  fourPx,
  australiaPost,
  cainiao,
  canadaPost,
  chronopost,
  correos,
  dhlExpress,
  dhlUnified,
  dpd,
  fedex,
  gls,
  kdniao,
  kuaidi100,
  laPoste,
  landmark,
  royalMail,
  sfExpress,
  tnt,
  ups,
  usps,
  yanwen,
];

/** By the code of the carrier or of the format, as in the registry of carriers; `canadapost` is `canada_post`. */
export function findConnector(code: string): Connector | undefined {
  return CONNECTORS.find((connector) => plain(connector.code) === plain(code));
}

/** A payload by its format: that of a carrier, or `edifact` for a file of interchanges; undefined for another one. */
export function readPayload(
  format: string,
  payload: Uint8Array,
  contentType: string,
): CarrierReading | undefined {
  return format === 'edifact' ? readEdiPayload(payload) : findConnector(format)?.parse(payload, contentType);
}

/** What `readPayload` can read, in alphabetical order. */
export const PAYLOAD_FORMATS: readonly string[] = [...CONNECTORS.map(({ code }) => code), 'edifact'].sort();

const plain = (code: string) => code.toLowerCase().replaceAll(/[_-]/g, '');

export { answerFile, countAnswers } from './edifact/contrl.ts';
export { type EdiReading, readStatusFile } from './edifact/parse.ts';
export { type MappingResult, readMapping } from './mapped/mapping.ts';
export { mappedConnector } from './mapped/parse.ts';
export type { Connector } from './reading/index.ts';
export { type ReadingReport, reportOf } from './report.ts';
