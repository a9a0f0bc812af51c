import { createPostroadClient, type PostroadClient, PostroadProblem } from '@postroad/sdk';
import { takeEarly } from './early.ts';
import { noteRequest } from './requests.ts';

let csrfToken: string | undefined;
let onSessionEnd: (() => void) | undefined;
type Send = (request: Request) => Promise<Response>;
let prove: ((request: Request, send: Send) => Promise<Response>) | undefined;

/** The session's token goes with everything that changes something; undefined after the log-out. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Has the server named the session on this page yet? Without that nothing can be changed. */
export const hasCsrfToken = (): boolean => csrfToken !== undefined;

/** What happens when the server no longer knows the session. */
export function whenSessionEnds(act: () => void): void {
  onSessionEnd = act;
}

/** Faces of people who log in prove what they send, where the log-in is bound to the device. */
export function proveWith(sendProven: typeof prove): void {
  prove = sendProven;
}

const send: Send = (request) => takeEarly(request)?.catch(() => fetch(request)) ?? fetch(request);

/** Sends a request with a proof of this device, where one is due: also for streams, which the SDK's client does not open. */
export const sendAsDevice: Send = (request) => prove?.(request, send) ?? send(request);

/** The only way to the server: the SDK with the session's cookie. Throws PostroadProblem. */
export const api: PostroadClient = createPostroadClient({
  baseUrl: location.origin,
  csrfToken: () => csrfToken,
  retries: 2,
  fetch: async (request) => {
    await noteRequest(request, location.pathname);
    const response = await sendAsDevice(request);
    if (response.status === 401 && csrfToken !== undefined) onSessionEnd?.();
    return response;
  },
});

/** Is this what the server said, and was it this code? */
export function isProblem(error: unknown, code?: string): error is PostroadProblem {
  return error instanceof PostroadProblem && (code === undefined || error.code === code);
}
