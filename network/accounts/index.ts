export {
  accountRelations,
  createAccessControl,
  ownerRelations,
  type RelationFinder,
} from './access-control.ts';
export {
  ACCESS_TABLE,
  isPublicOperation,
  type Operation,
  type Relation,
  relationsOf,
  rolesOf,
} from './access-table.ts';
export { pageQuerySchema, pageSchema } from './contract.ts';
export { type Device, findBoundRoles, findDevice, listDevices, saveBoundRoles } from './device-store.ts';
export { blockDevice, nameDevice, unblockDevice } from './devices.ts';
export { ACCOUNT_EVENTS } from './events.ts';
export { type MintKey, mintKey, type OpenOrganisation, openingsHere, openOrganisation } from './handle.ts';
export { accountJobs, scheduleAccountJobs } from './jobs.ts';
export { ACCOUNT_ERRORS, type Organisation, type Principal, type Role } from './model.ts';
export { afterId, pageOf } from './paging.ts';
export { isActivePerson } from './people-store.ts';
export { type OpenedPortal, portalLinksOf } from './portal-link-store.ts';
export { accountRoutes } from './routes.ts';
export { lookUpRoute, openRoute, readRoute, writeRoute } from './routing.ts';
export { CSRF_HEADER, SESSION_COOKIE } from './session-cookie.ts';
export {
  findCarrierOrganisation,
  findFirstMileWarehouse,
  findOperatorOrganisation,
  findOrganisation,
  listCarrierOrganisations,
  listMerchantIds,
} from './store.ts';
export { ensureTwin, twinReactions, type Worlds } from './twins.ts';
