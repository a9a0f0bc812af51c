import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert, constantFrom, integer, property, string, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONNECTORS, reportOf } from '../../connectors/index.ts';
import { mappedConnector } from '../../connectors/mapped/parse.ts';
import { JSON_MAPPING } from '../../connectors/mapped/samples.fixture.ts';
import { MAX_DEPTH, MAX_PAYLOAD_BYTES } from '../../connectors/reading/index.ts';
import { errorLines, linesOf, type Sample } from '../../connectors/reading/sample.fixture.ts';
import {
  CARRIER_ERROR_NAMES,
  type CarrierReading,
  substatusAfter,
} from '../../network/tracking/connector-contract.ts';

/** What every connector must keep, however its carrier writes. A new one is found by its folder. */
const ROOT = fileURLToPath(new URL('../../connectors/', import.meta.url));
/** Folders of wire formats that are no carrier's, and of what all share. */
const NO_CARRIERS = new Set(['reading', 'pulling', 'mapped', 'edifact']);
const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NO_CARRIERS.has(entry.name))
  .map((entry) => entry.name);

const samplesOf = async (code: string): Promise<readonly Sample[]> =>
  (await import(`../../connectors/${code}/samples.fixture.ts`)).SAMPLES;
const all = await Promise.all(
  [...CONNECTORS, mappedConnector(JSON_MAPPING)].map(async (connector) => ({
    connector,
    samples: await samplesOf(connector.code),
  })),
);
const bytes = (text: string) => new TextEncoder().encode(text);
const SIGNS = '{}[]",:<>/=&;?!+\'\\ 0123456789T-';
/** How many times as often as usual noise is tried: `npm run rig:parsers`. */
const TIMES = Number(process.env.PARSER_TIMES ?? 1);
const names = (reading: CarrierReading) => reading.errors.map(({ name }) => name);

it('every folder is a connector in the list, and the list is in order', () => {
  const codes = CONNECTORS.map(({ code }) => code);
  expect(codes).toEqual([...folders].sort());
  expect(codes.length).toBeGreaterThan(1);
});

describe.each(all)('$connector.code', ({ connector, samples }) => {
  it.each(samples.map((sample) => [`${sample.format}: ${sample.about}`, sample] as const))(
    'reads %s',
    (_about, { payload, contentType, reads, errors = [] }) => {
      const reading = connector.parse(bytes(payload), contentType);
      expect(linesOf(reading)).toEqual(reads);
      expect(errorLines(reading)).toEqual(errors);
    },
  );

  it('has a sample of each of its formats and of an answer that says no', () => {
    expect(new Set(samples.map(({ format }) => format))).toEqual(new Set(connector.formats));
    expect(samples.some(({ errors }) => errors !== undefined && errors.length > 0)).toBe(true);
  });

  it('gives each row of its code table a source and a detail that fits the milestone', () => {
    const rows = connector.codes.groups.flatMap(({ rows }) => rows);
    expect(rows.length).toBeGreaterThan(0);
    for (const { source } of connector.codes.groups) expect(source.length).toBeGreaterThan(10);
    for (const [code, milestone, substatus] of rows)
      if (substatus !== undefined) expect(substatusAfter(milestone, substatus), code).toBe(substatus);
  });

  it('never guesses what an unknown code means', () => {
    const known = new Set(connector.codes.groups.flatMap(({ rows }) => rows.map(([code]) => code)));
    assert(
      property(string({ maxLength: 12 }), (code) => {
        if (!known.has(code)) expect(connector.codes.meaningOf(code)).toEqual({ milestone: 'unmapped' });
      }),
    );
  });

  it.each([
    ['nothing', '', 'payload_empty'],
    ['white space', ' \r\n\t ', 'payload_empty'],
    ['another document', '{"hello":"world"}', 'payload_unexpected'],
    ['a page instead of an answer', '<html><body>Service unavailable</body></html>', 'payload_unexpected'],
    ['a page that is no XML', '<!doctype html><html><br></html>', 'payload_unexpected'],
    ['a deep list', `${'['.repeat(200_000)}`, 'payload_unsafe'],
    ['a deep tree', '<a>'.repeat(MAX_DEPTH + 2), 'payload_unsafe'],
    [
      'an entity bomb',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
      'payload_unsafe',
    ],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'payload_unsafe'],
    ['an entity of nowhere', '<a>&nowhere;</a>', 'payload_unreadable'],
  ])('names %s', (_what, payload, name) => {
    const reading = connector.parse(bytes(payload));
    expect(names(reading)).toEqual([name]);
    expect(reading.parcels).toEqual([]);
  });

  it('names what is too large and what is no text', () => {
    expect(names(connector.parse(new Uint8Array(MAX_PAYLOAD_BYTES + 1).fill(0x20)))).toEqual([
      'payload_too_large',
    ]);
    expect(names(connector.parse(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)))).toEqual(['payload_not_text']);
    expect(names(connector.parse(bytes('{}'), 'application/json; charset=klingon'))).toEqual([
      'payload_not_text',
    ]);
  });

  it('names an answer that breaks off, wherever it does', () => {
    for (const { payload, contentType } of samples.filter((one) => /^\s*[<{[]/.test(one.payload))) {
      const whole = bytes(payload.trim());
      for (let part = 1; part < 40; part += 1) {
        const reading = connector.parse(
          whole.subarray(0, Math.floor((whole.length * part) / 40)),
          contentType,
        );
        expect(names(reading)).toEqual([expect.stringMatching(/^payload_/)]);
      }
    }
  });

  it('gives the same scan the same id in every answer, and different ones different ids', () => {
    for (const { payload, contentType } of samples) {
      const [first, again] = [0, 1].map(() => connector.parse(bytes(payload), contentType));
      expect(again).toEqual(first);
      const scans = first?.parcels.flatMap((parcel) => parcel.scans) ?? [];
      expect(new Set(scans.map(({ id }) => id)).size).toBe(scans.length);
    }
  });

  it('never passes a wall clock off as an instant', () => {
    for (const { payload, contentType } of samples) {
      const reading = connector.parse(bytes(payload), contentType);
      const report = reportOf(reading);
      const scans = reading.parcels.flatMap((parcel) => parcel.scans);
      const events = [report, ...report.more_parcels].flatMap((parcel) => parcel.events);
      for (const [index, { time }] of scans.entries()) {
        const knows = time.zoneConfidence === 'stated' || time.zoneConfidence === 'resolved_from_place';
        expect(events[index]?.occurred_at).toBe(knows ? time.occurredAt : null);
        expect(events[index]?.utc_offset_known).toBe(knows);
        if (time.zoneConfidence === 'unknown') expect(time.zone).toBeUndefined();
        else expect(time.zone).toBeDefined();
      }
    }
  });

  it('only ever gives readings, whatever the bytes', () => {
    const sound = (reading: CarrierReading) => {
      for (const { name, message } of reading.errors) {
        expect(CARRIER_ERROR_NAMES).toContain(name);
        expect(typeof message).toBe('string');
      }
      expect(() => JSON.stringify(reportOf(reading))).not.toThrow();
    };
    assert(
      property(uint8Array({ maxLength: 300 }), (noise) => sound(connector.parse(noise))),
      { numRuns: 50 * TIMES },
    );
    const spots = tuple(
      constantFrom(...samples),
      integer({ min: 0 }),
      uint8Array({ maxLength: 6 }),
      integer({ min: 0, max: 20 }),
    );
    assert(
      property(spots, ([{ payload, contentType }, at, noise, cut]) => {
        const whole = bytes(payload);
        const spot = at % whole.length;
        // Signs of the language itself reach further in than others.
        const signs = noise.map((byte) => (byte < 128 ? byte : SIGNS.charCodeAt(byte % SIGNS.length)));
        for (const put of [noise, signs]) {
          const mutant = Uint8Array.from([...whole.subarray(0, spot), ...put, ...whole.subarray(spot + cut)]);
          sound(connector.parse(mutant, contentType));
        }
      }),
      { numRuns: 150 * TIMES },
    );
  });

  it('takes any value in the place of any other', () => {
    const others = [null, 0, '', 'x', [], {}, [['a', null]]];
    for (const { payload, contentType } of samples.filter((one) => /^\s*[{[]/.test(one.payload))) {
      const document = JSON.parse(payload);
      for (const mutant of mutantsOf(document, others)) {
        const reading = connector.parse(bytes(JSON.stringify(mutant)), contentType);
        for (const { name } of reading.errors) expect(CARRIER_ERROR_NAMES).toContain(name);
      }
    }
  });
});

/** The document with each of its values in turn put out by others. */
function* mutantsOf(document: unknown, others: readonly unknown[]): Generator<unknown> {
  yield* others;
  if (document === null || typeof document !== 'object') return;
  const entries = Object.entries(document);
  for (const [key, value] of entries)
    for (const mutant of mutantsOf(value, others)) {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(document)
        ? [...document]
        : { ...document };
      (copy as Record<string, unknown>)[key] = mutant;
      yield copy;
    }
}
