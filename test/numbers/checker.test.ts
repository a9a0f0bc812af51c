import { expect, test } from 'vitest';
import { isMod1110, openNumberJournal } from './checker.ts';

const SHAPE = { prefix: 'PRB', digits: 4, fromSerial: 790, toSerial: 800 };

test('the check digit of the standard’s own example is right, and each other digit is wrong', () => {
  // ISO/IEC 7064:2003, the example of MOD 11,10: 0794 has the check digit 5.
  for (let digit = 0; digit < 10; digit += 1) expect(isMod1110(`0794${digit}`)).toBe(digit === 5);
});

test('the journal sees a doubled, a wrong and a foreign number, and lists what is missing', () => {
  const journal = openNumberJournal(SHAPE);
  journal.note('PRB07945');
  expect(journal.breaks).toEqual([]);
  journal.note('PRB07945');
  journal.note('PRB07951');
  journal.note('XXX07945');
  const outside = Array.from({ length: 10 }, (_, digit) => `0801${digit}`).find(isMod1110);
  journal.note(`PRB${outside}`);
  expect(journal.breaks).toEqual([
    'PRB07945 was issued twice',
    'PRB07951 has a wrong check digit',
    'XXX07945 does not look like the segment',
    `PRB${outside} lies outside the segment`,
  ]);
  expect(journal.count).toBe(5);
  expect(journal.gapsUpTo(798)).toEqual([
    { fromSerial: 790, toSerial: 793 },
    { fromSerial: 796, toSerial: 798 },
  ]);
  expect(journal.gapsUpTo(795)).toEqual([{ fromSerial: 790, toSerial: 793 }]);
});
