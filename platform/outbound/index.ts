export { type AddressFault, addressFault } from './address.policy.ts';
export {
  createOutbound,
  type Outbound,
  type OutboundAnswer,
  type OutboundFailure,
  type OutboundOptions,
  type OutboundPost,
} from './post.ts';
export { readTarget, type Target, type TargetFault } from './target.policy.ts';
