import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentenceOf } from './edi-error.ts';
import { readEdiFile } from './interchange.ts';
import { EDI_LIMITS, partOf } from './tokens.ts';

/** `npm run rig:parsers` tries more. */
const TIMES = Number(process.env.PARSER_TIMES ?? 1);

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readEdiFile(bytesOf(text));
const HEAD = "UNB+UNOC:3+SENDER:14+RECEIVER:14+260101:0900+REF1'";
const MESSAGE = "UNH+1+IFTSTA:D:96A:UN'BGM+23+X'UNT+3+1'";
const whole = (body: string, count = 1, head = HEAD) => `${head}${body}UNZ+${count}+REF1'`;
const onlyError = (text: string) => {
  const { errors } = read(text);
  expect(errors).toHaveLength(1);
  return errors[0]!;
};

describe('an interchange', () => {
  it('is read with its envelope and its messages', () => {
    const { interchanges, errors } = read(whole(MESSAGE));
    expect(errors).toEqual([]);
    expect(interchanges).toMatchObject([
      {
        reference: 'REF1',
        syntax: { identifier: 'UNOC', version: 3 },
        sender: { id: 'SENDER', qualifier: '14' },
        recipient: { id: 'RECEIVER' },
        prepared: { date: '260101', time: '0900' },
        isTest: false,
        messages: [{ reference: '1', type: 'IFTSTA', version: 'D', release: '96A', agency: 'UN' }],
      },
    ]);
  });

  it('may stand behind another one in the file, each with its own service characters', () => {
    const second =
      'UNA|^,! ~UNB^UNOA|1^A^B^260101|0900^REF2~UNH^1^IFTSTA|D|96A|UN~FTX^AAI^^^A!^B+C~UNT^3^1~UNZ^1^REF2~';
    const { interchanges, errors } = read(`${whole(MESSAGE)}\r\n${second}\r\n`);
    expect(errors).toEqual([]);
    expect(interchanges.map((one) => one.reference)).toEqual(['REF1', 'REF2']);
    const [message] = interchanges[1]!.messages;
    expect(partOf(message!.segments[0]!, 4)).toBe('A^B+C');
  });

  it('keeps released service characters as text', () => {
    const { interchanges } = read(whole("UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++IT?'S 3?+4?: ??'UNT+3+1'"));
    const segment = interchanges[0]!.messages[0]!.segments[0]!;
    expect(partOf(segment, 4)).toBe("IT'S 3+4: ?");
    expect(segment.elements).toHaveLength(4);
  });

  it.each([
    ["A??'", 'A?'],
    ["A????'", 'A??'],
    ["A?''", "A'"],
    ["A???''", "A?'"],
    ["??+B'", '?'],
    ["?::B'", ':'],
  ])('ends where the release character is released itself: %s', (end, text) => {
    const { interchanges, errors } = read(whole(`UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++${end}UNT+3+1'`));
    expect(errors).toEqual([]);
    expect(partOf(interchanges[0]!.messages[0]!.segments[0]!, 4)).toBe(text);
  });

  it.each([
    ['without a release character', "UNA:+.  '", 'A?B', 'A?B'],
    ['with a comma for decimals', "UNA:+,? '", 'A?+B', 'A+B'],
    ['with others', 'UNA*|.\\ ~', 'A\\~B', 'A~B'],
  ])('has the service characters of its UNA: %s', (_name, advice, written, text) => {
    const [component, element, , , , terminator] = advice.slice(3);
    const body = whole("UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++§'UNT+3+1'")
      .replaceAll("'", '\n')
      .replaceAll('+', element!)
      .replaceAll(':', component!)
      .replaceAll('\n', terminator!);
    const { interchanges, errors } = read(`${advice}\r\n${body.replace('§', written)}`);
    expect(errors).toEqual([]);
    expect(partOf(interchanges[0]!.messages[0]!.segments[0]!, 4)).toBe(text);
  });

  it('may have line ends, tabs and fillers behind each segment', () => {
    const text = `\ufeff${whole(MESSAGE).replaceAll("'", "'\t\r\n  ")}\u001a\u0000\u0000`;
    expect(read(text)).toMatchObject({ errors: [], interchanges: [{ messages: [{ reference: '1' }] }] });
  });

  it('repeats elements from syntax version 4 on, and takes the asterisk for text before', () => {
    const body = "UNH+1+IFTSTA:D:96A:UN'RFF+CW:A*CW:B'UNT+3+1'";
    const four = read(whole(body, 1, HEAD.replace('UNOC:3', 'UNOC:4'))).interchanges[0]!;
    expect(four.messages[0]!.segments[0]!.elements[0]!.values).toEqual([
      ['CW', 'A'],
      ['CW', 'B'],
    ]);
    const three = read(whole(body)).interchanges[0]!;
    expect(three.messages[0]!.segments[0]!.elements[0]!.values).toEqual([['CW', 'A*CW', 'B']]);
  });

  it('names groups, whose messages it counts by groups', () => {
    const group = `UNG+IFTSTA+S+R+260101:0900+G1+UN+D:96A'${MESSAGE}UNE+1+G1'`;
    const { interchanges, errors } = read(whole(group));
    expect(errors).toEqual([]);
    expect(interchanges[0]!.messages.map((message) => message.group)).toEqual(['G1']);
  });

  it.each([
    ['UNOC', [0xfc], 'ü'],
    ['UNOY', [0xc3, 0xbc], 'ü'],
    ['UNOW', [0xe5, 0x8c, 0x97], '北'],
    ['UNOD', [0xb1], 'ą'],
    ['UNOE', [0xb6], 'Ж'],
    ['UNOF', [0xe1], 'α'],
    ['UNOG', [0xa1], 'Ħ'],
    ['UNOH', [0xa2], 'ĸ'],
    ['UNOI', [0xc8], 'ب'],
    ['UNOJ', [0xe0], 'א'],
    ['UNOK', [0xfd], 'ı'],
  ])('is decoded by its repertoire: %s', (identifier, letter, expected) => {
    const [before, after] = whole("UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++X§X'UNT+3+1'")
      .replace('UNOC', identifier)
      .split('§');
    const { interchanges, errors } = readEdiFile(
      Uint8Array.from([...bytesOf(before!), ...letter, ...bytesOf(after!)]),
    );
    expect(errors).toEqual([]);
    expect(partOf(interchanges[0]!.messages[0]!.segments[0]!, 4)).toBe(`X${expected}X`);
  });
});

it.each(['UNOA', 'UNOB', 'UNOC', 'UNOD', 'UNOK', 'UNOY'])(
  'a control of 8 bits is no text under %s',
  (identifier) => {
    const text = whole("UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++X§'UNT+3+1'").replace('UNOC', identifier);
    const [before, after] = text.split('§');
    const bytes = Uint8Array.from([...bytesOf(before!), 0x80, ...bytesOf(after!)]);
    expect(readEdiFile(bytes).errors).toMatchObject([
      { code: 'character_not_allowed', at: { segment: 3, tag: 'FTX', element: 4, component: 1 } },
    ]);
  },
);

describe('a broken interchange is answered with position and reason', () => {
  it.each([
    ['nothing', '', 'empty', { byte: 0 }],
    ['blanks alone', ' \r\n', 'empty', { byte: 0 }],
    ['another file', '<xml/>', 'not_an_interchange', { byte: 0 }],
    ['equal service characters', `UNA::.? '${HEAD}`, 'service_string_advice_invalid', { byte: 0 }],
    ['a short service string advice', 'UNA:+.?', 'service_string_advice_invalid', { byte: 0 }],
    [
      'an unknown repertoire',
      whole(MESSAGE, 1, HEAD.replace('UNOC', 'UNOQ')),
      'syntax_identifier_unknown',
      { segment: 1, element: 1, component: 1 },
    ],
    [
      'an unknown version',
      whole(MESSAGE, 1, HEAD.replace(':3', ':9')),
      'syntax_version_unknown',
      { segment: 1, element: 1, component: 2 },
    ],
    [
      'no sender',
      whole(MESSAGE, 1, HEAD.replace('SENDER:14', '')),
      'element_missing',
      { segment: 1, element: 2 },
    ],
    ['no control reference', "UNB+UNOC:3+S+R+260101:0900'", 'element_missing', { segment: 1, element: 5 }],
    [
      'an end inside a segment',
      `${HEAD}UNH+1+IFT`,
      'segment_unterminated',
      { segment: 2, byte: HEAD.length },
    ],
    [
      'a release at the end',
      `${HEAD}UNH+1?`,
      'release_without_character',
      { segment: 2, element: 1, component: 1 },
    ],
    ['a tag that is none', `${HEAD}unh+1'`, 'segment_tag_invalid', { segment: 2 }],
    ['no end', `${HEAD}${MESSAGE}`, 'trailer_missing', { byte: HEAD.length + MESSAGE.length }],
    ['a segment outside a message', whole("BGM+23'"), 'segment_out_of_place', { segment: 2, tag: 'BGM' }],
    [
      'a message in a message',
      whole("UNH+1+IFTSTA:D:96A:UN'UNH+2+IFTSTA:D:96A:UN'"),
      'segment_out_of_place',
      { segment: 3 },
    ],
    ['a trailer of nothing', whole("UNT+2+1'"), 'segment_out_of_place', { segment: 2 }],
    ['an end with a message open', whole("UNH+1+IFTSTA:D:96A:UN'"), 'segment_out_of_place', { tag: 'UNZ' }],
    [
      'a message beside groups',
      whole(`${MESSAGE}UNG+IFTSTA+S+R+1:1+G1+UN+D:96A'`),
      'segment_out_of_place',
      { tag: 'UNG' },
    ],
    ['a wrong number of messages', whole(MESSAGE, 2), 'count_wrong', { segment: 5, tag: 'UNZ', element: 1 }],
    [
      'another control reference',
      whole(MESSAGE).replace("UNZ+1+REF1'", "UNZ+1+REF9'"),
      'reference_wrong',
      { tag: 'UNZ', element: 2 },
    ],
    [
      'a letter outside the repertoire',
      whole(MESSAGE.replace('+X', '+Ü'), 1, HEAD.replace('UNOC', 'UNOA')),
      'character_not_allowed',
      { segment: 3, tag: 'BGM', element: 2, component: 1 },
    ],
  ] as const)('%s', (_name, text, code, at) => {
    const error = onlyError(text);
    expect(error).toMatchObject({ code, level: 'interchange', at });
    expect(read(text).interchanges).toEqual([]);
    expect(sentenceOf(error)).toContain(`byte ${error.at.byte}`);
  });

  const next = `UNA|^,! ~UNB^UNOA|1^A^B^260101|0900^REF2~${'UNH^1^IFTSTA|D|96A|UN~BGM^23~UNT^3^1~'}UNZ^1^REF2~`;
  it.each([
    ['a segment outside a message', whole("BGM+23'"), 'segment_out_of_place'],
    ['a message without its end', whole("UNH+1+IFTSTA:D:96A:UN'BGM+23'"), 'segment_out_of_place'],
    ['a missing UNZ', `${HEAD}${MESSAGE}`, 'segment_out_of_place'],
    ['a message that is never closed', `${HEAD}UNH+1+IFTSTA:D:96A:UN'BGM+23'`, 'segment_out_of_place'],
    ['a wrong count', whole(MESSAGE, 7), 'count_wrong'],
    ['an unknown repertoire', whole(MESSAGE, 1, HEAD.replace('UNOC', 'UNOQ')), 'syntax_identifier_unknown'],
    ['no sender', whole(MESSAGE, 1, HEAD.replace('SENDER:14', '')), 'element_missing'],
    ['a tag that is none', whole("unh+1'"), 'segment_tag_invalid'],
    ['a control character', whole(MESSAGE.replace('+X', '+\u0007+Y')), 'character_not_allowed'],
    ['a control character at an end', whole(MESSAGE.replace('+X', '+\u0007')), 'character_not_allowed'],
    ['a long component', whole(`UNH+${'X'.repeat(20_000)}'`), 'element_too_long'],
    ['many elements', whole(`UNH${'+'.repeat(5_000)}'`), 'too_many_elements'],
    [
      'a set that is not read',
      whole('UNH+\u001b$)C', 1, HEAD.replace('UNOC', 'UNOX')),
      'escape_sequence_unknown',
    ],
  ])('and what comes behind it is read: %s', (_name, broken, code) => {
    const { interchanges, received, errors } = read(`${broken}\r\n${next}\r\n`);
    expect(errors.map((error) => [error.code, error.level])).toEqual([[code, 'interchange']]);
    expect(interchanges.map(({ reference, messages }) => [reference, messages.length])).toEqual([
      ['REF2', 1],
    ]);
    expect(received.at(-1)?.error).toBeUndefined();
  });

  it('and so is the one that stands inside it', () => {
    expect(read(`${HEAD}${HEAD}`).errors).toMatchObject([
      { code: 'segment_out_of_place', at: { byte: HEAD.length, segment: 2, tag: 'UNB' } },
      { code: 'trailer_missing', at: { byte: 2 * HEAD.length } },
    ]);
  });

  it('a message whose count or reference is wrong is left out alone', () => {
    const second = MESSAGE.replaceAll('+1', '+2').replace('UNT+3', 'UNT+4');
    const { interchanges, errors } = read(whole(MESSAGE + second, 2));
    expect(interchanges[0]!.messages.map((message) => message.reference)).toEqual(['1']);
    expect(errors).toMatchObject([{ code: 'count_wrong', level: 'message', at: { tag: 'UNT', segment: 7 } }]);
    expect(read(whole(MESSAGE.replace('UNT+3+1', 'UNT+3+7'))).errors).toMatchObject([
      { code: 'reference_wrong', level: 'message' },
    ]);
    expect(read(whole(MESSAGE + MESSAGE, 2)).errors).toMatchObject([{ code: 'reference_repeated' }]);
  });

  it('a group whose count is wrong is left out with its messages, the next one is read', () => {
    const group = (reference: string, count: number, message: string) =>
      `UNG+IFTSTA+S+R+260101:0900+${reference}+UN+D:96A'${message}UNE+${count}+${reference}'`;
    const text = whole(group('G1', 2, MESSAGE) + group('G2', 1, MESSAGE.replaceAll('+1', '+2')), 2);
    const { interchanges, errors } = read(text);
    expect(interchanges[0]!.messages.map((message) => message.group)).toEqual(['G2']);
    expect(errors).toMatchObject([{ code: 'count_wrong', level: 'group', at: { tag: 'UNE' } }]);
  });

  const groupOf = (reference: string, message: string, count = 1) =>
    `UNG+IFTSTA+S+R+260101:0900+${reference}+UN+D:96A'${message}UNE+${count}+${reference}'`;

  it('messages of different groups may have the same reference, groups of one interchange may not', () => {
    const again = read(whole(groupOf('G1', MESSAGE) + groupOf('G2', MESSAGE), 2));
    expect(again.errors).toEqual([]);
    expect(again.interchanges[0]!.messages.map(({ group, reference }) => [group, reference])).toEqual([
      ['G1', '1'],
      ['G2', '1'],
    ]);
    const twice = read(whole(groupOf('G1', MESSAGE + MESSAGE, 2)));
    expect(twice.errors).toMatchObject([{ code: 'reference_repeated', level: 'message' }]);
    const same = read(whole(groupOf('G1', MESSAGE) + groupOf('G1', MESSAGE), 2));
    expect(same.interchanges[0]!.messages).toHaveLength(1);
    expect(same.errors).toMatchObject([
      { code: 'reference_repeated', level: 'group', at: { tag: 'UNG', element: 5, segment: 7 } },
    ]);
    expect(read(whole(groupOf('', MESSAGE))).errors).toMatchObject([
      { code: 'element_missing', level: 'group', at: { tag: 'UNG', element: 5 } },
    ]);
  });

  it('sizes are bounded', () => {
    const long = 'X'.repeat(EDI_LIMITS.componentBytes + 1);
    expect(onlyError(whole(`UNH+1+IFTSTA:D:96A:UN'FTX+${long}'`)).code).toBe('element_too_long');
    expect(onlyError(`${HEAD}FTX${'+'.repeat(1_000)}'`).code).toBe('too_many_elements');
    expect(onlyError(`${HEAD}FTX+${':'.repeat(1_000)}'`).code).toBe('too_many_elements');
    expect(readEdiFile(new Uint8Array(EDI_LIMITS.bytes + 1)).errors[0]!.code).toBe('too_large');
  });
});

describe('whatever comes in', () => {
  const alphabet = fc.constantFrom(...HEAD, ...MESSAGE, "'", '+', ':', '?', '*', '\r', '\u00e9', '\0');

  it('bytes give named errors only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const error of readEdiFile(bytes).errors)
          expect(error.at.byte).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 * TIMES },
    );
  });

  it('one changed, lost or added character never throws, and every cut is noticed', () => {
    const text = `UNA:+.? '${whole(MESSAGE)}`;
    fc.assert(
      fc.property(fc.nat(text.length - 1), alphabet, fc.constantFrom(0, 1, 2), (at, character, keep) => {
        readEdiFile(
          bytesOf(text.slice(0, at) + (keep === 0 ? '' : character) + text.slice(at + (keep === 2 ? 0 : 1))),
        );
      }),
      { numRuns: 1_000 * TIMES },
    );
    for (let length = 1; length < text.length; length += 1)
      expect(read(text.slice(0, length)).errors.length, text.slice(0, length)).toBeGreaterThan(0);
  });
});

describe('UNOX', () => {
  const ESC = '\u001b';
  const fileOf = (text: string) =>
    new TextEncoder().encode(
      `UNB+UNOX:3+S+R+260301:0900+7'UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++${text}'UNT+3+1'UNZ+1+7'`,
    );
  const textOf = (text: string) =>
    readEdiFile(fileOf(text)).interchanges[0]?.messages[0]?.segments[0]?.elements[3]?.values;

  it('reads Japanese beside Latin, also where its bytes are those of service characters', () => {
    // Kana whose bytes are 25 27 and 25 2B: the apostrophe and the plus sign of ASCII.
    expect(textOf(`A${ESC}$B%'%+${ESC}(B:B`)).toEqual([['A\u30a7\u30ab', 'B']]);
    expect(textOf(`${ESC}(J\\:\\`)).toEqual([['\u00a5', '\u00a5']]);
  });

  it.each([
    ['a set that is not read', `A${ESC}$)CB`, 'escape_sequence_unknown'],
    ['half a character', `${ESC}$B%${ESC}(B`, 'character_not_allowed'],
    ['a control character', 'A\u000eB', 'character_not_allowed'],
    ['a set that is never left', `${ESC}$B%+`, 'segment_unterminated'],
  ])('refuses %s with its place', (_, text, code) => {
    const { errors, interchanges } = readEdiFile(fileOf(text));
    expect(interchanges).toEqual([]);
    expect(errors.map((error) => [error.code, error.at.segment])).toEqual([[code, 3]]);
  });

  it('is the only one under which an escape sequence is one', () => {
    const { errors } = readEdiFile(fileOf(`${ESC}$B%+${ESC}(B`).map((byte) => (byte === 0x58 ? 0x43 : byte)));
    expect(errors.map(({ code }) => code)).toEqual(['character_not_allowed']);
  });
});
