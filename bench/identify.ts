import { ISSUERS, identifyNumber } from '../network/numbers/index.ts';
import { median, option, printLine, rounded } from './figures.ts';

/*
 * How many numbers are identified per second of CPU in one thread: made like the examples of every format, drawn from a
 * seed, in thirds plain, typed (blanks, lower case) and with a digit changed; in turns with texts made to be slow, of up
 * to a million characters. The ratio says how much quicker those are: below 1 somebody could slow a server down.
 * Usage: node bench/identify.ts [--count 1000000] [--rounds 5] [--seed 1]
 */
const count = option('count', 1_000_000);
const rounds = option('rounds', 5);
const seed = option('seed', 1);

/** Mulberry32. */
function randomOf(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomOf(seed);
const examples = ISSUERS.flatMap(({ formats }) => formats.map(({ example }) => example));
const texts = Array.from({ length: 20_000 }, (_, index) => {
  const example = examples[index % examples.length] ?? '';
  const typed = example.toLowerCase().replace(/(.{4})/g, '$1 ');
  const at = Math.floor(random() * example.length);
  const wrong = `${example.slice(0, at)}${Math.floor(random() * 10)}${example.slice(at + 1)}`;
  return [example, typed, wrong][Math.floor(random() * 3)] ?? example;
});
const hostile = ['4', '420', '9', '1Z', ' ', ']C1', '<GS>', 'JJD', 'Ａ'].flatMap((part) =>
  [32, 64, 128, 1_000_000].map((length) => part.repeat(length).slice(0, length)),
);

function secondsFor(among: readonly string[], total: number): number {
  const before = process.cpuUsage();
  let found = 0;
  for (let index = 0; index < total; index += 1)
    found += identifyNumber(among[index % among.length] ?? '').length;
  const { user, system } = process.cpuUsage(before);
  if (among === texts && found < total / 2) throw new Error('the engine does not know its own examples');
  return (user + system) / 1e6;
}

const seconds: { made: number[]; hostile: number[] } = { made: [], hostile: [] };
for (let round = -1; round < rounds; round += 1) {
  const made = secondsFor(texts, count);
  const bad = secondsFor(hostile, count / 10);
  if (round < 0) continue;
  seconds.made.push(made);
  seconds.hostile.push(bad * 10);
}
printLine({
  bench: 'identify',
  seed,
  count,
  rounds,
  formats: examples.length,
  secondsPerMillion: rounded((median(seconds.made) / count) * 1e6),
  perSecondOfCpu: Math.round(count / median(seconds.made)),
  hostilePerSecondOfCpu: Math.round(count / median(seconds.hostile)),
  ratioHostileToMade: rounded(median(seconds.made) / median(seconds.hostile)),
});
