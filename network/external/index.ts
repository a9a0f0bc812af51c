export {
  EXTERNAL_ERRORS,
  type ExternalShipment,
  type ExternalShipmentId,
  type ReplacedNumber,
} from './model.ts';
export { externalReactions } from './reactions.ts';
export { externalRelations, externalRoutes } from './routes.ts';
export {
  findShipment,
  findStatedWeight,
  listByNumber,
  listDeclaredOrders,
  listDeclaredParcels,
  listReplaced,
} from './store.ts';
