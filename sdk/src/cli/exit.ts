import { PostroadConnectionError, PostroadProblem } from '../problem.ts';

/** Exit codes of the command line: docs/api.md. */
export const EXIT = { ok: 0, refused: 1, misuse: 2 } as const;

/** The command was typed wrongly; the message says how to type it. */
export class MisuseError extends Error {
  override readonly name = 'MisuseError';
}

/** The thing asked for is not there or cannot be done; the message is for people. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Writes one sentence (or with `json` one line of JSON) to standard error; answers the exit code. */
export function report(error: unknown, json: boolean, write: (text: string) => void): number {
  if (json) write(`${JSON.stringify({ error: fieldsOf(error) })}\n`);
  else write(sentenceOf(error));
  return error instanceof MisuseError ? EXIT.misuse : EXIT.refused;
}

function fieldsOf(error: unknown): Record<string, unknown> {
  if (error instanceof PostroadProblem) {
    const { code, status, detail, errors, requestId } = error;
    return { code, status, detail: detail || error.title, errors, request_id: requestId };
  }
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof PostroadConnectionError) return { code: `connection_${error.reason}`, detail };
  return { code: error instanceof MisuseError ? 'misuse' : 'failed', detail };
}

function sentenceOf(error: unknown): string {
  if (error instanceof PostroadProblem) {
    const fields = error.errors.map((field) => `  ${field.pointer}: ${field.message}\n`).join('');
    const request = error.requestId === undefined ? '' : ` [${error.requestId}]`;
    return `refused: ${error.detail || error.title} (${error.code})${request}\n${fields}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof PostroadConnectionError)
    return `${message}: is the server running? Start it with npm start, or name it with POSTROAD_URL\n`;
  return `${message}\n`;
}
