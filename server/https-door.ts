import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { wallClock } from '../platform/clock/index.ts';
import { type Certificate, ensureCertificate, machineNames } from '../platform/tls/index.ts';
import type { ServerConfig } from './config.ts';
import { StartRefusedError } from './start-refused.ts';

export type HttpsDoor = Pick<Certificate, 'authorityPath' | 'authorityFingerprint'> & {
  /** Where a phone on the same network reaches it; this machine's own address last. */
  readonly urls: readonly string[];
  close(): Promise<void>;
};

/**
 * A second listener in front of the same server: over HTTPS, on all addresses. The first one stays as it is, so tools
 * on this machine need no certificate. Undefined: none was asked for. Throws StartRefusedError when the port is taken.
 */
export async function openHttpsDoor(
  http: FastifyInstance,
  config: Pick<ServerConfig, 'dataFolder' | 'httpsPort' | 'role'>,
): Promise<HttpsDoor | undefined> {
  if (config.httpsPort === undefined || config.role === 'worker') return undefined;
  const machine = machineNames();
  const certificate = await ensureCertificate(
    join(config.dataFolder, 'tls'),
    machine,
    Date.parse(wallClock.now()),
  );
  const inner = http.server;
  const server = createServer({
    key: certificate.key,
    cert: certificate.cert,
    maxHeaderSize: 16_384,
    connectionsCheckingInterval: 2_000,
    headersTimeout: inner.headersTimeout,
    requestTimeout: inner.requestTimeout,
    keepAliveTimeout: inner.keepAliveTimeout,
  });
  // Every limit, hook and route is that of the one server behind both doors.
  server.on('request', (request, response) => inner.emit('request', request, response));
  server.on('clientError', (error, socket) => inner.emit('clientError', error, socket));
  server.listen(config.httpsPort, '::');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new StartRefusedError(
      `HTTPS cannot listen on port ${config.httpsPort} (${cause instanceof Error ? cause.message : cause}): choose another with --https-port`,
    );
  }
  const { port } = server.address() as AddressInfo;
  const hosts = [...machine.addresses.filter(isReachable), '127.0.0.1'];
  return {
    authorityPath: certificate.authorityPath,
    authorityFingerprint: certificate.authorityFingerprint,
    urls: hosts.map((host) => `https://${host}:${port}`),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      await closed.finally(() => clearInterval(sweep));
    },
  };
}

/** Not this machine's own address, and not one that needs an interface to be named. */
const isReachable = (address: string) => !address.startsWith('127.') && !address.includes(':');
