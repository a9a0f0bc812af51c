import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findConnector, reportOf } from '../../connectors/index.ts';
import { readWeight } from '../../connectors/reading/index.ts';

/**
 * Payloads of the field with the reading that other programs made of them. They are no part of this project: name
 * their folder with POSTROAD_DATA_TRACKING, else it is looked for beside the checkout.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = process.env.POSTROAD_DATA_TRACKING ?? join(ROOT, '..', 'shared', 'data', 'tracking');
const examples = join(FOLDER, 'examples');

type Expected = {
  readonly tracking_number: string | null;
  readonly delivered: boolean | null;
  readonly status: string | null;
  readonly estimated_delivery: string | null;
  /** `5.00 LBS` */
  readonly weight?: string | null;
  readonly events: readonly {
    readonly date: string;
    readonly time: string;
    readonly time_zone?: string;
    readonly code: string | null;
    readonly status_type?: string;
    readonly status?: string;
    readonly description: string | null;
    readonly location: string | null;
  }[];
};
type Example = {
  readonly carrier: string;
  readonly raw_payload: string;
  readonly expected?: Expected;
  readonly expected_errors?: readonly { readonly code: string; readonly message: string }[];
};

/** Their word for "announced" is ours for it; the other statuses are called alike. */
const statusWord = (word: string) => (word === 'pending' ? 'info_received' : word);
/** They print names in their own case and join a depot and its town with a dash. */
const plain = (text: string | null) =>
  text
    ?.toLowerCase()
    .replaceAll(/[\s,-]+/g, ' ')
    .trim() ?? null;

function files(): string[] {
  if (!existsSync(examples)) {
    process.stderr.write(
      `SKIPPED, NOT PROVED: the worked examples of carriers, because ${examples} is not there.\n`,
    );
    return [];
  }
  return readdirSync(examples).filter((name) => name.endsWith('.json'));
}

it('every worked example is read as expected, field by field', () => {
  for (const name of files())
    for (const example of JSON.parse(readFileSync(join(examples, name), 'utf8')) as Example[]) check(example);
});

function check({ carrier, raw_payload, expected, expected_errors = [] }: Example): void {
  const connector = findConnector(carrier);
  expect(connector, carrier).toBeDefined();
  if (connector === undefined) return;
  const report = reportOf(connector.parse(new TextEncoder().encode(raw_payload)));
  if (expected === undefined) {
    expect(
      report.errors.map(({ code, message }) => ({ code, message })),
      carrier,
    ).toEqual(expected_errors);
    return;
  }
  const { tracking_number, delivered, status, estimated_delivery } = expected;
  // Null is "they did not say", not "there is none".
  if (tracking_number !== null) expect(report.tracking_number, carrier).toBe(tracking_number);
  if (delivered !== null) expect(report.delivered ?? false, carrier).toBe(delivered);
  if (status !== null) expect(report.status, carrier).toBe(statusWord(status));
  expect(report.estimated_delivery, carrier).toBe(estimated_delivery);
  const [value, unit] = expected.weight?.split(' ') ?? [];
  if (value !== undefined)
    for (const event of report.events) expect(event.weight_grams, carrier).toBe(readWeight(value, unit));
  expect(report.events.length, carrier).toBe(expected.events.length);
  for (const [index, event] of expected.events.entries()) checkEvent(carrier, event, report.events[index]);
}

function checkEvent(
  carrier: string,
  event: Expected['events'][number],
  read: ReturnType<typeof reportOf>['events'][number] | undefined,
): void {
  expect(read?.local_time.slice(0, 16), carrier).toBe(`${event.date}T${event.time}`);
  if (event.time_zone !== undefined) expect(read?.zone_confidence, carrier).toBe('stated');
  if (event.code !== null) expect(read?.code, carrier).toBe(event.code);
  if (event.status_type !== undefined) expect(read?.code_class, carrier).toBe(event.status_type);
  if (event.status !== undefined) expect(read?.status, carrier).toBe(statusWord(event.status));
  expect(plain(read?.description ?? null), carrier).toBe(plain(event.description));
  expect(plain(read?.location ?? null), carrier).toBe(plain(event.location));
}
