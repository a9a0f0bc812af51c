import { useWords } from '../ground/words.ts';
import { CARRIER_STANDING_WORDS } from '../words/carriers.ts';

const STANDINGS = [
  'none',
  'applied',
  'qualification',
  'trial',
  'active',
  'warned',
  'improvement',
  'restricted',
  'suspended',
  'eliminated',
  'exiting',
  'exited',
] as const;

const DECISIONS = [
  'CarrierApplied',
  'CarrierReapplied',
  'CarrierQualificationStarted',
  'CarrierQualificationPassed',
  'CarrierTrialStarted',
  'CarrierActivated',
  'CarrierGraded',
  'CarrierWarned',
  'CarrierImprovementStarted',
  'CarrierRestricted',
  'CarrierSuspended',
  'CarrierReinstated',
  'CarrierEliminated',
  'CarrierExitAnnounced',
  'CarrierExited',
] as const;

/** A carrier's standing in words; one that we do not know yet as it is called. */
export function Standing({ of }: { readonly of: string }) {
  const t = useWords(CARRIER_STANDING_WORDS);
  const known = STANDINGS.find((one) => one === of);
  return <>{known === undefined ? of.replaceAll('_', ' ') : t(known)}</>;
}

/** What was decided about a carrier, in words. */
export function DecisionName({ of }: { readonly of: string }) {
  const t = useWords(CARRIER_STANDING_WORDS);
  const known = DECISIONS.find((one) => one === of);
  return <>{known === undefined ? of : t(known)}</>;
}
