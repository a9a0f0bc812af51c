import { decoderOf } from './charset.ts';
import { type EdiError, type EdiErrorCode, type EdiLevel, ediError } from './edi-error.ts';
import {
  ASCII,
  beginsInterchange,
  EDI_LIMITS,
  leaveInterchange,
  nextSegment,
  partOf,
  placeOf,
  readAdvice,
  type Scanner,
  type Segment,
  scannerOf,
  settleVersion,
  skipLineEnds,
  startsWith,
} from './tokens.ts';

export type EdiParty = { readonly id: string; readonly qualifier: string; readonly routing: string };

export type EdiMessage = {
  readonly reference: string;
  /** Such as IFTSTA, D, 96A, UN. */
  readonly type: string;
  readonly version: string;
  readonly release: string;
  readonly agency: string;
  readonly association: string;
  readonly group: string | undefined;
  readonly header: Segment;
  /** What stands between UNH and UNT. */
  readonly segments: readonly Segment[];
};

export type Interchange = {
  readonly reference: string;
  readonly syntax: { readonly identifier: string; readonly version: number };
  readonly sender: EdiParty;
  readonly recipient: EdiParty;
  /** Date and time of preparation as written, such as `160714` and `1243`; no zone is ever stated. */
  readonly prepared: { readonly date: string; readonly time: string };
  readonly isTest: boolean;
  /** Messages whose own envelope and whose group's are right. */
  readonly messages: readonly EdiMessage[];
};

/** A message or group that is not taken, by what its header says, and the first thing that is wrong with it. */
export type RefusedUnit = { readonly header: Segment; readonly error: EdiError };

/** An interchange whose UNB could be read, whatever became of it: what an answer to its sender is about. */
export type Received = {
  readonly opened: Omit<Interchange, 'messages'>;
  /** Refused as a whole. */
  readonly error: EdiError | undefined;
  /** Headers of all its groups. */
  readonly groups: readonly Segment[];
  readonly refusedGroups: readonly RefusedUnit[];
  /** `group`: the reference of the one that it stands in. */
  readonly refusedMessages: readonly (RefusedUnit & { readonly group: string | undefined })[];
  /** Those whose own envelope and whose group's are right. */
  readonly messages: readonly EdiMessage[];
};

export type EdiFile = {
  readonly interchanges: readonly Interchange[];
  readonly received: readonly Received[];
  readonly errors: readonly EdiError[];
};

/**
 * Reads a file of UN/EDIFACT interchanges (ISO 9735, syntax versions 1 to 4, batch). Never throws. What is broken is
 * left out at the level that it breaks, as a CONTRL answer would refuse it: a wrong UNT its message, a wrong UNE its
 * group, anything else its interchange; the next one in the file is read all the same.
 */
export function readEdiFile(bytes: Uint8Array): EdiFile {
  if (bytes.length > EDI_LIMITS.bytes) return failed('too_large', 0, `at most ${EDI_LIMITS.bytes} bytes`);
  const scanner = scannerOf(bytes);
  if (startsWith(bytes, 0, '\u00ef\u00bb\u00bf')) scanner.at = 3;
  const interchanges: Interchange[] = [];
  const received: Received[] = [];
  const errors: EdiError[] = [];
  skipLineEnds(scanner);
  if (scanner.at >= bytes.length) return failed('empty', 0, 'there is nothing in the file');
  while (scanner.at < bytes.length) {
    const result = readInterchange(scanner);
    errors.push(...result.errors);
    if (result.received !== undefined) received.push(result.received);
    if (result.interchange !== undefined) interchanges.push(result.interchange);
    if (result.isEnd) break;
    skipLineEnds(scanner);
  }
  return { interchanges, received, errors };
}

function failed(code: EdiErrorCode, byte: number, message: string): EdiFile {
  return { interchanges: [], received: [], errors: [ediError(code, 'interchange', { byte }, message)] };
}

type Reading = {
  readonly interchange?: Interchange;
  readonly received?: Received;
  readonly errors: readonly EdiError[];
  /** Nothing after it can be read. */
  readonly isEnd: boolean;
};

function readInterchange(scanner: Scanner): Reading {
  const stop = (...errors: EdiError[]): Reading => ({ errors, isEnd: true });
  const advice = readAdvice(scanner);
  if (advice !== undefined) return stop(advice);
  skipLineEnds(scanner);
  if (!startsWith(scanner.bytes, scanner.at, 'UNB')) {
    const message = 'an interchange begins with UNB, or UNA and UNB';
    return stop(ediError('not_an_interchange', 'interchange', { byte: scanner.at }, message));
  }
  const header = nextSegment(scanner);
  if (header === undefined) return stop();
  if ('code' in header) return { errors: [header], isEnd: !leaveUnreadable(scanner, header) };
  const { opened, error } = openInterchange(scanner, header);
  if (error === undefined) return readBody(scanner, opened);
  leaveInterchange(scanner, false);
  const isAnswerable = opened.sender.id !== '' && opened.reference !== '';
  return {
    errors: [error],
    ...(isAnswerable ? { received: receivedOf(newBody(), opened, error) } : {}),
    isEnd: false,
  };
}

/** Leaves an interchange whose last segment could not be read; false where nothing more of the file is to be read. */
function leaveUnreadable(scanner: Scanner, { code }: EdiError): boolean {
  if (code === 'too_many_segments') return false;
  // Whose tag is none was read to its end.
  leaveInterchange(scanner, code !== 'segment_tag_invalid');
  return true;
}

type Opened = Received['opened'];
/** Of ISO 9735. */
export const SYNTAX_VERSIONS: readonly number[] = [1, 2, 3, 4];

/** What UNB says, and what is wrong with it. */
function openInterchange(scanner: Scanner, header: Segment): { opened: Opened; error: EdiError | undefined } {
  const identifier = partOf(header, 1, 1);
  const version = Number(partOf(header, 1, 2));
  const decode = decoderOf(identifier);
  const reference = partOf(header, 5);
  const sender = partyOf(header, 2);
  const opened: Opened = {
    reference,
    syntax: { identifier, version },
    sender,
    recipient: partyOf(header, 3),
    prepared: { date: partOf(header, 4, 1), time: partOf(header, 4, 2) },
    isTest: partOf(header, 11) === '1',
  };
  const wrong = (code: EdiErrorCode, element: number, component: number, message: string) => ({
    opened,
    error: ediError(code, 'interchange', placeOf(header, element, component), message),
  });
  if (decode === undefined)
    return wrong('syntax_identifier_unknown', 1, 1, 'UNOA to UNOK and UNOW to UNOY are read');
  if (!SYNTAX_VERSIONS.includes(version)) return wrong('syntax_version_unknown', 1, 2, '1 to 4 are known');
  if (sender.id === '') return wrong('element_missing', 2, 1, 'the sender is missing');
  if (reference === '') return wrong('element_missing', 5, 1, 'the control reference is missing');
  scanner.decode = decode;
  scanner.designation = identifier === 'UNOX' ? ASCII : undefined;
  settleVersion(scanner, version);
  return { opened, error: undefined };
}

function partyOf(header: Segment, element: number): EdiParty {
  const [id, qualifier, routing] = [1, 2, 3].map((component) => partOf(header, element, component));
  return { id: id ?? '', qualifier: qualifier ?? '', routing: routing ?? '' };
}

/** What is open at a moment inside an interchange. */
type Body = {
  readonly errors: EdiError[];
  readonly messages: EdiMessage[];
  /** Of the messages of the open group, or of the interchange where there are no groups. */
  readonly references: Set<string>;
  readonly groupHeaders: Segment[];
  readonly refusedGroups: RefusedUnit[];
  readonly refusedMessages: Received['refusedMessages'][number][];
  /** Units of the interchange: groups when there are any, else messages. */
  groups: number;
  loose: number;
  group:
    | {
        readonly header: Segment;
        readonly messages: EdiMessage[];
        count: number;
        fault: EdiError | undefined;
      }
    | undefined;
  message: { readonly header: Segment; readonly segments: Segment[] } | undefined;
};

function newBody(): Body {
  return {
    errors: [],
    messages: [],
    references: new Set(),
    groupHeaders: [],
    refusedGroups: [],
    refusedMessages: [],
    groups: 0,
    loose: 0,
    group: undefined,
    message: undefined,
  };
}

function readBody(scanner: Scanner, opened: Opened): Reading {
  const body = newBody();
  const refused = (error: EdiError, isEnd: boolean): Reading => ({
    errors: [...body.errors, error],
    received: receivedOf(body, opened, error),
    isEnd,
  });
  for (;;) {
    skipLineEnds(scanner);
    if (beginsInterchange(scanner)) {
      const at = { byte: scanner.at, segment: scanner.number + 1, tag: 'UNB' };
      const message = 'another interchange begins before the UNZ of this one';
      return refused(ediError('segment_out_of_place', 'interchange', at, message), false);
    }
    const segment = nextSegment(scanner);
    if (segment === undefined) {
      const message = 'the file ends before UNZ';
      return refused(
        ediError('trailer_missing', 'interchange', { byte: scanner.bytes.length }, message),
        true,
      );
    }
    if ('code' in segment) return refused(segment, !leaveUnreadable(scanner, segment));
    if (segment.tag === 'UNZ' && body.message === undefined && body.group === undefined) {
      const error = trailerError(segment, 'interchange', body.groups || body.loose, opened.reference);
      if (error !== undefined) return refused(error, false);
      return {
        interchange: { ...opened, messages: body.messages },
        received: receivedOf(body, opened, undefined),
        errors: body.errors,
        isEnd: false,
      };
    }
    const misplaced = take(body, segment);
    if (misplaced !== undefined) {
      if (segment.tag !== 'UNZ') leaveInterchange(scanner, false);
      return refused(misplaced, false);
    }
  }
}

function receivedOf(body: Body, opened: Opened, error: EdiError | undefined): Received {
  const { groupHeaders: groups, refusedGroups, refusedMessages, messages } = body;
  return { opened, error, groups, refusedGroups, refusedMessages, messages };
}

/** Files one segment away; answers an error when it has no place there. */
function take(body: Body, segment: Segment): EdiError | undefined {
  const misplaced = (message: string) =>
    ediError('segment_out_of_place', 'interchange', placeOf(segment), message);
  switch (segment.tag) {
    case 'UNG':
      if (body.message !== undefined || body.group !== undefined || body.loose > 0)
        return misplaced('a group begins between groups, and no message stands outside of them');
      body.groups += 1;
      body.group = { header: segment, messages: [], count: 0, fault: groupFault(body, segment) };
      body.groupHeaders.push(segment);
      body.references.clear();
      return undefined;
    case 'UNE':
      if (body.message !== undefined || body.group === undefined)
        return misplaced('a group ends after its last message');
      return closeGroup(body, body.group, segment);
    case 'UNH':
      if (body.message !== undefined) return misplaced('the message before has no UNT');
      if (body.group === undefined && body.groups > 0) return misplaced('a message stands outside its group');
      if (body.group === undefined) body.loose += 1;
      else body.group.count += 1;
      body.message = { header: segment, segments: [] };
      return undefined;
    case 'UNT':
      if (body.message === undefined) return misplaced('no message is open');
      return closeMessage(body, body.message, segment);
    case 'UNZ':
    case 'UNO':
    case 'UNP':
    case 'UIB':
      return misplaced(
        'a message, a group or the interchange is still open, or this is no batch of messages',
      );
    default:
      if (body.message === undefined) return misplaced('a segment stands outside a message');
      body.message.segments.push(segment);
      return undefined;
  }
}

/** What is wrong with the header of a group: it is answered by its reference, so it has one of its own. */
function groupFault({ groupHeaders }: Body, header: Segment): EdiError | undefined {
  const reference = partOf(header, 5);
  if (reference === '') return ediError('element_missing', 'group', placeOf(header, 5), 'no reference');
  return groupHeaders.some((other) => partOf(other, 5) === reference)
    ? ediError('reference_repeated', 'group', placeOf(header, 5), 'another group has this reference')
    : undefined;
}

function closeGroup(body: Body, group: NonNullable<Body['group']>, trailer: Segment): undefined {
  const error = group.fault ?? trailerError(trailer, 'group', group.count, partOf(group.header, 5));
  if (error === undefined) body.messages.push(...group.messages);
  else {
    body.errors.push(error);
    body.refusedGroups.push({ header: group.header, error });
  }
  body.group = undefined;
}

function closeMessage(body: Body, open: NonNullable<Body['message']>, trailer: Segment): undefined {
  const { header, segments } = open;
  const reference = partOf(header, 1);
  body.message = undefined;
  const type = partOf(header, 2, 1);
  const faults = [
    reference === '' ? ediError('element_missing', 'message', placeOf(header, 1), 'no reference') : undefined,
    type === ''
      ? ediError('element_missing', 'message', placeOf(header, 2, 1), 'no message type')
      : undefined,
    // UNH and UNT count as well (data element 0074).
    trailerError(trailer, 'message', segments.length + 2, reference),
    body.references.has(reference)
      ? ediError('reference_repeated', 'message', placeOf(header, 1), 'another message has this reference')
      : undefined,
  ];
  body.references.add(reference);
  const [fault] = faults.filter((one) => one !== undefined);
  if (fault !== undefined) {
    body.errors.push(fault);
    body.refusedMessages.push({ header, error: fault, group: groupOf(body) });
    return;
  }
  const message: EdiMessage = {
    reference,
    type,
    version: partOf(header, 2, 2),
    release: partOf(header, 2, 3),
    agency: partOf(header, 2, 4),
    association: partOf(header, 2, 5),
    group: groupOf(body),
    header,
    segments,
  };
  (body.group?.messages ?? body.messages).push(message);
}

const groupOf = ({ group }: Body): string | undefined =>
  group === undefined ? undefined : partOf(group.header, 5);

/** UNT, UNE and UNZ say how much there was and repeat the reference of what they close. */
function trailerError(
  trailer: Segment,
  level: EdiLevel,
  counted: number,
  reference: string,
): EdiError | undefined {
  const stated = partOf(trailer, 1);
  if (!/^\d{1,10}$/.test(stated) || Number(stated) !== counted) {
    const message = `${stated || 'no count'} is stated, ${counted} were read`;
    return ediError('count_wrong', level, placeOf(trailer, 1), message);
  }
  if (partOf(trailer, 2) !== reference) {
    const message = `the ${level} began with another reference`;
    return ediError('reference_wrong', level, placeOf(trailer, 2), message);
  }
  return undefined;
}
