/*
 * The policy table of domain reference 3.2 as the marketplace would type it in: for each destination the service
 * classes that may be used up to and over an amount paid in US dollars. Everything else to that country is refused.
 */

type Row = {
  readonly to: readonly string[];
  readonly over?: number;
  readonly upTo?: number;
  readonly classes: readonly string[];
  /** The table names lines; ours have these tags. */
  readonly tag?: string;
};

/** US cents. */
const FIVE = 500;
const TWO = 200;

const ROWS: readonly Row[] = [
  { to: ['RU'], classes: ['STANDARD', 'FAST'] },
  { to: ['RU'], upTo: FIVE, classes: ['SIMPLE'] },
  { to: ['RU'], upTo: TWO, classes: ['ECONOMY'] },
  { to: ['US'], over: FIVE, classes: ['STANDARD'], tag: 'platform_standard' },
  { to: ['US'], over: FIVE, classes: ['FAST'] },
  { to: ['US'], upTo: FIVE, classes: ['STANDARD', 'FAST', 'ECONOMY'] },
  { to: ['ES'], over: FIVE, classes: ['STANDARD'], tag: 'platform_standard' },
  { to: ['ES'], over: FIVE, classes: ['FAST'] },
  { to: ['ES'], upTo: FIVE, classes: ['ECONOMY'], tag: 'correos_economy' },
  { to: ['ES'], upTo: FIVE, classes: ['SIMPLE', 'STANDARD', 'FAST'] },
  { to: ['FR', 'NL', 'CL'], over: FIVE, classes: ['STANDARD'], tag: 'platform_standard' },
  { to: ['FR', 'NL', 'CL'], over: FIVE, classes: ['FAST'] },
];

/** The document of the rulebook. */
export function aliexpressPolicy() {
  const allowed = ROWS.map((row, index) => ({
    id: `row_${index + 1}`,
    destinations: row.to,
    ...(row.over === undefined && row.upTo === undefined
      ? {}
      : {
          amount_paid: {
            currency: 'USD',
            ...(row.over === undefined ? {} : { over: row.over }),
            ...(row.upTo === undefined ? {} : { up_to: row.upTo }),
          },
        }),
    service_classes: row.classes,
    ...(row.tag === undefined ? {} : { line_tags: [row.tag] }),
    effect: 'allow',
    reason: 'The marketplace lists this line for the destination and amount.',
  }));
  const elsewhere = (id: string, destinations: readonly string[], over?: number) => ({
    id,
    destinations,
    ...(over === undefined ? {} : { amount_paid: { currency: 'USD', over } }),
    effect: 'deny',
    reason: 'The marketplace does not list this line for the destination and amount.',
  });
  return {
    kind: 'market_policy',
    title: 'Lines by destination and amount paid',
    source: 'seller notices of a cross-border marketplace',
    otherwise: { effect: 'allow', reason: 'No rule restricts the line.' },
    rules: [
      ...allowed,
      elsewhere('else_ru_us_es', ['RU', 'US', 'ES']),
      // The source has no row for these up to five dollars: then nothing is restricted.
      elsewhere('else_fr_nl_cl', ['FR', 'NL', 'CL'], FIVE),
    ],
    tests: [],
  };
}

/** Does the table allow a line? Read from the rows above, as a person would read them. */
export function isAllowedByTable(
  line: { readonly serviceClass: string; readonly tags: readonly string[] },
  to: string,
  cents: number,
): boolean {
  const rows = ROWS.filter((row) => row.to.includes(to));
  const applies = (row: Row) =>
    (row.over === undefined || cents > row.over) && (row.upTo === undefined || cents <= row.upTo);
  if (rows.length === 0 || (['FR', 'NL', 'CL'].includes(to) && cents <= FIVE)) return true;
  return rows.some(
    (row) =>
      applies(row) &&
      row.classes.includes(line.serviceClass) &&
      (row.tag === undefined || line.tags.includes(row.tag)),
  );
}
