import { CHECK_RULES } from './check-digit.policy.ts';
import { POSTAL_COUNTRIES } from './formats-posts.data.ts';
import type { NumberFormat } from './model.ts';
import { type Form, formsOf, hasForm } from './shape.policy.ts';

const COUNTRIES: ReadonlySet<string> = new Set(POSTAL_COUNTRIES);
/** Forms of each format by length; a format is read once, when somebody asks for it first. */
const READ = new WeakMap<NumberFormat, ReadonlyMap<number, readonly Form[]>>();

/** Whether a normalised number has the format and its check digit holds. */
export function obeysFormat(format: NumberFormat, number: string): boolean {
  const forms = formsByLength(format).get(number.length) ?? [];
  return forms.some((form) => hasForm(form, number) && holds(format, form, number));
}

/** Whether what no form can tell is true of a number that has the form: its check digit, and the country it names. */
export function holds(format: NumberFormat, form: Form, number: string): boolean {
  if (format.namesCountry === true && !COUNTRIES.has(countryOf(number))) return false;
  if (format.check === 'none') return true;
  const [from, to] = form.checked;
  return CHECK_RULES[format.check].verify(number.slice(from, to));
}

/** The country that an S10 number names. */
export function countryOf(number: string): string {
  return number.slice(-2);
}

function formsByLength(format: NumberFormat): ReadonlyMap<number, readonly Form[]> {
  const known = READ.get(format);
  if (known !== undefined) return known;
  const forms = new Map<number, Form[]>();
  for (const form of format.shapes.flatMap(formsOf)) {
    const list = forms.get(form.cells.length);
    if (list === undefined) forms.set(form.cells.length, [form]);
    else list.push(form);
  }
  READ.set(format, forms);
  return forms;
}
