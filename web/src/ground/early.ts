/**
 * Answers that public/boot.js asked for while the scripts were on their way, by `METHOD path`. What it asks for stands in
 * `faces.ts`; a buyer's link it sees by itself.
 */
type Early = Record<string, Promise<Response> | undefined>;

/** Waits for something, but not longer than `timeoutMs`. */
export function atMost(timeoutMs: number, coming: Promise<unknown>): Promise<unknown> {
  return Promise.race([coming, new Promise((resolve) => setTimeout(resolve, timeoutMs))]);
}

/** The answer to this request, if it was asked for early; once, whoever asks again wants news. */
export function takeEarly(request: Request): Promise<Response> | undefined {
  const early = (globalThis as { postroadEarly?: Early }).postroadEarly;
  const url = new URL(request.url);
  const name = `${request.method} ${url.pathname}${url.search}`;
  const answer = early?.[name];
  if (answer !== undefined && early !== undefined) delete early[name];
  return answer;
}
