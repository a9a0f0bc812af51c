export { LOCATOR_ERRORS } from './errors.ts';
export { createLocators, type Locator, type Locators, type OccupancySource } from './locators.ts';
export type {
  BestQuery,
  BestWeights,
  BoundingBox,
  Cluster,
  Found,
  FullState,
  NearestQuery,
  PointFilter,
  TextQuery,
} from './model.ts';
export { locatorRoutes } from './routes.ts';
