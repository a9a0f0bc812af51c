import type { FastifyRequest } from 'fastify';
import type { Route } from './route.ts';

/** A body that cannot be read to its end. `code`: of the error catalogue. */
export class BodyError extends Error {
  readonly code: 'body_too_large' | 'malformed_request';
  constructor(code: BodyError['code'], detail: string, cause?: unknown) {
    super(detail, { cause });
    this.name = 'BodyError';
    this.code = code;
  }
}

/** A body as it comes. Throws BodyError. What was not read when its reader stops is for `drain`. */
export async function* piecesOf(route: Route, request: FastifyRequest): AsyncGenerator<Uint8Array> {
  const limit = route.bodyLimitBytes ?? Number.POSITIVE_INFINITY;
  const tooLarge = () => new BodyError('body_too_large', `This address takes at most ${limit} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  let bytes = 0;
  // To destroy the request would close the connection before its answer has left.
  const pieces = request.raw.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw new BodyError('malformed_request', 'The body broke off before its end.', error);
      });
      if (next.done === true) return;
      const piece = next.value as Uint8Array;
      bytes += piece.length;
      if (bytes > limit) throw tooLarge();
      yield piece;
    }
  } finally {
    await pieces.return?.();
  }
}

/** Reads on what nobody wanted, so that the answer can be read and the connection used again. */
export function drain(request: FastifyRequest): void {
  if (!request.raw.readableEnded) request.raw.resume();
}
