import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';
import { type MaskDocument, MaskDocument as maskDocument, maskParty } from './masks.policy.ts';

/** Profiles that labels and pages name: without them nothing can be printed or shown. */
export const MASK_PROFILES = ['cn_gbt41833', 'eu', 'us', 'last_four_only', 'without_task'] as const;
export type MaskProfileName = (typeof MASK_PROFILES)[number];

/** A person as a document is tried on; nobody has this number (the block 139 0000 is a test pattern of ours). */
const SAMPLE = {
  name: '测试人',
  phone: '13900001234',
  address: { country: 'CN', city: '杭州市', lines: ['文三路478号3幢2单元1501室'] },
} as const;

/** Masks are data: the operator's for the network, and stricter or other ones of a client platform. */
export const MASK_KIND = defineRulebookKind<MaskDocument>({
  kind: 'masks',
  title: 'What of a party may be printed or shown',
  scopes: ['network', 'platform'],
  schema: maskDocument,
  runTests: (document) => {
    const missing = MASK_PROFILES.filter((name) => !Object.hasOwn(document.profiles, name));
    if (missing.length > 0) {
      return missing.map((name) => ({
        test: 'every profile that labels and pages name is there',
        message: `there is no profile ${name}`,
        ruleId: name,
      }));
    }
    return [
      ...gbFailures(document),
      ...tailFailures(document),
      ...withoutTaskFailures(document),
      ...phoneFailures(document),
    ];
  },
});

/** GB/T 41833-2022 as in domain 1.5: at most the first character, six digits hidden, no unit. */
function gbFailures(document: MaskDocument): TestFailure[] {
  const shown = maskParty(document, 'cn_gbt41833', SAMPLE);
  const test = 'cn_gbt41833 hides what GB/T 41833-2022 asks for';
  const failures: TestFailure[] = [];
  const say = (message: string) => failures.push({ test, message, ruleId: 'cn_gbt41833' });
  if (/试|人/u.test(shown.name)) say('the name shows more than its first character');
  if ((shown.phone?.match(/\d/g)?.length ?? 0) > SAMPLE.phone.length - 6)
    say('less than six digits are hidden');
  if (shown.address?.lines.some((line) => /1501|单元/u.test(line))) say('the unit or room is shown');
  return failures;
}

function tailFailures(document: MaskDocument): TestFailure[] {
  const shown = maskParty(document, 'last_four_only', SAMPLE);
  const shows = JSON.stringify([shown.name, shown.address?.lines]);
  return shown.phone?.endsWith('1234') === true && !/[测试人文]/u.test(shows)
    ? []
    : [
        {
          test: 'last_four_only shows the last four digits and nothing else',
          message: 'points search by the last four digits; name and lines stay hidden',
          ruleId: 'last_four_only',
        },
      ];
}

/** Who has nothing to do at a door is not told whose it is: at most a first letter, and no house. */
function withoutTaskFailures(document: MaskDocument): TestFailure[] {
  const shown = maskParty(document, 'without_task', { ...SAMPLE, company: '测试公司' });
  const test = 'without_task shows neither name nor firm nor door';
  const failures: TestFailure[] = [];
  const say = (message: string) => failures.push({ test, message, ruleId: 'without_task' });
  if (/试|人/u.test(shown.name)) say('the name shows more than its first character');
  if (/公司/u.test(shown.company ?? '')) say('the firm is shown');
  if (shown.address?.lines.some((line) => /1501|单元/u.test(line))) say('the unit or room is shown');
  return failures;
}

function phoneFailures(document: MaskDocument): TestFailure[] {
  return Object.keys(document.profiles)
    .filter((name) => maskParty(document, name, SAMPLE).phone === SAMPLE.phone)
    .map((name) => ({ test: 'no profile shows a whole number', message: `${name} does`, ruleId: name }));
}
