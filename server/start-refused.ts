/** The program cannot start as asked, for a reason that the person at the keyboard can mend. */
export class StartRefusedError extends Error {
  override readonly name = 'StartRefusedError';
}

/** One sentence for a person; PostgreSQL's and the system's errors get the advice that belongs to them. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause =
    error.cause instanceof Error && error.cause.message !== error.message ? error.cause : undefined;
  const code = (error as { code?: unknown }).code;
  if (code === 'ECONNREFUSED')
    return `${error.message || 'connection refused'}: is the database running where DATABASE_URL says?`;
  if (code === '28P01' || code === '28000')
    return `the database does not let us in (${error.message}): look at user and password in DATABASE_URL`;
  return cause === undefined || error.message.includes(cause.message)
    ? error.message
    : `${error.message} (${cause.message})`;
}
