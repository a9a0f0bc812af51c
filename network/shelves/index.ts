export { SHELF_EVENTS } from './events.ts';
export { shelfJobs } from './jobs.ts';
export { SHELF_ERRORS, type ShelfParcel, type ShelfParcelId } from './model.ts';
export type { ShelfPorts } from './ports.ts';
export { shelfReactions } from './reactions.ts';
export { shelfRelations } from './relations.ts';
export { shelfRoutes } from './routes.ts';
export { DEFAULT_POINT_STORAGE, POINT_STORAGE_KIND } from './rulebook.ts';
export { findRecipientOfParcel } from './store.ts';
