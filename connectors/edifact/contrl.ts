import { decoderOf } from './charset.ts';
import { type EdiError, ediError, syntaxErrorOf } from './edi-error.ts';
import {
  type Interchange,
  type Received,
  type RefusedUnit,
  readEdiFile,
  SYNTAX_VERSIONS,
} from './interchange.ts';
import { STATUS_MESSAGES } from './status-message.ts';
import { partOf, placeOf, type Segment } from './tokens.ts';

/** Whose answer it is and when it was made: a pure function has neither clock nor numbers of its own. */
export type AnswerFacts = {
  /** An instant in UTC, `2026-03-02T09:15:00.000Z`. */
  readonly preparedAt: string;
  /** Control references of the answers' interchanges, at most ten digits each: one for each interchange that is answered. */
  readonly references: readonly number[];
};

/** Data element 0083. */
const REJECTED = '4';
const ACKNOWLEDGED = '7';

/**
 * Syntax and service reports (CONTRL, ISO 9735-4) for a file: one interchange for each of it whose UNB could be read, in
 * its syntax version. An interchange, group or message that is rejected stands in it with the reason and its place; what
 * is not named is acknowledged. Interchanges of CONTRL alone are not answered: that would never end. What is wrong with a
 * single status inside a sound message is told by the receipts of its scans. Empty when nobody can be answered.
 */
export function answerFile(
  payload: Uint8Array,
  facts: AnswerFacts,
): { readonly text: string; readonly isRejected: boolean } {
  const answered = answeredOf(payload).map(withUnknownTypes);
  return {
    text: answered.map((one, index) => answerOf(one, facts, facts.references[index])).join(''),
    isRejected: answered.some(
      ({ error, refusedGroups, refusedMessages }) =>
        error !== undefined || refusedGroups.length + refusedMessages.length > 0,
    ),
  };
}

/** How many references the answer to a file needs. */
export const countAnswers = (payload: Uint8Array): number => answeredOf(payload).length;

const answeredOf = (payload: Uint8Array): readonly Received[] =>
  readEdiFile(payload).received.filter((one) => !isAnswer(one));

const isAnswer = ({ error, messages, refusedMessages }: Received): boolean =>
  error === undefined &&
  refusedMessages.length === 0 &&
  messages.length > 0 &&
  messages.every(({ type }) => type === 'CONTRL');

/** Messages of a type that nobody reads here are rejected as well, whatever is in them. */
function withUnknownTypes(one: Received): Received {
  const unknown = one.messages
    .filter(({ type }) => !STATUS_MESSAGES.has(type))
    .map(({ header, group, type }) => ({
      header,
      group,
      error: ediError('message_type_unknown', 'message', placeOf(header, 2, 1), type),
    }));
  return { ...one, refusedMessages: [...one.refusedMessages, ...unknown] };
}

function answerOf(one: Received, { preparedAt }: AnswerFacts, number: number | undefined): string {
  if (number === undefined) throw new RangeError('an answer without a reference');
  const { error } = one;
  const { reference, sender, recipient, syntax } = one.opened;
  const own = String(number);
  const body = [
    segment('UCI', [
      [reference],
      partyOf(sender),
      partyOf(recipient),
      ...(error === undefined ? [[ACKNOWLEDGED]] : [[REJECTED], ...reasonOf(error)]),
    ]),
    ...(error === undefined ? lowerLevels(one) : []),
  ];
  // Who writes in a syntax that we do not know is answered in the most usual one.
  const version = SYNTAX_VERSIONS.includes(syntax.version) ? syntax.version : 3;
  const repertoire = decoderOf(syntax.identifier) === undefined ? 'UNOC' : syntax.identifier;
  const isFour = version >= 4;
  const type = isFour ? ['CONTRL', '4', '1', 'UN'] : ['CONTRL', 'D', '3', 'UN'];
  const rest = [
    segment('UNH', [['1'], type]),
    ...body,
    segment('UNT', [[String(body.length + 2)], ['1']]),
    segment('UNZ', [['1'], [own]]),
  ];
  // What is written in seven bits is the same in every repertoire.
  const isPlain = /^[\x20-\x7e]*$/.test([...rest, ...partyOf(sender), ...partyOf(recipient)].join(''));
  const head = segment('UNB', [
    [isPlain ? repertoire : 'UNOY', String(version)],
    partyOf(recipient),
    partyOf(sender),
    [preparedAt.slice(isFour ? 0 : 2, 10).replaceAll('-', ''), preparedAt.slice(11, 16).replace(':', '')],
    [own],
  ]);
  return ["UNA:+.? '", head, ...rest, ''].join('\n');
}

/** Groups and messages that are rejected; all others are acknowledged by saying nothing of them. */
function lowerLevels({ groups, refusedGroups, refusedMessages }: Received): string[] {
  if (groups.length === 0) return refusedMessages.flatMap(messageOf);
  return groups.flatMap((header) => {
    const refused = refusedGroups.find((one) => one.header === header);
    if (refused !== undefined) return [groupOf(header, [[REJECTED], ...reasonOf(refused.error)])];
    const inside = refusedMessages.filter(({ group }) => group === partOf(header, 5));
    return inside.length === 0 ? [] : [groupOf(header, [[ACKNOWLEDGED]]), ...inside.flatMap(messageOf)];
  });
}

function groupOf(header: Segment, action: readonly (readonly string[])[]): string {
  const party = (element: number) => [partOf(header, element, 1), partOf(header, element, 2)];
  return segment('UCF', [[partOf(header, 5)], party(2), party(3), ...action]);
}

function messageOf({ header, error }: RefusedUnit): string[] {
  const type = [1, 2, 3, 4, 5].map((component) => partOf(header, 2, component));
  return [segment('UCM', [[partOf(header, 1)], type, [REJECTED], ...reasonOf(error)])];
}

/** Reason, service segment in error, and where in it; positions count from 1. */
function reasonOf({ code, at }: EdiError): (readonly string[])[] {
  const isService = at.tag !== undefined && /^U[A-Z]{2}$/.test(at.tag);
  const place = at.element === undefined ? [] : [String(at.element), String(at.component ?? '')];
  return [[syntaxErrorOf(code)], [isService ? (at.tag ?? '') : ''], place];
}

function partyOf({ id, qualifier, routing }: Interchange['sender']): readonly string[] {
  return [id, qualifier, routing];
}

/** Empty elements and components at the end are left out, service characters in the text are released. */
function segment(tag: string, elements: readonly (readonly string[])[]): string {
  const written = elements.map((parts) => trimmed(parts.map(released)).join(':'));
  return `${[tag, ...trimmed(written)].join('+')}'`;
}

const released = (text: string) => text.replace(/[:+?'*]/g, '?$&');

function trimmed(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
}
