export { canonicalJson, digestOf } from './digest.ts';
export { RULEBOOK_EVENTS } from './events.ts';
export { activateVersion, draftVersion, retireVersion, runVersionTests, shipRulebook } from './handle.ts';
export {
  compareAnswers,
  createRulebookKinds,
  type DryRun,
  type DryRunCases,
  type DryRunDifference,
  type DryRunRequest,
  type DryRunResult,
  defineRulebookKind,
  type RulebookKind,
  type RulebookKinds,
  type TestFailure,
} from './kind.ts';
export {
  NETWORK,
  RULEBOOK_ERRORS,
  type RulebookErrorCode,
  type RulebookScope,
  type RulebookVersion,
  type RulebookVersionId,
} from './model.ts';
export { type ActiveVersion, activeVersion, documentOf, readSuccession } from './reader.ts';
export { rulebookRelations, rulebookRoutes } from './routes.ts';
