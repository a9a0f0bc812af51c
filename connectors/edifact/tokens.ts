import { type Decode, type Designation, decodeAscii, designationAt } from './charset.ts';
import { type EdiError, type EdiPosition, ediError } from './edi-error.ts';

/** Bounds of what is read. ISO 9735 has none for a file; ours keep one sender from eating the server. */
export const EDI_LIMITS = {
  bytes: 10_000_000,
  segments: 200_000,
  /** Elements of a segment, and components of an element with all its repetitions. */
  parts: 200,
  /** Longest component in bytes: the longest that a directory defines is 512 (an..512). */
  componentBytes: 4_096,
} as const;

/** Service characters (ISO 9735, UNA); undefined where none is in use. Byte values. */
export type ServiceCharacters = {
  readonly component: number;
  readonly element: number;
  readonly release: number | undefined;
  readonly repetition: number | undefined;
  readonly terminator: number;
};

/** One data element: its repetitions (one before syntax version 4), each a list of components. `''` where omitted. */
export type Element = {
  readonly byte: number;
  readonly values: readonly (readonly string[])[];
};

export type Segment = {
  readonly tag: string;
  readonly byte: number;
  /** Number of the segment in the file, from 1. */
  readonly number: number;
  /** Elements after the tag. */
  readonly elements: readonly Element[];
};

const code = (character: string) => character.charCodeAt(0);
const DEFAULTS: ServiceCharacters = {
  component: code(':'),
  element: code('+'),
  release: code('?'),
  repetition: undefined,
  terminator: code("'"),
};
const SPACE = 0x20;
/** NUL, TAB, LF, VT, FF, CR, SUB (the end of a file under DOS) and SPACE. */
const BLANKS: ReadonlySet<number | undefined> = new Set([0, 9, 10, 11, 12, 13, 0x1a, SPACE]);

/** Reads one file from front to back. `service` and `decode` change where an interchange begins. */
export type Scanner = {
  readonly bytes: Uint8Array;
  at: number;
  number: number;
  service: ServiceCharacters;
  decode: Decode;
  hasAdvice: boolean;
  /** The set in force under ISO 2022; undefined where escape sequences are none. */
  designation: Designation | undefined;
};

/** The set that every interchange of ISO 2022 begins with. */
export const ASCII: Designation = { bytes: [], isShifted: false };

export function scannerOf(bytes: Uint8Array): Scanner {
  return {
    bytes,
    at: 0,
    number: 0,
    service: DEFAULTS,
    decode: decodeAscii,
    hasAdvice: false,
    designation: undefined,
  };
}

/** Line ends, blanks and what fills up a record are no data between segments (common practice; ISO 9735 has no opinion). */
export function skipLineEnds(scanner: Scanner): void {
  while (BLANKS.has(scanner.bytes[scanner.at])) scanner.at += 1;
}

/**
 * Takes the service characters of the interchange that begins here: those of its UNA, else the defaults. The
 * repetition separator is settled by the syntax version, which only UNB tells.
 */
export function readAdvice(scanner: Scanner): EdiError | undefined {
  const { bytes, at } = scanner;
  scanner.service = DEFAULTS;
  scanner.decode = decodeAscii;
  scanner.designation = undefined;
  scanner.hasAdvice = false;
  if (!startsWith(bytes, at, 'UNA')) return undefined;
  const six = [...bytes.subarray(at + 3, at + 9)];
  const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = six;
  const used = [component, element, terminator, release, repetition].filter((byte) => byte !== SPACE);
  const separates = [component, element, terminator].every((byte) => isServiceByte(byte));
  const isSound =
    six.length === 6 &&
    separates &&
    [release, repetition].every((byte) => byte === SPACE || isServiceByte(byte)) &&
    (decimal === code('.') || decimal === code(',')) &&
    new Set(used).size === used.length;
  if (!isSound) {
    const message = 'UNA names six different characters that are no letters, digits or blanks';
    return ediError('service_string_advice_invalid', 'interchange', { byte: at, tag: 'UNA' }, message);
  }
  scanner.service = {
    component,
    element,
    release: release === SPACE ? undefined : release,
    repetition: repetition === SPACE ? undefined : repetition,
    terminator,
  };
  scanner.hasAdvice = true;
  scanner.at = at + 9;
  return undefined;
}

/** From version 4 on an element may repeat; before, the fifth character of UNA is reserved and `*` is text. */
export function settleVersion(scanner: Scanner, version: number): void {
  const { service, hasAdvice } = scanner;
  const repetition = hasAdvice ? service.repetition : code('*');
  scanner.service = { ...service, repetition: version >= 4 ? repetition : undefined };
}

function isServiceByte(byte: number): boolean {
  return byte > SPACE && byte < 0x7f && !/[A-Za-z0-9]/.test(String.fromCharCode(byte));
}

export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** The next segment, or why there is none; undefined at the end of the file. */
export function nextSegment(scanner: Scanner): Segment | EdiError | undefined {
  skipLineEnds(scanner);
  const { bytes } = scanner;
  if (scanner.at >= bytes.length) return undefined;
  const byte = scanner.at;
  scanner.number += 1;
  const place: EdiPosition = { byte, segment: scanner.number };
  if (scanner.number > EDI_LIMITS.segments) {
    return ediError('too_many_segments', 'interchange', place, `at most ${EDI_LIMITS.segments} are read`);
  }
  const elements = readElements(scanner, place);
  if (!Array.isArray(elements)) return elements;
  const [first, ...rest] = elements;
  // A tag may carry explicit nesting (`CNI:1:2`), which nobody uses; the first component is the tag.
  const tag = first?.values[0]?.[0] ?? '';
  if (!/^[A-Z][A-Z0-9]{2}$/.test(tag)) {
    return ediError('segment_tag_invalid', 'interchange', place, 'a segment begins with a tag such as NAD');
  }
  return { tag, byte, number: scanner.number, elements: rest };
}

/** Whether another interchange begins here, whatever its service characters are. */
export function beginsInterchange({ bytes, at }: Scanner): boolean {
  return startsWith(bytes, at, 'UNA') || startsWith(bytes, at, 'UNB');
}

/**
 * Leaves an interchange that is refused: goes on behind its UNZ, or to where another one begins. `isInside`: the segment
 * that is being read has not ended. Looks at no more than terminators, so that it takes time in proportion to the text.
 */
export function leaveInterchange(scanner: Scanner, isInside: boolean): void {
  if (isInside) skipSegment(scanner);
  for (;;) {
    skipLineEnds(scanner);
    if (scanner.at >= scanner.bytes.length || beginsInterchange(scanner)) return;
    const isTrailer = startsWith(scanner.bytes, scanner.at, 'UNZ');
    skipSegment(scanner);
    scanner.number += 1;
    if (isTrailer) return;
  }
}

/** Goes on behind the next terminator that is not released. */
function skipSegment(scanner: Scanner): void {
  const { bytes, service } = scanner;
  while (scanner.at < bytes.length) {
    const byte = bytes[scanner.at];
    scanner.at += byte === service.release ? 2 : 1;
    if (byte === service.terminator) return;
  }
}

/** Elements with the tag as the first, up to and without the terminator. */
function readElements(scanner: Scanner, place: EdiPosition): Element[] | EdiError {
  const { bytes, service } = scanner;
  const elements: { byte: number; values: string[][] }[] = [];
  let element = { byte: scanner.at, values: [[]] as string[][] };
  let parts = 0;
  let text: number[] = [...(scanner.designation?.bytes ?? [])];
  let tag: string | undefined;
  const here = (): EdiPosition => ({
    byte: scanner.at,
    segment: scanner.number,
    ...(tag === undefined ? {} : { tag, element: elements.length }),
    ...(tag === undefined ? {} : { component: (element.values.at(-1)?.length ?? 0) + 1 }),
  });
  const wrong = (problem: EdiError['code'], message: string) =>
    ediError(problem, 'interchange', here(), message);
  for (; scanner.at < bytes.length; scanner.at += 1) {
    const byte = bytes[scanner.at] ?? 0;
    if (byte === service.release && scanner.designation?.isShifted !== true) {
      scanner.at += 1;
      const released = bytes[scanner.at];
      if (released === undefined) return wrong('release_without_character', 'nothing follows the release');
      text.push(released);
      continue;
    }
    const called = scanner.designation && designationAt(bytes, scanner.at);
    if (called === 'unknown')
      return wrong('escape_sequence_unknown', 'of ISO 2022 the sets of ASCII and of Japan are read');
    if (called !== undefined && text.length < EDI_LIMITS.componentBytes) {
      scanner.designation = called;
      scanner.at += called.bytes.length - 1;
      text.push(...called.bytes);
      continue;
    }
    const separator = scanner.designation?.isShifted ? undefined : separatorOf(service, byte);
    if (separator === undefined || called !== undefined) {
      if (text.length >= EDI_LIMITS.componentBytes)
        return wrong('element_too_long', `at most ${EDI_LIMITS.componentBytes} bytes are read`);
      text.push(byte);
      continue;
    }
    const decoded = scanner.decode(Uint8Array.from(text));
    if (decoded === undefined)
      return wrong('character_not_allowed', 'a byte before this one is not of the interchange’s repertoire');
    element.values.at(-1)?.push(decoded);
    text = [...(scanner.designation?.bytes ?? [])];
    parts += 1;
    if (parts > EDI_LIMITS.parts || elements.length >= EDI_LIMITS.parts)
      return wrong('too_many_elements', `at most ${EDI_LIMITS.parts} are read`);
    if (separator === 'repetition') element.values.push([]);
    if (separator === 'component' || separator === 'repetition') continue;
    elements.push(element);
    tag ??= decoded;
    element = { byte: scanner.at + 1, values: [[]] };
    if (separator === 'terminator') {
      scanner.at += 1;
      return elements;
    }
  }
  return ediError('segment_unterminated', 'interchange', place, 'the file ends inside this segment');
}

function separatorOf(service: ServiceCharacters, byte: number) {
  switch (byte) {
    case service.component:
      return 'component';
    case service.element:
      return 'element';
    case service.terminator:
      return 'terminator';
    case service.repetition:
      return 'repetition';
    default:
      return undefined;
  }
}

/** A component by element and component from 1, as the directories count them; `''` where it is omitted. */
export function partOf(segment: Segment, element: number, component = 1): string {
  return segment.elements[element - 1]?.values[0]?.[component - 1]?.trim() ?? '';
}

export function placeOf(segment: Segment, element?: number, component?: number): EdiPosition {
  const { tag, number, elements } = segment;
  const byte = element === undefined ? segment.byte : (elements[element - 1]?.byte ?? segment.byte);
  return {
    byte,
    segment: number,
    tag,
    ...(element === undefined ? {} : { element }),
    ...(component === undefined ? {} : { component }),
  };
}
