import type { Catalogue } from '../kernel/index.ts';
import type { PhoneRefusal } from './phone.ts';
import type { PlaceRefusal } from './views.ts';

/** Refusals of this module for the error catalogue (docs/errors.md). */
export const PLACES_REFUSALS: Catalogue<'address_invalid' | PhoneRefusal | PlaceRefusal> = {
  address_invalid: {
    status: 422,
    title: 'Address cannot be used',
    advice: 'Mend the fields named in errors; a suggestion is what was probably meant.',
  },
  phone_masked: {
    status: 422,
    title: 'Phone number hides digits',
    advice: 'Send the whole number, or the privacy number with its extension.',
  },
  phone_malformed: {
    status: 422,
    title: 'Not a phone number',
    advice: 'Send the number in E.164 form, with its country code.',
  },
  country_unknown: {
    status: 404,
    title: 'No such country',
    advice: 'Use an ISO 3166-1 code of the list of countries.',
  },
  division_unknown: {
    status: 404,
    title: 'No such division',
    advice: 'List the divisions of the country and use one of their codes.',
  },
};
