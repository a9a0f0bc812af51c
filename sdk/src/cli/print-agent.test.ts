import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type PrintAgent, readPrinter, startPrintAgent } from './print-agent.ts';

const LABEL = '^XA^FO20,20^FDPRE1^FS^XZ';
const PAGE = 'http://127.0.0.1:8080';
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A printer that reads until the end, as a real one does. `greedy: false`: it hangs up at once. */
async function openPrinter(options: { hangsUp?: boolean } = {}) {
  const jobs: string[] = [];
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    if (options.hangsUp) {
      socket.resetAndDestroy();
      return;
    }
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('end', () => {
      jobs.push(text);
      socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return { jobs, port: (server.address() as AddressInfo).port };
}

async function openAgent(port: number): Promise<PrintAgent> {
  const lines: string[] = [];
  const agent = await startPrintAgent(
    { printers: [readPrinter(`depot=127.0.0.1:${port}`)], origins: [PAGE], port: 0 },
    { json: true, isTerminal: false, write: (text) => lines.push(text), note: () => undefined },
  );
  ends.push(() => agent.stop());
  return agent;
}

async function openPage(agent: PrintAgent, origin: string | undefined = PAGE, host?: string) {
  const socket = new WebSocket(agent.url, {
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { headers: { host } }),
  });
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  const came: Record<string, unknown>[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(data.toString()) as Record<string, unknown>;
    const next = waiting.shift();
    if (next === undefined) came.push(message);
    else next(message);
  });
  await once(socket, 'open');
  ends.push(async () => socket.terminate());
  return {
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => {
      const first = came.shift();
      return first === undefined
        ? new Promise<Record<string, unknown>>((resolve) => waiting.push(resolve))
        : Promise.resolve(first);
    },
  };
}

const task = (taskID: string, documents: object[], more: object = {}) => ({
  cmd: 'print',
  requestID: `r-${taskID}`,
  version: '1.0',
  task: { taskID, preview: false, documents, ...more },
});
const document = (documentID: string, zpl: unknown = LABEL) => ({
  documentID,
  contents: [{ data: { zpl } }],
});

describe('the local print agent', () => {
  it('names its printers, prints a task whole and in order, and tells what became of it', async () => {
    const printer = await openPrinter();
    const page = await openPage(await openAgent(printer.port));
    page.say({ cmd: 'getPrinters', requestID: 'r0' });
    expect(await page.next()).toMatchObject({
      requestID: 'r0',
      defaultPrinter: 'depot',
      printers: [{ name: 'depot' }],
    });
    page.say(task('t1', [document('d1'), document('d2', LABEL.replace('PRE1', 'PRE2'))]));
    expect(await page.next()).toMatchObject({ cmd: 'print', requestID: 'r-t1', status: 'success' });
    expect(await page.next()).toMatchObject({
      cmd: 'notifyPrintResult',
      taskID: 't1',
      taskStatus: 'printed',
      printStatus: [
        { documentID: 'd1', status: 'success' },
        { documentID: 'd2', status: 'success' },
      ],
    });
    expect(printer.jobs).toEqual([`${LABEL}\n${LABEL.replace('PRE1', 'PRE2')}\n`]);
    page.say({ cmd: 'getDocumentStatus', requestID: 'r2', documentIDs: ['d2', 'd9'] });
    expect(await page.next()).toMatchObject({
      printStatus: [
        { documentID: 'd2', status: 'success' },
        { documentID: 'd9', status: 'unknown' },
      ],
    });
  });

  it('says so when the printer is away or hangs up, and prints the next task all the same', async () => {
    const bad = await openPrinter({ hangsUp: true });
    const page = await openPage(await openAgent(bad.port));
    for (const id of ['t1', 't2']) {
      page.say(task(id, [document(`d-${id}`)]));
      expect(await page.next()).toMatchObject({ status: 'success' });
      expect(await page.next()).toMatchObject({ taskID: id, taskStatus: 'failed' });
    }
  });

  it('turns away pages of other origins and names that only look like this machine', async () => {
    const agent = await openAgent((await openPrinter()).port);
    await expect(openPage(agent, 'https://evil.example')).rejects.toThrow('401');
    await expect(openPage(agent, PAGE, 'rebound.example')).rejects.toThrow('401');
  });

  it.each([
    ['no JSON', 'x', 'one JSON object'],
    ['a list', '[]', 'one JSON object'],
    ['no requestID', { cmd: 'getPrinters' }, 'requestID'],
    ['an unknown command', { cmd: 'format', requestID: 'r' }, 'not known'],
    ['a task without documents', task('t', []), 'task.documents'],
    ['a document without ZPL', task('t', [document('d', 7)]), 'data.zpl'],
    ['text that is no label', task('t', [document('d', '~JR')]), 'no ZPL label'],
    ['a document twice', task('t', [document('d'), document('d')]), 'repeats'],
    ['an unknown printer', task('t', [document('d')], { printer: 'attic' }), 'no printer attic'],
    ['a preview', task('t', [document('d')], { preview: true }), 'no preview'],
  ])('answers %s with what is wrong and prints nothing', async (_name, message, problem) => {
    const printer = await openPrinter();
    const page = await openPage(await openAgent(printer.port));
    page.say(message);
    expect(await page.next()).toMatchObject({ status: 'failed', msg: expect.stringContaining(problem) });
    expect(printer.jobs).toEqual([]);
  });

  it('reads printers as they are typed', () => {
    expect(readPrinter('192.168.7.20')).toEqual({
      name: '192.168.7.20:9100',
      host: '192.168.7.20',
      port: 9100,
    });
    expect(readPrinter('depot=[fe80::1]:9101')).toEqual({ name: 'depot', host: 'fe80::1', port: 9101 });
    for (const text of ['', 'a b', 'host:0', 'host:99999', 'x=', '/dev/usb'])
      expect(() => readPrinter(text), text).toThrow('a printer is');
  });
});
