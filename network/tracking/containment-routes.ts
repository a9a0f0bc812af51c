import type { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { openRoute, type Principal, readRoute } from '../accounts/index.ts';
import { accepted, addMs, type Outcome, type ParcelId, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import { staysOf } from './containment.policy.ts';
import { MAX_CONTENTS, recordContainment } from './containment.ts';
import {
  ContainerAnswer,
  ContainerQuery,
  ContainmentAnswer,
  ContainmentBody,
} from './containment-contract.ts';
import { EVERYTHING, listContainment } from './containment-store.ts';
import { parcelsOfLines, reporterOf } from './intake.ts';
import { FUTURE_TOLERANCE_MS, type RefusedLine, refuse } from './intake-line.ts';
import { listParcelsByIds } from './parcel-store.ts';
import type { Reporter } from './recognition.policy.ts';
import { parcelsOfNumber } from './views.ts';

const TAG = 'tracking';
/** How often numbers are looked up that are registered or merged at the same time. Our default. */
const LOOKS = 3;

export function containmentRoutes(): readonly Route[] {
  return [
    openRoute({
      operation: 'recordContainment',
      method: 'POST',
      path: '/v1/containments',
      tag: TAG,
      summary: 'Say what was put into a bag, pallet or consignment, or taken out of it',
      description:
        'Scans of the container then reach what is inside, in whatever order all of this arrives. Terminal states and words about one parcel alone are not passed on. It counts for parcels of which a scan of yours would be believed.',
      effect: 'own',
      body: ContainmentBody,
      answers: { 200: { description: 'One receipt per content', body: ContainmentAnswer } },
      refusals: ['scan_batch_busy', 'container_number_unusable', 'container_full'],
      handle: async ({ caller, world, body, note }) => {
        const reporter = reporterOf(caller);
        if (reporter === undefined)
          return refused('forbidden', 'Your organisation does not work as a carrier of the registry.');
        if (body.occurredAt > addMs(world.clock.now(), FUTURE_TOLERANCE_MS))
          return refused('container_number_unusable', 'It lies in the future.');
        for (let look = 0; look < LOOKS; look += 1) {
          const outcome = await world.command('network', async (work) => {
            const recorded = await record(work, body, reporter);
            if (recorded.ok) await note(work, recorded.value);
            return recorded;
          });
          if (outcome.ok) return accepted(replyWith(200, outcome.value));
          if (outcome.rejection.code !== 'scan_batch_busy') return outcome;
        }
        return refused('scan_batch_busy', '');
      },
    }),
    readRoute({
      operation: 'readContainer',
      method: 'GET',
      path: '/v1/containments',
      tag: TAG,
      summary: 'What is and was inside a container, as far as you said so',
      description: 'The network sees what everybody said.',
      effect: 'read',
      query: ContainerQuery,
      answers: { 200: { description: 'The container', body: ContainerAnswer } },
      handle: async ({ caller, db, query, relation, actFor }) => {
        await actFor('network');
        const found = await parcelsOfNumber(db, query.number);
        for (const parcel of found) {
          if (query.carrier !== undefined && parcel.carrierCode !== query.carrier) continue;
          const all = await listContainment(db, parcel.id);
          const said = relation === 'any' ? all : all.filter(({ reporter }) => isBy(reporter, caller));
          const [first] = said;
          if (first === undefined) continue;
          const byContent = Map.groupBy(said, ({ contentId }) => contentId);
          const everything = byContent.get(EVERYTHING) ?? [];
          byContent.delete(EVERYTHING);
          const contents = await listParcelsByIds(db, [...byContent.keys()]);
          const numbers = new Map<string, string>(contents.map(({ id, number }) => [id, number]));
          return accepted(
            replyWith(200, {
              number: parcel.number,
              kind: first.kind,
              parcelId: parcel.id,
              contents: [...byContent].flatMap(([parcelId, facts]) =>
                staysOf([...facts, ...everything]).map((stay) => ({
                  parcelId,
                  number: numbers.get(parcelId) ?? '',
                  ...stay,
                })),
              ),
            }),
          );
        }
        return refused('not_found', '');
      },
    }),
  ];
}

function isBy(reporter: Reporter, caller: Principal): boolean {
  return reporter.kind !== 'network' && reporter.organisationId === caller.organisationId;
}

type Refusal = 'scan_batch_busy' | 'container_number_unusable' | 'container_full';

/** One attempt; refused as busy when others registered or merged the same parcels meanwhile. */
async function record(
  work: Work,
  body: z.output<typeof ContainmentBody>,
  reporter: Reporter,
): Promise<Outcome<z.input<typeof ContainmentAnswer>, Refusal>> {
  const { container, action, occurredAt } = body;
  const wanted = body.contents ?? [];
  const readable = [container, ...wanted].map(({ number, carrier }, index) => ({
    number: normaliseNumber(number),
    statedCarrier: carrier,
    index: index - 1,
    scan: { occurredAt },
  }));
  const seekers = readable.flatMap((line) =>
    line.number === undefined ? [] : [{ line: { ...line, number: line.number }, reporter }],
  );
  if (seekers[0]?.line.index !== -1)
    return refused('container_number_unusable', 'A number has 4 to 40 letters and digits.');
  const found = await parcelsOfLines(work, seekers);
  if (found === undefined) return refused('scan_batch_busy', '');
  const byIndex = new Map(seekers.map(({ line }, place) => [line.index, found[place]]));
  const containerId = byIndex.get(-1);
  if (typeof containerId !== 'string')
    return refused('container_number_unusable', containerId?.message ?? '');
  const lines = wanted.map((_one, index) => contentOf(index, byIndex.get(index), containerId));
  const contents = lines.filter((line) => typeof line === 'string');
  if (action === 'pack' && (await isFull(work, containerId, contents))) return refused('container_full', '');
  const fresh = await recordContainment(work, {
    containerId,
    kind: container.kind,
    action,
    occurredAt,
    reporter,
    contents: body.contents === undefined ? 'everything' : contents,
  });
  return fresh === undefined
    ? refused('scan_batch_busy', '')
    : accepted(receiptsOf(containerId, lines, fresh));
}

function contentOf(
  index: number,
  found: ParcelId | RefusedLine | undefined,
  containerId: ParcelId,
): ParcelId | RefusedLine {
  if (found === undefined)
    return refuse(index, 'number_not_readable', 'A number has 4 to 40 letters and digits.');
  if (found === containerId) return refuse(index, 'invalid_scan', 'Nothing is inside itself.');
  return found;
}

async function isFull(work: Work, containerId: ParcelId, added: readonly ParcelId[]): Promise<boolean> {
  const known = (await listContainment(work.db, containerId)).map(({ contentId }) => contentId);
  return new Set([...known, ...added]).size > MAX_CONTENTS;
}

function receiptsOf(
  containerParcelId: ParcelId,
  lines: readonly (ParcelId | RefusedLine)[],
  fresh: ReadonlySet<string>,
): z.input<typeof ContainmentAnswer> {
  const seen = new Set<string>();
  const data = lines.map((line, index) => {
    if (typeof line !== 'string')
      return { index, result: 'refused' as const, code: line.code, message: line.message };
    const isNew = fresh.has(line) && !seen.has(line);
    seen.add(line);
    return { index, result: isNew ? ('accepted' as const) : ('duplicate' as const), parcelId: line };
  });
  const count = (result: string) => data.filter((line) => line.result === result).length;
  return {
    containerParcelId,
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: count('refused'),
    data,
  };
}
