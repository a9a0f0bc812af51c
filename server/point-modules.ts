import {
  ALLOCATION_ERRORS,
  ALLOCATION_EVENTS,
  allocationJobs,
  allocationReactions,
  allocationRelations,
  allocationRoutes,
  readOccupancy,
  scheduleAllocationJobs,
} from '../network/allocation/index.ts';
import {
  coverageJobs,
  coverageReactions,
  coverageRoutes,
  createCoveragePool,
  scheduleCoverageJobs,
} from '../network/coverage/index.ts';
import { createLocators, LOCATOR_ERRORS, locatorRoutes } from '../network/locator/index.ts';
import {
  createBlockIndex,
  documentFolder,
  listNamedDocumentBlobs,
  POINT_ERRORS,
  POINT_EVENTS,
  type PointPorts,
  pointJobs,
  pointRelations,
  pointRoutes,
} from '../network/points/index.ts';
import {
  SHELF_ERRORS,
  SHELF_EVENTS,
  type ShelfPorts,
  shelfJobs,
  shelfReactions,
  shelfRelations,
  shelfRoutes,
} from '../network/shelves/index.ts';
import { type MailingNeeds, mailingModule } from './mailing-module.ts';
import type { Module } from './module.ts';
import { type ReturnNeeds, returnsModule } from './returns-module.ts';

/** Counters where people bring and fetch parcels, lowest room first. */
export function pointModules(
  needs: ReturnNeeds & MailingNeeds & Omit<PointPorts, 'blocks'> & Omit<ShelfPorts, 'blocks'>,
): readonly Module[] {
  const blocks = createBlockIndex(needs.keyRing, needs.vault);
  const locators = createLocators({ occupancy: readOccupancy });
  return [
    {
      name: 'points',
      routes: pointRoutes({ ...needs, blocks }),
      errors: POINT_ERRORS,
      events: POINT_EVENTS,
      relations: pointRelations,
      jobs: pointJobs,
      blobs: { folderOf: documentFolder, listNamed: listNamedDocumentBlobs },
    },
    {
      name: 'locator',
      routes: locatorRoutes(locators),
      errors: LOCATOR_ERRORS,
      followers: [{ name: 'locator', start: locators.follow }],
    },
    {
      name: 'allocation',
      routes: allocationRoutes(locators.of, blocks),
      errors: ALLOCATION_ERRORS,
      events: ALLOCATION_EVENTS,
      relations: allocationRelations,
      reactions: allocationReactions(),
      jobs: allocationJobs,
      onStart: scheduleAllocationJobs,
    },
    {
      name: 'coverage',
      routes: coverageRoutes({ pointsOf: locators.of, pool: createCoveragePool() }),
      reactions: coverageReactions(),
      jobs: coverageJobs,
      onStart: scheduleCoverageJobs,
    },
    {
      name: 'shelves',
      routes: shelfRoutes({ ...needs, blocks }),
      errors: SHELF_ERRORS,
      events: SHELF_EVENTS,
      relations: shelfRelations,
      reactions: shelfReactions,
      jobs: shelfJobs({ ...needs, blocks }),
    },
    returnsModule(needs, locators.of, blocks),
    mailingModule(needs, locators.of, blocks),
  ];
}
