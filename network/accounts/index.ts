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
export { type MintKey, mintKey, type OpenOrganisation, openingsHere, openOrganisation } from './handle.ts';
export {
  ACCOUNT_ERRORS,
  type Organisation,
  type OrganisationKind,
  type Principal,
  ROLES,
  type Role,
} from './model.ts';
export { accountRoutes, afterId, pageOf } from './routes.ts';
export { openRoute, readRoute, writeRoute } from './routing.ts';
export {
  findCarrierOrganisation,
  findFirstMileWarehouse,
  findOrganisation,
  listCarrierOrganisations,
} from './store.ts';
