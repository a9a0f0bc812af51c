import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';
import { type ReturnPolicy, returnPolicySchema } from './rulebook.ts';

/** Time-outs, reasons and limits of returns; the network's, or a marketplace's for its merchants. */
export const RETURN_POLICY_KIND = defineRulebookKind<ReturnPolicy>({
  kind: 'return_policy',
  title: 'Returns: reasons, windows, time-outs and who is compensated first',
  scopes: ['network', 'platform'],
  schema: returnPolicySchema,
  runTests: policyFaults,
});

/** What no document may say. */
function policyFaults(policy: ReturnPolicy): readonly TestFailure[] {
  const faults: TestFailure[] = [];
  const codes = policy.reasons.map(({ code }) => code);
  if (new Set(codes).size !== codes.length)
    faults.push({ test: 'reasons', message: 'A reason stands twice.' });
  if (!policy.reasons.some(({ fault, kinds }) => fault === 'seller' && kinds.includes('return')))
    faults.push({
      test: 'reasons',
      message: 'Faulty goods can be returned: a reason of the seller is missing.',
    });
  if (new Set(policy.checklist).size !== policy.checklist.length)
    faults.push({ test: 'checklist', message: 'A check stands twice.' });
  for (const [country, calendar] of Object.entries(policy.calendars)) {
    if (new Set(calendar.weekend).size > 5)
      faults.push({ test: 'calendars', message: `${country}: a week has two working days at least.` });
  }
  return faults;
}
