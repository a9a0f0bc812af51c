import type { PostroadClient } from '../client.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output } from './output.ts';

/** The part of a capture job that is told. */
type CaptureJob = {
  readonly captureID: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly errors: readonly { readonly instance: string; readonly detail: string }[];
  readonly postroad: {
    readonly captured: number;
    readonly duplicates: number;
    readonly scans: { readonly accepted: number; readonly duplicates: number; readonly refused: number };
  };
};

/** A thousand events take seconds; a server that is behind may take longer. */
const LOOK_EVERY_MS = 300;
const PATIENCE_MS = 120_000;

/**
 * Hands an EPCIS 2.0 document in, waits for its job and tells what came of it; `--json` prints the job. Answers 1 when
 * an event was faulty or the job is not done after two minutes.
 */
export async function captureDocument(
  client: PostroadClient,
  output: Output,
  text: string,
  errorBehaviour: 'rollback' | 'proceed',
): Promise<number> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new MisuseError('the file is no JSON; postroad epcis validate tells more');
  }
  if (typeof document !== 'object' || document === null)
    throw new MisuseError('the file is no EPCIS document');
  const headers = { 'gs1-capture-error-behaviour': errorBehaviour };
  const body = document as Record<string, unknown>;
  let job = jobOf(await client.post('/epcis/capture', { body, headers }));
  const path = { capture_id: job.captureID };
  for (let waitedMs = 0; job.running && waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    job = jobOf(await client.get('/epcis/capture/{capture_id}', { params: { path } }));
  }
  tell(output, job);
  return job.success && job.errors.length === 0 ? EXIT.ok : EXIT.refused;
}

/** The contract leaves names of the standard untyped. */
function jobOf(answer: Record<string, unknown>): CaptureJob {
  return answer as CaptureJob;
}

function tell(output: Output, job: CaptureJob): void {
  if (output.json) {
    output.write(`${JSON.stringify(job)}\n`);
    return;
  }
  const { captured, duplicates, scans } = job.postroad;
  if (job.running) output.note(`${job.captureID} is still running: GET /epcis/capture/${job.captureID}\n`);
  for (const { instance, detail } of job.errors) output.note(`${clean(instance)}: ${clean(detail)}\n`);
  output.write(
    `${captured} events captured, ${duplicates} known already; scans: ${scans.accepted} accepted, ${scans.duplicates} duplicates, ${scans.refused} refused\n`,
  );
}
