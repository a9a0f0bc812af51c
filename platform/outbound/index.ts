export { type AddressFault, addressFault } from './address.policy.ts';
export {
  createOutbound,
  type Outbound,
  type OutboundAnswer,
  type OutboundBytes,
  type OutboundFailure,
  type OutboundOptions,
  type OutboundPost,
  type OutboundRequest,
} from './post.ts';
export { readTarget, type Target, type TargetFault } from './target.policy.ts';
