import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, type Principal, readRoute } from '../accounts/index.ts';
import { accepted, addMs, idSchema, refused } from '../kernel/index.ts';
import { staysOf } from './containment.policy.ts';
import {
  ContainerAnswer,
  ContainerQuery,
  ContainmentAnswer,
  ContainmentBody,
  PiecesAnswer,
} from './containment-contract.ts';
import { takeContainment } from './containment-lines.ts';
import { EVERYTHING, listContainment } from './containment-store.ts';
import { reporterOf } from './intake.ts';
import { findSurvivor, listParcelsByIds } from './parcel-store.ts';
import { combinePieces } from './pieces.policy.ts';
import { FUTURE_TOLERANCE_MS } from './plausibility.policy.ts';
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
            const recorded = await takeContainment(work, body, reporter);
            if (recorded.ok) await note(work, recorded.value);
            return recorded;
          });
          if (outcome.ok)
            return accepted(replyWith(200, { ...outcome.value, data: [...outcome.value.data] }));
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
    piecesRoute(),
  ];
}

function piecesRoute(): Route {
  return readRoute({
    operation: 'readParcelPieces',
    method: 'GET',
    path: '/v1/parcels/:parcel_id/pieces',
    tag: TAG,
    summary: 'A consignment as one: the state of its parent number and all pieces together',
    description: 'A parcel that is no parent is a consignment of one piece.',
    effect: 'read',
    params: z.strictObject({ parcelId: idSchema('pcl') }),
    resource: { kind: 'tracked_parcel', param: 'parcelId' },
    answers: { 200: { description: 'The pieces, the parent first', body: PiecesAnswer } },
    handle: async ({ db, params }) => {
      const parent = await findSurvivor(db, params.parcelId);
      if (parent === undefined) return refused('not_found', '');
      const children = (await listContainment(db, parent.id)).flatMap(({ kind, action, contentId }) =>
        kind === 'consignment' && action === 'pack' && contentId !== EVERYTHING ? [contentId] : [],
      );
      const pieces = [parent, ...(await listParcelsByIds(db, [...new Set(children)]))].filter(
        // A statement names any number; a consignment is one owner's.
        ({ organisationId }) => organisationId === parent.organisationId,
      );
      const { troubled, ...together } = combinePieces(pieces.map(({ timeline }) => timeline));
      const shown = pieces.map(({ id, number, timeline }, index) => ({
        parcelId: id,
        number,
        status: timeline.status,
        isTroubled: troubled.includes(index),
      }));
      return accepted(replyWith(200, { ...together, milestones: [...together.milestones], pieces: shown }));
    },
  });
}

function isBy(reporter: Reporter, caller: Principal): boolean {
  return reporter.kind !== 'network' && reporter.organisationId === caller.organisationId;
}
