import { compactPostcode, hasHan, type Located, lineageOf, locate, searchCities } from '../places/index.ts';

/** What is asked of the places of the world; what is left out is not asked. */
export type PlaceQuestion =
  | {
      readonly ask: 'where';
      readonly country: string;
      readonly postcode?: string | undefined;
      readonly city?: string | undefined;
    }
  | { readonly ask: 'named'; readonly text: string; readonly country?: string | undefined }
  | { readonly ask: 'around'; readonly country: string; readonly divisionCode: string };

/** `divisionCodes`: those in which a division lies. */
export type PlaceAnswer = {
  readonly located?: Located | undefined;
  readonly divisionCodes?: readonly string[] | undefined;
};

/** The first question about a country reads its places, which takes up to half a second. */
export function answerPlace(question: PlaceQuestion): PlaceAnswer {
  if (question.ask === 'where') return { located: placeIn(question) };
  if (question.ask === 'named') return { located: placeOfText(question.text, question.country) };
  return { divisionCodes: lineageOf(question.country, question.divisionCode).map(({ code }) => code) };
}

type Words = {
  readonly country: string;
  readonly postcode?: string | undefined;
  readonly city?: string | undefined;
};

/** The country alone is no place to be near to. */
function placeIn({ country, postcode, city }: Words): Located | undefined {
  const located = locate({ country, postcode, city });
  return located?.precision === 'country' ? undefined : located;
}

function placeOfText(text: string, country: string | undefined): Located | undefined {
  if (country !== undefined && /\d/.test(text)) {
    const located = placeIn({ country, postcode: compactPostcode(text) });
    if (located !== undefined) return located;
  }
  const within = country ?? (hasHan(text) ? 'CN' : undefined);
  const [city] = searchCities(text, within, 1);
  return city === undefined ? undefined : { position: city.position, precision: 'city', source: 'geonames' };
}
