/** Where in the bytes something stands. Everything but `byte` (from 0) counts from 1; absent where it has no sense. */
export type EdiPosition = {
  readonly byte: number;
  /** Segment of the file, the service string advice not counted. */
  readonly segment?: number;
  readonly tag?: string;
  readonly element?: number;
  readonly component?: number;
};

/** Why an interchange, a group, a message or a status is not taken. */
export type EdiErrorCode =
  | 'empty'
  | 'too_large'
  | 'not_an_interchange'
  | 'service_string_advice_invalid'
  | 'syntax_identifier_unknown'
  | 'syntax_version_unknown'
  | 'character_not_allowed'
  | 'escape_sequence_unknown'
  | 'release_without_character'
  | 'segment_unterminated'
  | 'segment_tag_invalid'
  | 'too_many_segments'
  | 'too_many_elements'
  | 'element_too_long'
  | 'segment_out_of_place'
  | 'trailer_missing'
  | 'count_wrong'
  | 'reference_wrong'
  | 'reference_repeated'
  | 'element_missing'
  | 'message_type_unknown'
  | 'number_missing'
  | 'status_missing'
  | 'time_missing'
  | 'time_unreadable';

/** What a fault costs, in the levels of a CONTRL answer; `status` is one report inside a message. */
export type EdiLevel = 'interchange' | 'group' | 'message' | 'status';

export type EdiError = {
  readonly code: EdiErrorCode;
  readonly message: string;
  readonly level: EdiLevel;
  readonly at: EdiPosition;
};

export function ediError(code: EdiErrorCode, level: EdiLevel, at: EdiPosition, message: string): EdiError {
  return { code, level, at, message };
}

/**
 * Syntax error, coded (UN/EDIFACT data element 0085, service code list of syntax version 4). What is wrong with a status
 * inside a sound message is no error of syntax, and CONTRL does not tell it.
 */
export function syntaxErrorOf(code: EdiErrorCode): string {
  return SYNTAX_ERRORS[code] ?? UNSPECIFIED;
}
const UNSPECIFIED = '18';
const SYNTAX_ERRORS: Partial<Readonly<Record<EdiErrorCode, string>>> = {
  syntax_version_unknown: '2',
  // No value of it is valid: the directories know no such code.
  segment_tag_invalid: '12',
  element_missing: '13',
  trailer_missing: '13',
  segment_unterminated: '13',
  segment_out_of_place: '15',
  too_many_elements: '16',
  // Of this type nothing was agreed on: statuses are read here.
  message_type_unknown: '17',
  service_string_advice_invalid: '20',
  character_not_allowed: '21',
  escape_sequence_unknown: '21',
  release_without_character: '22',
  reference_repeated: '26',
  reference_wrong: '28',
  count_wrong: '29',
  element_too_long: '39',
  syntax_identifier_unknown: '46',
};

/** One sentence for people: what, where. */
export function sentenceOf({ code, message, at }: EdiError): string {
  const parts = [
    at.segment === undefined ? undefined : `segment ${at.segment}${at.tag === undefined ? '' : ` ${at.tag}`}`,
    at.element === undefined ? undefined : `element ${at.element}`,
    at.component === undefined ? undefined : `component ${at.component}`,
    `byte ${at.byte}`,
  ].filter((part) => part !== undefined);
  return `${code} at ${parts.join(', ')}: ${message}`;
}
