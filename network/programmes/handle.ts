import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  type FieldError,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
  type ShipmentId,
} from '../kernel/index.ts';
import type { Payer } from '../ledger/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import { findCountry } from '../places/index.ts';
import { contributionMinor, type Purchase, whyNotApplicable } from './contribution.policy.ts';
import { ProgrammeEnded, ProgrammeOpened } from './events.ts';
import type { Programme, ProgrammeErrorCode } from './model.ts';
import { endProgrammeAt, findProgramme, insertProgramme, reserveBudget } from './store.ts';

export type OpenProgramme = Omit<
  Programme,
  'id' | 'organisationId' | 'spentMinor' | 'openedAt' | 'validFrom'
> & { readonly validFrom: Instant | undefined };

/** A marketplace opens a programme of its own. Its past does not change, so it begins now or later. */
export async function openProgramme(
  work: Work,
  caller: Principal,
  lines: LineCatalogue,
  command: OpenProgramme,
): Promise<Outcome<Programme, 'programme_invalid'>> {
  const validFrom = command.validFrom ?? work.now;
  const errors: FieldError[] = [];
  const report = (pointer: string, message: string) =>
    errors.push({ pointer, code: 'programme_invalid', message });
  if (validFrom < work.now) report('/valid_from', 'not before now');
  if (command.validTo !== undefined && command.validTo <= validFrom) report('/valid_to', 'after valid_from');
  const history = await lines.history(work.db, { codes: command.lineCodes });
  for (const [index, code] of command.lineCodes.entries()) {
    if (history.find(code, validFrom) === undefined)
      report(`/line_codes/${index}`, `no line ${code} is in force then`);
  }
  for (const [index, country] of command.destinations.entries()) {
    if (findCountry(country) === undefined)
      report(`/destinations/${index}`, `${country} is no country of ISO 3166-1`);
  }
  if (errors[0] !== undefined) return refused('programme_invalid', errors[0].message, errors);
  const programme: Programme = {
    ...command,
    id: work.newId('prg'),
    organisationId: caller.organisationId,
    validFrom,
    spentMinor: 0,
    openedAt: work.now,
  };
  await insertProgramme(work.db, programme, caller.id);
  tell(work, programme, ProgrammeOpened.name, 1, { validFrom, validTo: programme.validTo });
  return accepted(programme);
}

/** No purchase is paid from `at` on. What was promised before stays promised. */
export async function endProgramme(
  work: Work,
  id: string,
  at: Instant | undefined,
): Promise<Outcome<Programme, 'not_found' | 'programme_ended' | 'programme_invalid'>> {
  const programme = await findProgramme(work.db, id);
  if (programme === undefined) return refused('not_found', '');
  if (programme.validTo !== undefined && programme.validTo <= work.now)
    return refused('programme_ended', `It ended at ${programme.validTo}.`);
  const end = at ?? work.now;
  if (end < work.now) {
    return refused('programme_invalid', 'The past of a programme does not change.', [
      { pointer: '/at', code: 'programme_invalid', message: 'not before now' },
    ]);
  }
  const ended = await endProgrammeAt(work.db, programme, end);
  tell(work, ended, ProgrammeEnded.name, 2, { validTo: ended.validTo });
  return accepted(ended);
}

function tell(work: Work, programme: Programme, type: string, sequence: number, payload: object): void {
  work.emit({
    type,
    group: { organisationId: programme.organisationId },
    subjectId: programme.id,
    subjectSequence: sequence,
    audience: [programme.organisationId],
    payload: {
      programmeId: programme.id,
      organisationId: programme.organisationId,
      occurredAt: work.now,
      ...payload,
    },
  });
}

export type UseProgramme = Purchase & {
  readonly programmeId: string;
  readonly shipmentId: ShipmentId;
  readonly merchantId: OrganisationId;
  /** The marketplace whose rules bind the merchant; only its programmes pay for him. */
  readonly clientPlatformId: OrganisationId | undefined;
};

/**
 * Lets a programme pay its part of a purchase: takes it out of the budget and answers who pays. Part of the purchase's
 * transaction, in the merchant's scope before and after; a purchase that fails gives everything back.
 */
export async function useProgramme(
  work: Work,
  command: UseProgramme,
): Promise<
  Outcome<
    readonly Payer[],
    Extract<ProgrammeErrorCode, `programme_${'unknown' | 'not_applicable' | 'budget_exhausted'}`>
  >
> {
  const { programmeId, clientPlatformId, shipmentId, merchantId } = command;
  if (clientPlatformId === undefined) return refused('programme_unknown', '');
  await work.actFor({ organisationId: clientPlatformId });
  const programme = await findProgramme(work.db, programmeId);
  if (programme === undefined) return refused('programme_unknown', '');
  const reason = whyNotApplicable(programme, command, work.now);
  if (reason !== undefined) return refused('programme_not_applicable', reason);
  const reservedMinor = contributionMinor(programme, command);
  const use = { organisationId: clientPlatformId, programmeId: programme.id, shipmentId, merchantId };
  if (!(await reserveBudget(work.db, { ...use, reservedMinor }, work.now)))
    return refused('programme_budget_exhausted', '');
  await work.actFor({ organisationId: merchantId });
  return accepted([
    { organisationId: clientPlatformId, role: 'marketplace', fixedMinor: reservedMinor },
    // All the rest, also what a scale adds later, is the merchant's.
    { organisationId: merchantId, role: 'merchant', shareBasisPoints: 10_000 },
  ]);
}
