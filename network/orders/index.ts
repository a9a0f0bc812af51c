export type { OrderPorts } from './bulk.ts';
export { ORDER_EVENTS } from './events.ts';
export { ORDER_ERRORS, type Order, type OrderId } from './model.ts';
export { pastOrders } from './past-orders.ts';
export { orderReactions } from './reactions.ts';
export { orderRelations } from './relations.ts';
export { orderRoutes } from './routes.ts';
export { findOrder, searchOrders } from './store.ts';
