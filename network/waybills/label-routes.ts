import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type OrganisationId } from '../kernel/index.ts';
import { labelSchema, printBatchSchema, printSchema, waybillParams } from './contract.ts';
import { findLabel } from './label-store.ts';
import { draftLabel, drawLabel, type PrintPorts, readDocument, recordLabel } from './print.ts';

const TAG = 'labels';
const REFUSALS = [
  'label_not_printable',
  'label_unavailable',
  'reprint_limit_reached',
  'waybill_state_conflict',
  'waybill_version_conflict',
];

export function labelRoutes(ports: PrintPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'printLabel',
      method: 'POST',
      path: '/v1/waybills/:waybill_id/labels',
      tag: TAG,
      summary: 'Draw the label of a waybill as PDF or ZPL and count the print',
      effect: 'write',
      params: waybillParams,
      body: printSchema,
      resource: { kind: 'waybill', param: 'waybillId' },
      answers: { 201: { description: 'Drawn; fetch it by its id', body: labelSchema } },
      refusals: REFUSALS,
      load: (call) => draftLabel(call, ports, call.owner as OrganisationId, [call.params.waybillId]),
      prepare: ({ world, body, loaded }) => drawLabel(world, ports, loaded, body),
      handle: async ({ work, caller, prepared }) => {
        const outcome = await recordLabel(work, prepared, caller.id);
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      operation: 'printLabels',
      method: 'POST',
      path: '/v1/labels',
      tag: TAG,
      summary: 'Draw up to 500 labels into one document',
      effect: 'write',
      body: printBatchSchema,
      answers: { 201: { description: 'Drawn; fetch it by its id', body: labelSchema } },
      refusals: REFUSALS,
      load: (call) => draftLabel(call, ports, call.caller.organisationId, call.body.waybillIds),
      prepare: ({ world, body, loaded }) => drawLabel(world, ports, loaded, body),
      handle: async ({ work, caller, prepared }) => {
        const outcome = await recordLabel(work, prepared, caller.id);
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      },
    }),
    openRoute({
      operation: 'readLabel',
      method: 'GET',
      path: '/v1/labels/:label_id',
      tag: TAG,
      summary: 'The bytes of a label document',
      description: 'PDF (application/pdf) or ZPL (application/zpl), as it was drawn.',
      effect: 'own',
      params: z.strictObject({ labelId: idSchema('lbl') }),
      resource: { kind: 'label', param: 'labelId' },
      answers: { 200: { description: 'The document', contentType: 'application/pdf' } },
      refusals: ['label_gone'],
      load: ({ db, params }) => findLabel(db, params.labelId),
      handle: async ({ owner, loaded }) => {
        const outcome = await readDocument(ports, owner, loaded);
        if (!outcome.ok) return outcome;
        const { label, bytes } = outcome.value;
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType: label.format === 'pdf' ? 'application/pdf' : 'application/zpl',
          bytes,
          headers: {
            'content-disposition': `attachment; filename="${label.id}.${label.format}"`,
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, no-store',
          },
        });
      },
    }),
  ];
}
