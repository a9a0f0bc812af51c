import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { openRoute, readRoute } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import type { CarrierReading } from './carrier-reading.ts';
import { type AnswerInterchanges, contrlFor } from './contrl.ts';
import { type LineResult, reporterOf } from './intake.ts';
import { PayloadReceipts, receiptsOf } from './parcel-contract.ts';
import { takeReading } from './reading-intake.ts';
import type { Reporter } from './recognition.policy.ts';

/** Reads a carrier's payload; undefined when nobody knows the format. Lent by the program: this room knows none. */
export type ReadPayload = (
  format: string,
  payload: Uint8Array,
  contentType: string,
) => CarrierReading | undefined;

/** Keeps what came as it came, also what could not be read. Lent by the program: this room stores no payloads. */
export type KeepPayload = (
  world: World,
  organisationId: OrganisationId,
  came: {
    readonly format: string;
    readonly payload: Uint8Array;
    readonly contentType: string;
    readonly reporter: Reporter;
    readonly reading: CarrierReading;
    readonly results: readonly LineResult[];
  },
) => Promise<void>;

/** An answer about a hundred parcels has less; what is read at once holds up others (our default). */
const MAX_PAYLOAD_BYTES = 1024 * 1024;

/** Scans as carriers write them. What the words are worth is decided as for every scan: by who brings them. */
export function payloadRoutes({
  formats,
  readPayload,
  answerInterchanges,
  keep,
}: {
  readonly formats: readonly string[];
  readonly readPayload: ReadPayload;
  readonly answerInterchanges: AnswerInterchanges;
  readonly keep: KeepPayload;
}): readonly Route[] {
  return [
    readRoute({
      operation: 'listPayloadFormats',
      method: 'GET',
      path: '/v1/scans/payloads',
      tag: 'tracking',
      summary: 'The formats of payloads that are understood here',
      effect: 'read',
      answers: { 200: { description: 'In alphabetical order', body: PayloadFormats } },
      handle: async () =>
        accepted(replyWith(200, { data: formats.map((format) => ({ format, ...namesOf(format) })) })),
    }),
    openRoute({
      operation: 'recordCarrierPayload',
      method: 'POST',
      path: '/v1/scans/payloads/:format',
      tag: 'tracking',
      summary: "Send a carrier's own tracking answer or push as it is",
      description:
        'The format is a code of docs/connectors.md; edifact is a file of UN/EDIFACT interchanges (application/edifact). Append-only and idempotent by content, as POST /v1/scans. Scans whose code is in no table are kept as unmapped; a wall clock without a zone is kept as such. Parcels and scans that cannot be read are named in errors and do not disturb the others. The sender of interchanges is answered by CONTRL (application/edifact) instead, also where they are rejected, if he asks for it by `Accept: application/edifact` or by `answer=contrl` in his address.',
      effect: 'own',
      params: z.strictObject({ format: z.string().regex(/^[a-z0-9_]{1,40}$/) }),
      query: z.strictObject({
        answer: z
          .enum(['receipts', 'contrl'])
          .optional()
          .meta({ description: 'How interchanges are answered; comes before what Accept says' }),
      }),
      consumes: [
        'application/json',
        'application/xml',
        'text/xml',
        'application/soap+xml',
        'application/edifact',
      ],
      bodyLimitBytes: MAX_PAYLOAD_BYTES,
      answers: { 200: { description: 'One receipt per scan', body: PayloadReceipts } },
      refusals: ['carrier_payload_unreadable', 'scan_batch_too_large', 'scan_batch_busy'],
      handle: async ({ caller, world, params, query, body, headers }) => {
        const reporter = reporterOf(caller);
        if (reporter === undefined)
          return refused('forbidden', 'Your organisation does not work as a carrier of the registry.');
        const contentType = String(headers['content-type'] ?? '');
        const payload = body as unknown as Uint8Array;
        const { format } = params;
        const reading = readPayload(format, payload, contentType);
        if (reading === undefined) return refused('not_found', '');
        if (query.answer === 'contrl' && format !== 'edifact')
          return refused('invalid_request', 'answer: interchanges alone are answered by CONTRL.');
        const contrl = async () =>
          asksForContrl(format, query.answer, headers.accept)
            ? await contrlFor(world, answerInterchanges, payload)
            : undefined;
        const organisationId = caller.organisationId as OrganisationId;
        const came = { format, payload, contentType, reporter, reading };
        const fault = reading.errors.find(({ name }) => name.startsWith('payload_'));
        if (fault !== undefined) {
          await keep(world, organisationId, { ...came, results: [] });
          const rejection = await contrl();
          return rejection === undefined
            ? refused('carrier_payload_unreadable', `${fault.name}: ${fault.message}`)
            : accepted(interchangeReply(rejection));
        }
        const outcome = await takeReading(world, reading, reporter);
        if (!outcome.ok) return outcome;
        await keep(world, organisationId, { ...came, results: outcome.value });
        const answer = await contrl();
        return accepted(
          answer === undefined
            ? replyWith(200, { ...receiptsOf(outcome.value), ...whatWasRead(reading) })
            : interchangeReply(answer),
        );
      },
    }),
  ];
}

function asksForContrl(format: string, wanted: string | undefined, accept: unknown): boolean {
  if (format !== 'edifact') return false;
  return wanted === undefined ? /\bapplication\/edifact\b/i.test(String(accept ?? '')) : wanted === 'contrl';
}

/** What is not seven-bit in it is UTF-8, and its UNB says so. */
function interchangeReply(text: string) {
  const bytes = new TextEncoder().encode(text);
  return { kind: 'bytes', status: 200, contentType: 'application/edifact', bytes } as const;
}

const PayloadFormats = z
  .object({
    data: z.array(
      z.object({
        format: z.string(),
        names: z
          .object({ en: z.string(), zh: z.string() })
          .optional()
          .meta({ description: 'Of the carrier whose format it is' }),
      }),
    ),
  })
  .meta({ id: 'PayloadFormats' });

function namesOf(format: string) {
  const names = findCarrier(format)?.names;
  return names === undefined ? {} : { names };
}

function whatWasRead({ parcels, errors }: CarrierReading) {
  const scans = parcels.flatMap((parcel) => parcel.scans);
  return {
    parcels: parcels.length,
    unmapped: scans.filter(({ milestone }) => milestone === 'unmapped').length,
    errors,
  };
}
