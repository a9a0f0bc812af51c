import { pointsOfText } from '../points/index.ts';
import { searchedTextsOf } from './record.ts';
import { createSlots, type Digest, putPoint } from './slots.ts';
import { indexWords } from './word-index.ts';

/** Of a page of the points' bulk reading. */
export function digest(text: string): Digest {
  const slots = createSlots();
  const texts: (readonly string[])[] = [];
  for (const point of pointsOfText(text)) if (putPoint(slots, point)) texts.push(searchedTextsOf(point));
  const { columns, size, textBytes, schedules, ranges, absences } = slots;
  return {
    ...{ columns, size, textBytes },
    schedules: schedules.entries().map(({ key, number, uses }) => ({ key, number, uses })),
    ranges: ranges.entries(),
    absences: absences.entries(),
    words: indexWords(0, size, (slot) => texts[slot] ?? []).index,
  };
}
