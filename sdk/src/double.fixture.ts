import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
/** What the double does with one request; the last one is repeated. */
export type Behaviour = (response: ServerResponse, request: Seen) => void;

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
  };
export const problem = (status: number, code: string, headers: Record<string, string> = {}): Behaviour =>
  answer(
    status,
    { type: 'about:blank', title: 'T', status, code, detail: 'D', request_id: 'req_1' },
    headers,
  );
export const hangUp: Behaviour = (response) => response.socket?.destroy();
export const saysNothing: Behaviour = () => undefined;

/** A server of the network that misbehaves as told, on a free loopback port. */
export async function startDouble(...behaviours: readonly Behaviour[]) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(one);
    behaviours[Math.min(seen.length, behaviours.length) - 1]?.(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the double has no port');
  return {
    seen,
    baseUrl: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type Double = Awaited<ReturnType<typeof startDouble>>;
