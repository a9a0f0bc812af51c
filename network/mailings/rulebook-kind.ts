import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';
import { type MailingPolicy, mailingPolicySchema } from './rulebook.ts';

/** Time-outs, tolerance and what a counter has to see when a person sends a parcel; the network's, or a marketplace's. */
export const MAILING_POLICY_KIND = defineRulebookKind<MailingPolicy>({
  kind: 'mailing_policy',
  title: 'Mailings: time-outs, tolerance, real name, inspection and lines for persons',
  scopes: ['network', 'platform'],
  schema: mailingPolicySchema,
  runTests: policyFaults,
});

/** What no document may say. */
function policyFaults(policy: MailingPolicy): readonly TestFailure[] {
  const lists = ['lineTags', 'documentKinds', 'checklist', 'refusedGoodsClasses'] as const;
  return lists
    .filter((name) => new Set(policy[name]).size !== policy[name].length)
    .map((name) => ({ test: name, message: 'An entry stands twice.' }));
}
