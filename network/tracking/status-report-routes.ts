import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  openRoute,
  pageOf,
  pageQuerySchema,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, type Outcome, refused, textSchema } from '../kernel/index.ts';
import { type BuyerDoor, worldOfQuestion } from './buyer.ts';
import { buyerReport } from './buyer-view.ts';
import { ParcelStatusName } from './contract.ts';
import { BuyerReportMade, StatusReportBody } from './parcel-contract.ts';
import { answerReport, closeReport, type ReportSeal, reportStatus } from './status-report.ts';
import {
  ANSWERERS,
  findReport,
  listReports,
  REPORT_KINDS,
  REPORT_STATES,
  type StatusReport,
} from './status-report-store.ts';
import { readerOf } from './views.ts';

const TAG = 'tracking';

const ReportAnswer = z
  .object({
    id: idSchema('rpt'),
    parcelId: idSchema('pcl'),
    organisationId: idSchema('org').meta({ description: 'Whose parcel it is' }),
    number: z.string(),
    kind: z.enum(REPORT_KINDS),
    status: ParcelStatusName.meta({ description: 'What was official when it was reported' }),
    step: z
      .object({ milestone: z.string(), occurredAt: instantSchema })
      .optional()
      .meta({ description: 'The entry that is meant; absent: the status itself' }),
    state: z.enum(REPORT_STATES),
    hasText: z.boolean().meta({ description: 'The buyer wrote something: read the report by its id' }),
    reportedAt: instantSchema,
    answer: z.string().optional(),
    answeredBy: z.enum(ANSWERERS).optional(),
    answeredAt: instantSchema.optional(),
    closedAt: instantSchema.optional(),
  })
  .meta({ id: 'StatusReport' });
const ReportWithText = ReportAnswer.extend({ text: z.string().optional() }).meta({
  id: 'StatusReportWithText',
});

const reportParams = z.strictObject({ reportId: idSchema('rpt') });
const REPORT = { kind: 'status_report', param: 'reportId' } as const;

/** What the buyer says, by the same checks and tries as the question of his page. */
export function reportRoute(door: BuyerDoor, seal: ReportSeal): Route {
  return openRoute({
    operation: 'reportStatus',
    method: 'POST',
    path: '/v1/track/reports',
    tag: TAG,
    summary: 'A buyer says that a status or an entry is not right, without log-in',
    description:
      'Once for each state of a parcel. Its merchant, marketplace and carrier and the network see it and answer; the answer stands in the buyer\u2019s view.',
    effect: 'own',
    body: StatusReportBody,
    worldOf: ({ body }) => worldOfQuestion(body),
    answers: { 201: { description: 'Reported', body: BuyerReportMade } },
    refusals: ['track_not_found', 'status_already_reported', 'status_step_unknown'],
    handle: async ({ world, body, remoteAddress, note }) => {
      const { kind, text, step, parcel: position, ...question } = body;
      const found = await door(world, question, remoteAddress);
      if (!found.ok) return found;
      const { view, parcels } = found.value;
      const parcel = parcels[position];
      const steps = [view, ...view.others][position]?.steps ?? [];
      const isKnown = (wanted: NonNullable<typeof step>) =>
        steps.some(
          ({ milestone, occurredAt }) => milestone === wanted.milestone && occurredAt === wanted.occurredAt,
        );
      if (parcel === undefined || (step !== undefined && !isKnown(step)))
        return refused('status_step_unknown', '');
      const outcome = await world.command('network', async (work) => {
        const made = await reportStatus(work, seal, parcel, { kind, text, step });
        if (made.ok) await note(work, { id: made.value.id });
        return made;
      });
      return outcome.ok ? accepted(replyWith(201, buyerReport(outcome.value, parcel))) : outcome;
    },
  });
}

export function statusReportRoutes(seal: ReportSeal): readonly Route[] {
  return [listRoute(), oneRoute(seal), answerRoute(), closeRoute()];
}

function listRoute(): Route {
  return readRoute({
    operation: 'listStatusReports',
    method: 'GET',
    path: '/v1/status-reports',
    tag: TAG,
    summary: 'What buyers report as not right, newest first',
    effect: 'read',
    query: pageQuerySchema.extend({
      state: z.enum(REPORT_STATES).optional(),
      parcelId: idSchema('pcl').optional(),
    }),
    answers: { 200: { description: 'A page', body: pageSchema(ReportAnswer) } },
    handle: async ({ caller, db, query, relation }) => {
      const before = afterId(query.cursor);
      if (!before.ok) return before;
      const { state, parcelId, limit } = query;
      const filter = { state, parcelId, before: before.value, limit: limit + 1 };
      const reports = await listReports(db, readerOf(caller, relation === 'any'), filter);
      return accepted(replyWith(200, pageOf(reports.map(answerOf), limit)));
    },
  });
}

function oneRoute(seal: ReportSeal): Route {
  return readRoute({
    operation: 'readStatusReport',
    method: 'GET',
    path: '/v1/status-reports/:report_id',
    tag: TAG,
    summary: 'A report with the buyer\u2019s own words',
    effect: 'read',
    params: reportParams,
    resource: REPORT,
    answers: { 200: { description: 'The report', body: ReportWithText } },
    handle: async ({ db, params, actFor }) => {
      const report = await findReport(db, params.reportId);
      if (report === undefined) return refused('not_found', '');
      await actFor({ organisationId: report.organisationId });
      const { organisationId, id, sealedText } = report;
      const text =
        sealedText === undefined
          ? undefined
          : new TextDecoder().decode(
              await seal.openBlob(db, { organisationId, name: id, sealed: sealedText }),
            );
      return accepted(replyWith(200, { ...answerOf(report), text }));
    },
  });
}

function answerRoute(): Route {
  return writeRoute({
    operation: 'answerStatusReport',
    method: 'POST',
    path: '/v1/status-reports/:report_id/answers',
    tag: TAG,
    summary: 'Answer a buyer\u2019s report; he reads it on his page',
    effect: 'write',
    params: reportParams,
    resource: REPORT,
    body: z
      .strictObject({ text: textSchema(500).meta({ description: 'For the buyer; no personal data' }) })
      .meta({ id: 'StatusReportAnswerRequest' }),
    answers: { 200: { description: 'Answered', body: ReportAnswer } },
    refusals: ['status_report_not_open'],
    handle: async ({ work, caller, params, body }) => {
      await work.actFor('network');
      return shown(await answerReport(work, caller, params.reportId, body.text));
    },
  });
}

function closeRoute(): Route {
  return writeRoute({
    operation: 'closeStatusReport',
    method: 'POST',
    path: '/v1/status-reports/:report_id/closure',
    tag: TAG,
    summary: 'Close a report that was answered',
    effect: 'write',
    params: reportParams,
    resource: REPORT,
    answers: { 200: { description: 'Closed', body: ReportAnswer } },
    refusals: ['status_report_not_answered'],
    handle: async ({ work, caller, params }) => {
      await work.actFor('network');
      return shown(await closeReport(work, caller, params.reportId));
    },
  });
}

function shown<Code extends string>(outcome: Outcome<StatusReport, Code>) {
  return outcome.ok ? accepted(replyWith(200, answerOf(outcome.value))) : outcome;
}

function answerOf(report: StatusReport) {
  return {
    id: report.id,
    parcelId: report.parcelId,
    organisationId: report.organisationId,
    number: report.number,
    kind: report.kind,
    status: report.status,
    step: report.step,
    state: report.state,
    hasText: report.sealedText !== undefined,
    reportedAt: report.reportedAt,
    answer: report.answer,
    answeredBy: report.answeredByKind,
    answeredAt: report.answeredAt,
    closedAt: report.closedAt,
  };
}
