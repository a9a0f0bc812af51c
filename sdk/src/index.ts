export {
  createPostroadClient,
  eachItem,
  type ListItem,
  type ListPath,
  newIdempotencyKey,
  type Page,
  type PostroadClient,
  type PostroadClientOptions,
} from './client.ts';
export { type CodStatementBundle, verifyCodStatement } from './cod-statement.ts';
export { createDeviceKey, type DeviceProofOptions, deviceProof } from './device-proof.ts';
export { type FollowOptions, followEvents, type ServerEvent } from './event-stream.ts';
export type { components, operations, paths } from './openapi.gen.ts';
export {
  type LateEvent,
  lateEvents,
  type PointEvent,
  type PointStatementBundle,
  type StatementFinding,
  verifyPointStatement,
} from './point-statement.ts';
export { PostroadConnectionError, PostroadProblem, type ProblemField } from './problem.ts';
export { errorInFile, type FilePart, partsOfLines, scanLines, textOfFile } from './scan-file.ts';
export { verifyWebhook, type WebhookRequest, WebhookVerificationError } from './webhook.ts';
