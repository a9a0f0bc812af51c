import {
  POINT_ERRORS,
  POINT_EVENTS,
  pointJobs,
  pointRelations,
  pointRoutes,
} from '../network/points/index.ts';
import type { Module } from './module.ts';

/** Counters where people bring and fetch parcels, lowest room first. */
export function pointModules(): readonly Module[] {
  return [
    {
      name: 'points',
      routes: pointRoutes(),
      errors: POINT_ERRORS,
      events: POINT_EVENTS,
      relations: pointRelations,
      jobs: pointJobs,
    },
  ];
}
