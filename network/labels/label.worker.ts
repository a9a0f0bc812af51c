import { serveJobs } from '../../platform/workers/index.ts';
import type { Outcome } from '../kernel/index.ts';
import type { LabelJob, LabelRejection } from './content.ts';
import { renderLabels } from './render.ts';

/** The thread behind the label press. */
serveJobs(
  (job: LabelJob): Outcome<Uint8Array<ArrayBuffer>, LabelRejection> => {
    const outcome = renderLabels(job);
    // A copy of exact size: small buffers share a pool of memory that must not travel.
    return outcome.ok ? { ok: true, value: new Uint8Array(outcome.value) } : outcome;
  },
  (outcome) => (outcome.ok ? [outcome.value.buffer] : []),
);
