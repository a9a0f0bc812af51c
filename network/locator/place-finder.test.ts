import { expect, test } from 'vitest';
import { answerPlace, type PlaceQuestion } from './place-answer.ts';
import { createPlaceFinder } from './place-finder.ts';

const QUESTIONS: readonly PlaceQuestion[] = [
  { ask: 'where', country: 'LI', city: 'Vaduz' },
  { ask: 'where', country: 'US', postcode: '10001' },
  { ask: 'where', country: 'LI', city: 'no such town' },
  { ask: 'named', text: 'Vaduz', country: 'LI' },
  { ask: 'around', country: 'CN', divisionCode: '330106' },
];

test('a thread answers what the places answer, and so does the finder without its thread', async () => {
  const finder = createPlaceFinder();
  const answers = await Promise.all(QUESTIONS.map((question) => finder.find(question)));
  await finder.close();
  expect(answers).toEqual(QUESTIONS.map(answerPlace));
  expect(answers.map(({ located }) => located?.precision)).toEqual([
    'city',
    'postcode',
    undefined,
    'city',
    undefined,
  ]);
  expect(answers[4]?.divisionCodes).toEqual(['330000', '330100', '330106']);
  // What was asked before is kept; what was not is looked up without the thread.
  expect(await finder.find(QUESTIONS[0] as PlaceQuestion)).toEqual(answers[0]);
  expect((await finder.find({ ask: 'where', country: 'LI', city: 'Balzers' })).located).toBeDefined();
});
