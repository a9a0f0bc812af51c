import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFile } from './contrl.ts';
import { readEdiFile } from './interchange.ts';

/** `npm run rig:parsers` tries more. */
const TIMES = Number(process.env.PARSER_TIMES ?? 1);

const FACTS = {
  preparedAt: '2026-03-02T09:15:00.000Z',
  references: Array.from({ length: 100 }, (_, index) => 71 + index),
};
const HEAD = "UNB+UNOC:3+SENDER:14+RECEIVER:14+260101:0900+REF1'";
const MESSAGE = "UNH+1+IFTSTA:D:96A:UN'BGM+23+X'UNT+3+1'";
const bytesOf = (text: string) => new TextEncoder().encode(text);
const answer = (text: string) => answerFile(bytesOf(text), FACTS);
/** The segments of the answers that say something, one a line. */
const said = (text: string) =>
  answer(text)
    .text.split('\n')
    .filter((line) => /^UC/.test(line));

describe('the answer to an interchange', () => {
  it('is an interchange back to its sender, that our own reader takes', () => {
    const { text, isRejected } = answer(`${HEAD}${MESSAGE}UNZ+1+REF1'`);
    expect(isRejected).toBe(false);
    expect(text.split('\n')).toEqual([
      "UNA:+.? '",
      "UNB+UNOC:3+RECEIVER:14+SENDER:14+260302:0915+71'",
      "UNH+1+CONTRL:D:3:UN'",
      "UCI+REF1+SENDER:14+RECEIVER:14+7'",
      "UNT+3+1'",
      "UNZ+1+71'",
      '',
    ]);
    const { interchanges, errors } = readEdiFile(bytesOf(text));
    expect(errors).toEqual([]);
    expect(interchanges[0]?.messages.map(({ type }) => type)).toEqual(['CONTRL']);
  });

  it('names a message with a wrong count, and acknowledges the other one', () => {
    const wrong = "UNH+2+IFTSTA:D:96A:UN'BGM+23+X'UNT+9+2'";
    expect(said(`${HEAD}${MESSAGE}${wrong}UNZ+2+REF1'`)).toEqual([
      "UCI+REF1+SENDER:14+RECEIVER:14+7'",
      "UCM+2+IFTSTA:D:96A:UN+4+29+UNT+1'",
    ]);
  });

  it.each([
    [
      'another reference in UNT',
      "UNH+1+IFTSTA:D:96A:UN'BGM+23+X'UNT+3+7'",
      "UCM+1+IFTSTA:D:96A:UN+4+28+UNT+2'",
    ],
    [
      'a type that nobody reads',
      "UNH+1+ORDERS:D:96A:UN'BGM+23+X'UNT+3+1'",
      "UCM+1+ORDERS:D:96A:UN+4+17+UNH+2:1'",
    ],
    ['no type', "UNH+1'BGM+23+X'UNT+3+1'", "UCM+1++4+13+UNH+2:1'"],
  ])('tells %s', (_, message, line) => {
    expect(said(`${HEAD}${message}UNZ+1+REF1'`).slice(1)).toEqual([line]);
  });

  it('rejects all of an interchange whose trailer is wrong or missing, or that holds a byte of no repertoire', () => {
    expect(said(`${HEAD}${MESSAGE}UNZ+5+REF1'`)).toEqual(["UCI+REF1+SENDER:14+RECEIVER:14+4+29+UNZ+1'"]);
    expect(said(`${HEAD}${MESSAGE}`)).toEqual(["UCI+REF1+SENDER:14+RECEIVER:14+4+13'"]);
    const seven = HEAD.replace('UNOC', 'UNOA');
    expect(said(`${seven}UNH+1+IFTSTA:D:96A:UN'FTX+AAI+++\u00e9'UNT+3+1'UNZ+1+REF1'`)).toEqual([
      "UCI+REF1+SENDER:14+RECEIVER:14+4+21++4:1'",
    ]);
  });

  it('names the group of a rejected message, and a group that is rejected whole', () => {
    const group = (reference: string, body: string, count: number) =>
      `UNG+IFTSTA+A:1+B:2+260101:0900+${reference}+UN+D:96A'${body}UNE+${count}+${reference}'`;
    const wrong = "UNH+2+IFTSTA:D:96A:UN'BGM+23+X'UNT+9+2'";
    const text = `${HEAD}${group('G1', MESSAGE, 1)}${group('G2', wrong, 1)}${group('G3', '', 4)}UNZ+3+REF1'`;
    expect(said(text)).toEqual([
      "UCI+REF1+SENDER:14+RECEIVER:14+7'",
      "UCF+G2+A:1+B:2+7'",
      "UCM+2+IFTSTA:D:96A:UN+4+29+UNT+1'",
      "UCF+G3+A:1+B:2+4+29+UNE+1'",
    ]);
  });

  it('is written in the syntax of its sender, with service characters released', () => {
    const four = "UNB+UNOC:4+S?+ENDER+RECEIVER+20260101:0900+REF?'1'";
    const { text } = answer(`${four}${MESSAGE}UNZ+1+REF?'1'`);
    expect(text).toContain("UNB+UNOC:4+RECEIVER+S?+ENDER+20260302:0915+71'");
    expect(text).toContain("UNH+1+CONTRL:4:1:UN'");
    expect(text).toContain("UCI+REF?'1+S?+ENDER+RECEIVER+7'");
  });

  it('is given to a sender whose syntax or repertoire is not known, in one that is', () => {
    const unknown = answer(`${HEAD.replace('UNOC:3', 'UNOQ:3')}${MESSAGE}UNZ+1+REF1'`);
    expect(unknown.isRejected).toBe(true);
    expect(unknown.text).toContain("UNB+UNOC:3+RECEIVER:14+SENDER:14+260302:0915+71'");
    expect(unknown.text).toContain("UCI+REF1+SENDER:14+RECEIVER:14+4+46+UNB+1:1'");
    expect(said(`${HEAD.replace(':3', ':9')}${MESSAGE}UNZ+1+REF1'`)).toEqual([
      "UCI+REF1+SENDER:14+RECEIVER:14+4+2+UNB+1:2'",
    ]);
  });

  it('names a group whose reference was there before, and what follows a broken interchange', () => {
    const group = `UNG+IFTSTA+A+B+260101:0900+G1+UN+D:96A'${MESSAGE}UNE+1+G1'`;
    const second = HEAD.replace('REF1', 'REF2');
    expect(said(`${HEAD}BGM+23'UNZ+0+REF1'${second}${group}${group}UNZ+2+REF2'`)).toEqual([
      "UCI+REF1+SENDER:14+RECEIVER:14+4+15'",
      "UCI+REF2+SENDER:14+RECEIVER:14+7'",
      "UCF+G1+A+B+4+26+UNG+5'",
    ]);
  });

  it('is given to each of several, and to none that is an answer itself or has no readable sender', () => {
    const second = `${HEAD.replace('REF1', 'REF2')}${MESSAGE}UNZ+1+REF2'`;
    const both = answer(`${HEAD}${MESSAGE}UNZ+1+REF1'${second}`).text;
    expect(both.match(/^UNB.*$/gm)).toEqual([
      "UNB+UNOC:3+RECEIVER:14+SENDER:14+260302:0915+71'",
      "UNB+UNOC:3+RECEIVER:14+SENDER:14+260302:0915+72'",
    ]);
    expect(answer(both)).toEqual({ text: '', isRejected: false });
    expect(answer('no interchange at all').text).toBe('');
  });

  it('can be read whatever the file holds', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            HEAD,
            MESSAGE,
            "UNZ+1+REF1'",
            "UNT+1+1'",
            "UNG+X+A+B+1:1+G'",
            "UNE+0+G'",
            '\u00e9',
            '+',
          ),
        ),
        (parts) => {
          const { text } = answer(parts.join(''));
          expect(readEdiFile(bytesOf(text)).errors.filter(({ code }) => code !== 'empty')).toEqual([]);
        },
      ),
      { numRuns: 300 * TIMES },
    );
  });
});
