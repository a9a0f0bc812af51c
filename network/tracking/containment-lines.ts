import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Outcome, type ParcelId, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { ContainerKind, ContainmentAction } from './containment.policy.ts';
import { MAX_CONTENTS, recordContainment } from './containment.ts';
import { listContainment } from './containment-store.ts';
import type { LineRefusal } from './errors.ts';
import { parcelsOfLines } from './intake.ts';
import { type RefusedLine, refuse } from './intake-line.ts';
import type { Reporter } from './recognition.policy.ts';

type NumberOf = { readonly number: string; readonly carrier?: string | undefined };

/** What somebody says about a container, by numbers. Without `contents` everything was taken out. */
export type ContainmentReport = {
  readonly container: NumberOf & { readonly kind: ContainerKind };
  readonly action: ContainmentAction;
  readonly occurredAt: Instant;
  readonly contents?: readonly NumberOf[] | undefined;
};

export type ContainmentReceipts = {
  readonly containerParcelId: ParcelId;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly data: readonly {
    readonly index: number;
    readonly result: 'accepted' | 'duplicate' | 'refused';
    readonly parcelId?: ParcelId;
    readonly code?: LineRefusal;
    readonly message?: string;
  }[];
};

type Refusal = 'scan_batch_busy' | 'container_number_unusable' | 'container_full';

/**
 * Takes a report in, inside a transaction that acts for the network; numbers that nobody knows get a parcel, as a scan
 * would give them. Refused as busy when others registered or merged the same parcels meanwhile: try again.
 */
export async function takeContainment(
  work: Work,
  { container, action, occurredAt, contents: wanted }: ContainmentReport,
  reporter: Reporter,
): Promise<Outcome<ContainmentReceipts, Refusal>> {
  const readable = [container, ...(wanted ?? [])].map(({ number, carrier }, index) => ({
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
  const lines = (wanted ?? []).map((_one, index) => contentOf(index, byIndex.get(index), containerId));
  const contents = lines.filter((line) => typeof line === 'string');
  if (action === 'pack' && (await isFull(work, containerId, contents))) return refused('container_full', '');
  const fresh = await recordContainment(work, {
    containerId,
    kind: container.kind,
    action,
    occurredAt,
    reporter,
    contents: wanted === undefined ? 'everything' : contents,
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
): ContainmentReceipts {
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
