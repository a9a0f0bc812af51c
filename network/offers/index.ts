export { offersSchema } from './contract.ts';
export { createOfferFacts, type FactSources } from './facts.ts';
export { makeOffers, type OfferAnswer, purchaseOf } from './handle.ts';
export type { LineOffer, OfferPlace, OfferRequest, StoredOffer } from './model.ts';
export type { OfferFacts } from './ports.ts';
export { offerRoutes } from './routes.ts';
export { dutyPathKind, marketPolicyKind, type PastOrders } from './rulebook-kinds.ts';
export { type SearchFacts, searchLines } from './search.policy.ts';
export { findOffer, purgeOffers, takeOffer } from './store.ts';
