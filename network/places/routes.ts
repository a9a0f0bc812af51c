import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import {
  AddressValidationBody,
  AddressValidationView,
  CityListView,
  CitySearchQuery,
  CountryListView,
  DivisionListQuery,
  DivisionListView,
} from './contract.ts';
import { addressValidationView, citiesView, countriesView, divisionsView } from './views.ts';

const TAG = 'places';

/** Reads over data that ships with the program; no route touches the database, so none opens a transaction. */
export function placeRoutes(): readonly Route[] {
  return [
    openRoute({
      operation: 'listCountries',
      method: 'GET',
      path: '/v1/countries',
      tag: TAG,
      summary: 'All countries of ISO 3166-1',
      effect: 'own',
      answers: { 200: { description: 'All countries', body: CountryListView } },
      handle: async () => accepted(replyWith(200, countriesView())),
    }),
    openRoute({
      operation: 'listDivisions',
      method: 'GET',
      path: '/v1/divisions',
      tag: TAG,
      summary: 'Divisions of a country, or the children of one',
      effect: 'own',
      query: DivisionListQuery,
      answers: { 200: { description: 'Divisions of one level', body: DivisionListView } },
      refusals: ['country_unknown', 'division_unknown'],
      handle: async ({ query }) => {
        const outcome = divisionsView(query);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    openRoute({
      operation: 'searchCities',
      method: 'GET',
      path: '/v1/cities',
      tag: TAG,
      summary: 'Cities by the beginning of their name, the most populous first',
      effect: 'own',
      query: CitySearchQuery,
      answers: { 200: { description: 'Cities', body: CityListView } },
      refusals: ['country_unknown'],
      handle: async ({ query }) => {
        const outcome = citiesView(query);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    openRoute({
      operation: 'validateAddresses',
      method: 'POST',
      path: '/v1/addresses/validate',
      tag: TAG,
      summary: 'Check up to 100 addresses, each with errors by field',
      description:
        'An address that fails is an answer, not an error: `is_valid` is false and `errors` says why.',
      effect: 'own',
      body: AddressValidationBody,
      answers: { 200: { description: 'One answer per object_id', body: AddressValidationView } },
      handle: async ({ body }) => accepted(replyWith(200, addressValidationView(body))),
    }),
  ];
}
