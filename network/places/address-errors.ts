import type { AddressErrorCode, AddressFieldError } from './model.ts';

/** Field errors of one address, collected in the order of its fields. */
export type AddressErrors = AddressFieldError[];

/** The text parts of an address, cleaned; the empty text is a part that is missing. */
export type AddressParts = {
  readonly division: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly divisionCodes: readonly string[];
  readonly lines: readonly string[];
};

/** Adds one error; only the first of a field stands, for the later ones follow from it. */
export function addError(
  errors: AddressErrors,
  pointer: string,
  code: AddressErrorCode,
  message: string,
  suggestion?: string,
): void {
  if (errors.some((error) => error.pointer === pointer)) return;
  errors.push({ pointer, code, message, ...(suggestion === undefined ? {} : { suggestion }) });
}
