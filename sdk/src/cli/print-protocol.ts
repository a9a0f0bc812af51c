/**
 * The words of the local print agent that web pages speak to over a WebSocket on 127.0.0.1:13528: one JSON object per
 * message, answered under the same requestID. Source: public samples of Cainiao's cloud print (domain reference 1.7).
 * Our documents carry ZPL: `contents: [{ data: { zpl } }]`.
 */
export type PrintDocument = { readonly documentId: string; readonly zpl: string };

export type PrintTask = {
  readonly cmd: 'print';
  readonly requestId: string;
  readonly taskId: string;
  /** Undefined: the default printer. */
  readonly printer: string | undefined;
  readonly preview: boolean;
  readonly documents: readonly PrintDocument[];
};

export type PrintCommand =
  | PrintTask
  | { readonly cmd: 'getPrinters'; readonly requestId: string }
  | {
      readonly cmd: 'getDocumentStatus';
      readonly requestId: string;
      readonly documentIds: readonly string[];
    };

export type NotUnderstood = { readonly cmd: string; readonly requestId: string; readonly problem: string };

/** How a document fares. Source: as above. */
export type DocumentStatus = 'pending' | 'success' | 'failed';

const LONGEST_ID = 128;
const MOST_DOCUMENTS = 500;

/** Reads one message. Never throws: what makes no sense comes back with the problem, under its own requestID if it has one. */
export function readCommand(text: string): PrintCommand | NotUnderstood {
  let message: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error();
    message = parsed as Record<string, unknown>;
  } catch {
    return { cmd: '', requestId: '', problem: 'a message is one JSON object' };
  }
  const cmd = textOf(message.cmd) ?? '';
  const requestId = textOf(message.requestID) ?? '';
  const wrong = (problem: string): NotUnderstood => ({ cmd, requestId, problem });
  if (requestId === '') return wrong('requestID is missing');
  if (cmd === 'getPrinters') return { cmd, requestId };
  if (cmd === 'getDocumentStatus') {
    const ids = listOf(message.documentIDs)?.map(textOf);
    return ids === undefined || ids.length === 0 || ids.length > MOST_DOCUMENTS || ids.includes(undefined)
      ? wrong(`documentIDs is a list of 1 to ${MOST_DOCUMENTS} ids`)
      : { cmd, requestId, documentIds: ids as string[] };
  }
  if (cmd !== 'print') return wrong(`the command ${cmd.slice(0, 40)} is not known here`);
  return readPrint(message, requestId, wrong);
}

function readPrint(
  message: Record<string, unknown>,
  requestId: string,
  wrong: (problem: string) => NotUnderstood,
): PrintCommand | NotUnderstood {
  const task = objectOf(message.task);
  const taskId = textOf(task?.taskID);
  if (task === undefined || taskId === undefined) return wrong('task.taskID is missing');
  const printer = task.printer === undefined || task.printer === '' ? undefined : textOf(task.printer);
  if (task.printer !== undefined && task.printer !== '' && printer === undefined)
    return wrong('task.printer is a name');
  const given = listOf(task.documents);
  if (given === undefined || given.length === 0 || given.length > MOST_DOCUMENTS)
    return wrong(`task.documents is a list of 1 to ${MOST_DOCUMENTS}`);
  const documents: PrintDocument[] = [];
  for (const [index, entry] of given.entries()) {
    const document = objectOf(entry);
    const documentId = textOf(document?.documentID);
    const zpl = objectOf(objectOf(listOf(document?.contents)?.[0])?.data)?.zpl;
    if (documentId === undefined || typeof zpl !== 'string')
      return wrong(`task.documents[${index}] needs documentID and contents[0].data.zpl`);
    if (documents.some((known) => known.documentId === documentId))
      return wrong(`task.documents[${index}] repeats a documentID`);
    if (!/^\s*\^XA[\s\S]*\^XZ\s*$/.test(zpl)) return wrong(`task.documents[${index}] is no ZPL label`);
    documents.push({ documentId, zpl });
  }
  return { cmd: 'print', requestId, taskId, printer, preview: task.preview === true, documents };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID ? value : undefined;
const listOf = (value: unknown): unknown[] | undefined => (Array.isArray(value) ? value : undefined);
const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
