/** A setting of the connected server under which an acknowledged write can be lost. */
export type DurabilityFinding = {
  readonly setting: string;
  /** What the server answered; `undefined` when it does not know the setting. */
  readonly found: string | undefined;
  readonly accepted: readonly string[];
  readonly risk: string;
};

/** Runs one statement and answers its rows. */
export type RowQuery = (text: string) => Promise<Record<string, unknown>[]>;

/**
 * promises.md G1 (nothing acknowledged is lost). Source of the values: PostgreSQL 18 manual, chapter 19.5.
 * `remote_apply` waits for more than `on` and is welcome; `local` and `remote_write` give up a synchronous standby.
 */
const RULES: readonly Omit<DurabilityFinding, 'found'>[] = [
  { setting: 'fsync', accepted: ['on'], risk: 'a power cut can destroy the whole database' },
  {
    setting: 'full_page_writes',
    accepted: ['on'],
    risk: 'a power cut in the middle of a page can damage rows that nobody was writing',
  },
  {
    setting: 'synchronous_commit',
    accepted: ['on', 'remote_apply'],
    risk: 'a write that was acknowledged can be missing after a crash or a failover',
  },
];

/**
 * Asks the server whether it keeps what it acknowledges; an empty list means yes. Reads the values of this session,
 * so a weaker value set for the role or the database is seen too. A failing query throws as it is.
 */
export async function checkDurability(query: RowQuery): Promise<DurabilityFinding[]> {
  const names = RULES.map((rule) => `'${rule.setting}'`).join(', ');
  const rows = await query(`select name, setting from pg_catalog.pg_settings where name in (${names})`);
  const values = new Map(rows.map((row) => [String(row.name), String(row.setting)]));
  return RULES.map((rule) => ({ ...rule, found: values.get(rule.setting) })).filter(
    (finding) => finding.found === undefined || !finding.accepted.includes(finding.found),
  );
}
