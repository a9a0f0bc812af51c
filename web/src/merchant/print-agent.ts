/**
 * The print agent on the reader's own machine, by the words of Cainiao's local print client: one JSON object per message
 * on a WebSocket, answered under its requestID (docs: `postroad print-agent`).
 */
const AGENT_URL = 'ws://127.0.0.1:13528';
const ANSWER_MS = 20_000;
const DOCUMENTS_PER_TASK = 100;

export type AgentPrinter = { readonly name: string };

/** Names of the printers that the agent serves. Throws when no agent answers. */
export async function listPrinters(): Promise<readonly AgentPrinter[]> {
  const answer = await ask({ cmd: 'getPrinters' });
  return Array.isArray(answer.printers) ? (answer.printers as AgentPrinter[]) : [];
}

/** Prints ZPL documents; resolves when the printer has them. Throws with the agent's word when it does not take them. */
export async function printZpl(
  documents: readonly { readonly id: string; readonly zpl: string }[],
  printer: string,
): Promise<void> {
  for (let at = 0; at < documents.length; at += DOCUMENTS_PER_TASK) {
    const part = documents.slice(at, at + DOCUMENTS_PER_TASK);
    const answer = await ask(
      {
        cmd: 'print',
        task: {
          taskID: newId(),
          preview: false,
          printer,
          documents: part.map(({ id, zpl }) => ({ documentID: id, contents: [{ data: { zpl } }] })),
        },
      },
      // First the agent says that it has them, then how the printer took them.
      (message) => message.cmd === 'notifyPrintResult' || message.status === 'failed',
    );
    const problem = problemOf(answer);
    if (problem !== undefined) throw new Error(problem);
  }
}

export type Answer = Readonly<Record<string, unknown>>;

/** Why the labels are not on the printer; undefined when they are. */
export function problemOf(answer: Answer): string | undefined {
  if (answer.status === 'failed') return String(answer.msg ?? '');
  if (answer.taskStatus !== 'failed') return undefined;
  const documents = Array.isArray(answer.printStatus) ? (answer.printStatus as Answer[]) : [];
  return String(documents.find(({ status }) => status === 'failed')?.msg ?? '');
}

/** One question on a connection of its own. */
function ask(
  question: Readonly<Record<string, unknown>>,
  isLast: (message: Answer) => boolean = () => true,
): Promise<Answer> {
  const requestID = newId();
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(AGENT_URL);
    const timer = setTimeout(() => end(() => reject(new Error('no answer in time'))), ANSWER_MS);
    const end = (then: () => void) => {
      clearTimeout(timer);
      then();
      socket.close();
    };
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ ...question, requestID, version: '1.0' })),
    );
    socket.addEventListener('error', () => end(() => reject(new Error('no print agent'))));
    socket.addEventListener('message', (event) => {
      const answer = answerTo(requestID, String(event.data));
      if (answer !== undefined && isLast(answer)) end(() => resolve(answer));
    });
  });
}

/** Other messages (notices about documents) may come in between. */
export function answerTo(requestID: string, text: string): Answer | undefined {
  try {
    const message = JSON.parse(text) as Answer | null;
    return message?.requestID === requestID ? message : undefined;
  } catch {
    return undefined;
  }
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
