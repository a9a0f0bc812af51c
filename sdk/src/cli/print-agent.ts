import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { WebSocketServer } from 'ws';
import { MisuseError, RefusedError } from './exit.ts';
import { clean, type Output, printRows } from './output.ts';
import { type DocumentStatus, type PrintCommand, type PrintTask, readCommand } from './print-protocol.ts';

export type Printer = { readonly name: string; readonly host: string; readonly port: number };

export type PrintAgentOptions = {
  readonly printers: readonly Printer[];
  /** Pages that may print: their origins. A page of any other origin is turned away. */
  readonly origins: readonly string[];
  /** 0: any free one. */
  readonly port: number;
};

export type PrintAgent = { readonly url: string; stop(): Promise<void> };

/** Raw printing. Source: IANA, pdl-datastream. */
const PRINTER_PORT = 9100;
const MESSAGE_LIMIT_BYTES = 16 * 1_048_576;
const PRINTER_TIMEOUT_MS = 15_000;
/** Documents whose fate is remembered for getDocumentStatus. */
const REMEMBERED = 5_000;

/** `depot=192.168.7.20:9100`, `192.168.7.20`; the name is the address when none is given. Throws MisuseError. */
export function readPrinter(text: string): Printer {
  const [, name, host = '', port] =
    /^(?:([^=]{1,60})=)?(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const number = Number(port ?? PRINTER_PORT);
  if (host === '' || number < 1 || number > 65_535)
    throw new MisuseError(`a printer is HOST, HOST:PORT or NAME=HOST:PORT, not ${clean(text)}`);
  return { name: name ?? `${host}:${number}`, host: host.replace(/^\[|\]$/g, ''), port: number };
}

/**
 * Listens on this machine alone and sends what pages of the known origins print to network printers. Programs without
 * an origin are let in: they run on this machine already. Throws RefusedError when the port is taken.
 */
export async function startPrintAgent(options: PrintAgentOptions, output: Output): Promise<PrintAgent> {
  const origins = new Set(options.origins.map((origin) => new URL(origin).origin));
  const desk = openDesk(options.printers, output);
  const http = createServer((_request, response) => response.writeHead(426).end('speak WebSocket\n'));
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: MESSAGE_LIMIT_BYTES,
    verifyClient: ({ origin, req }: { origin: string | undefined; req: IncomingMessage }) =>
      isLoopbackName(req.headers.host) && (origin === undefined || origins.has(origin)),
  });
  sockets.on('connection', (socket) => {
    const say = (message: object) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ version: '1.0', ...message }));
    };
    socket.on('error', () => undefined);
    socket.on('message', (data) => desk.take(data.toString(), say));
  });
  http.listen(options.port, '127.0.0.1');
  try {
    await once(http, 'listening');
  } catch {
    throw new RefusedError(
      `port ${options.port} is taken: does another print agent (or the Cainiao client) run here?`,
    );
  }
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the print agent listens on no port');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    stop: async () => {
      await desk.done();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

type Say = (message: object) => void;

/** What is printed where, one task after the other on each printer: labels of two orders must not mix. */
function openDesk(printers: readonly Printer[], output: Output) {
  const fates = new Map<string, DocumentStatus>();
  const queues = new Map(printers.map((printer) => [printer.name, Promise.resolve()]));

  function take(text: string, say: Say): void {
    const command = readCommand(text);
    if ('problem' in command) {
      const { cmd, requestId, problem } = command;
      say({ cmd, requestID: requestId, status: 'failed', msg: problem });
    } else if (command.cmd === 'print') print(command, say);
    else say({ cmd: command.cmd, requestID: command.requestId, status: 'success', ...answerTo(command) });
  }

  function answerTo(command: Exclude<PrintCommand, PrintTask>): object {
    if (command.cmd === 'getDocumentStatus') {
      return {
        printStatus: command.documentIds.map((id) => ({
          documentID: id,
          status: fates.get(id) ?? 'unknown',
        })),
      };
    }
    const list = printers.map(({ name }) => ({ name, status: 'enable' }));
    return { defaultPrinter: list[0]?.name ?? '', printers: list };
  }

  function print(command: PrintTask, say: Say): void {
    const answer = { cmd: 'print', requestID: command.requestId, taskID: command.taskId };
    const printer =
      command.printer === undefined ? printers[0] : printers.find((known) => known.name === command.printer);
    if (printer === undefined || command.preview) {
      const msg = command.preview ? 'this agent shows no preview' : `there is no printer ${command.printer}`;
      say({ ...answer, status: 'failed', msg });
      return;
    }
    for (const { documentId } of command.documents) remember(fates, documentId, 'pending');
    say({ ...answer, status: 'success' });
    const before = queues.get(printer.name) ?? Promise.resolve();
    queues.set(
      printer.name,
      before.then(() => carryOut(command, printer, say)),
    );
  }

  async function carryOut(command: PrintTask, printer: Printer, say: Say): Promise<void> {
    const { taskId, requestId, documents } = command;
    const failure = await sendToPrinter(
      printer,
      documents.map(({ zpl }) => zpl),
    );
    const status = failure === undefined ? 'success' : 'failed';
    for (const { documentId } of documents) remember(fates, documentId, status);
    const row = { task: taskId, printer: printer.name, documents: documents.length, status };
    printRows(output, [failure === undefined ? row : { ...row, reason: failure }]);
    say({
      cmd: 'notifyPrintResult',
      requestID: requestId,
      taskID: taskId,
      printer: printer.name,
      taskStatus: failure === undefined ? 'printed' : 'failed',
      printStatus: documents.map(({ documentId }) => ({
        documentID: documentId,
        status,
        msg: failure ?? '',
      })),
    });
  }

  return { take, done: () => Promise.all(queues.values()) };
}

/** Against pages that reach us under a name of their own: only this machine's names are Host. */
function isLoopbackName(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '');
}

function remember(fates: Map<string, DocumentStatus>, documentId: string, status: DocumentStatus): void {
  fates.delete(documentId);
  fates.set(documentId, status);
  const [oldest] = fates.keys();
  if (fates.size > REMEMBERED && oldest !== undefined) fates.delete(oldest);
}

/** Sends labels and closes; undefined when the printer took every byte, else why not. */
export function sendToPrinter(printer: Printer, labels: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: printer.host, port: printer.port });
    const end = (reason: string | undefined) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(PRINTER_TIMEOUT_MS, () => end('the printer does not answer'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    // Closed by the printer after our end: it has read everything up to it.
    socket.on('end', () => end(socket.writableFinished ? undefined : 'the printer hung up'));
    socket.on('connect', () => socket.end(labels.map((label) => `${label.trimEnd()}\n`).join('')));
    socket.resume();
  });
}

/** The command: runs until a signal ends it. Tasks that were taken on are printed first. */
export async function runPrintAgent(
  given: { readonly printer: readonly string[]; readonly origins: readonly string[]; readonly port: number },
  output: Output,
): Promise<void> {
  const printers = given.printer.map(readPrinter);
  if (new Set(printers.map(({ name }) => name)).size < printers.length)
    throw new MisuseError('two printers have the same name');
  for (const origin of given.origins)
    if (!URL.canParse(origin)) throw new MisuseError(`${clean(origin)} is not a URL`);
  const agent = await startPrintAgent({ printers, origins: given.origins, port: given.port }, output);
  output.note(
    `${agent.url}: prints for ${given.origins.join(', ')} on ${printers.map(({ name }) => name).join(', ')}\n`,
  );
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await agent.stop();
}
