import { type AddressErrors, type AddressParts, addError } from './address-errors.ts';
import type { AddressProfile } from './address-profile.policy.ts';
import {
  chinaLineage,
  findChinaByName,
  isInsideChina,
  isMunicipality,
  listChinaDivisions,
} from './china-divisions.ts';
import { namesOf, parseChineseAddress } from './chinese-address.ts';
import { COMPLETE_DIVISIONS } from './country-facts.policy.ts';
import { findDivision, findDivisionsByName, listDivisions } from './divisions.ts';
import type { Division } from './model.ts';
import { divisionsOfPostcode } from './postcodes.ts';
import { closestName, foldText } from './text.ts';

/** Finds the divisions of an address outside China by code, name or postcode; keeps a text that the data lacks. */
export function placeInWorld(
  country: string,
  parts: AddressParts,
  postcode: string | undefined,
  rules: AddressProfile,
  errors: AddressErrors,
): AddressParts {
  const code = parts.divisionCodes[0];
  const coded = code === undefined ? undefined : findDivision(country, code);
  if (code !== undefined && coded === undefined) {
    addError(
      errors,
      '/division_codes/0',
      'division_unknown',
      'There is no division of this code in the country.',
    );
  }
  const named = parts.division === '' ? undefined : findDivisionsByName(country, parts.division)[0];
  if (coded !== undefined && named !== undefined && coded.code !== named.code) {
    addError(
      errors,
      '/division',
      'division_mismatch',
      'The division and its code are different places.',
      coded.name,
    );
  }
  if (
    parts.division !== '' &&
    named === undefined &&
    coded === undefined &&
    COMPLETE_DIVISIONS.has(country)
  ) {
    const names = listDivisions(country).map((division) => division.name);
    const meant = closestName(parts.division, names);
    addError(
      errors,
      '/division',
      'division_unknown',
      'There is no division of this name in the country.',
      meant,
    );
  }
  const told = postcode === undefined ? [] : divisionsOfPostcode(country, postcode);
  const byPostcode =
    told.length === 1 && parts.division === '' ? findDivision(country, told[0] ?? '') : undefined;
  const division = coded ?? named ?? byPostcode;
  if (division === undefined && parts.division === '' && rules.isDivisionRequired) {
    addError(
      errors,
      '/division',
      'division_missing',
      'Addresses in this country need their state or province.',
    );
  }
  return {
    ...parts,
    division: division?.name ?? parts.division,
    divisionCodes: division === undefined ? [] : [division.code],
  };
}

/**
 * Finds the divisions of a Chinese address: by code, by names, or out of one string in the first line when neither
 * province nor city is given. Names become the official ones. An unknown town is kept as text: towns are renamed often.
 */
export function placeInChina(
  given: AddressParts,
  rules: AddressProfile,
  errors: AddressErrors,
): AddressParts {
  const parts = withParsedLine(given);
  const code = parts.divisionCodes.at(-1);
  if (code !== undefined) return placeByCode(parts, code, errors);
  const province = findProvince(parts, rules, errors);
  if (province === undefined) return parts;
  const city = findCityOf(province, parts, errors);
  if (city === undefined) return parts;
  const district = parts.district === '' ? undefined : findDistrict(city, parts, errors);
  if (
    parts.district === '' &&
    rules.isDistrictRequired &&
    listChinaDivisions(city.code).some((one) => one.level === 3)
  ) {
    addError(errors, '/district', 'district_missing', 'The address names no district or county.');
  }
  const deepest = district ?? city;
  const town =
    parts.town === ''
      ? undefined
      : findChinaByName(parts.town, deepest.code).find(
          (one) => one.level === 4 && one.parentCode === deepest.code,
        );
  const names = namesOf(town ?? deepest);
  return {
    ...parts,
    division: names.division ?? parts.division,
    city: names.city ?? parts.city,
    district: names.district ?? parts.district,
    town: names.town ?? parts.town,
    divisionCodes: names.divisionCodes,
  };
}

function withParsedLine(parts: AddressParts): AddressParts {
  if (parts.divisionCodes.length > 0 || parts.division !== '' || parts.city !== '') return parts;
  const parsed = parseChineseAddress(`${parts.district}${parts.town}${parts.lines.join('')}`);
  if (parsed === undefined || parsed.divisionCodes.length === 0) return parts;
  return {
    division: parsed.division ?? '',
    city: parsed.city ?? '',
    district: parsed.district ?? '',
    town: parsed.town ?? '',
    divisionCodes: [],
    lines: parsed.detail === '' ? [] : [parsed.detail],
  };
}

function placeByCode(parts: AddressParts, code: string, errors: AddressErrors): AddressParts {
  const division = chinaLineage(code).at(-1);
  const at = parts.divisionCodes.length - 1;
  if (division === undefined) {
    const message = 'There is no Chinese division of this code (GB/T 2260).';
    addError(errors, `/division_codes/${at}`, 'division_unknown', message);
    return parts;
  }
  const names = namesOf(division);
  const pairs = [
    ['/division', parts.division, names.division],
    ['/city', parts.city, names.city],
    ['/district', parts.district, names.district],
  ] as const;
  for (const [pointer, written, official] of pairs) {
    if (written === '' || official === undefined || foldText(written) === foldText(official)) continue;
    const isSame = findChinaByName(written).some((one) => names.divisionCodes.includes(one.code));
    if (!isSame)
      addError(errors, pointer, 'division_mismatch', 'The name and the code are different places.', official);
  }
  return {
    ...parts,
    division: names.division ?? parts.division,
    city: names.city ?? parts.city,
    district: names.district ?? parts.district,
    town: names.town ?? parts.town,
    divisionCodes: names.divisionCodes,
  };
}

function findProvince(
  parts: AddressParts,
  rules: AddressProfile,
  errors: AddressErrors,
): Division | undefined {
  if (parts.division !== '') {
    const found = findChinaByName(parts.division).find((one) => one.level === 1);
    if (found !== undefined) return found;
    const meant = suggestion(parts.division, listChinaDivisions());
    addError(errors, '/division', 'division_unknown', 'There is no province of this name in China.', meant);
    return undefined;
  }
  const cities = parts.city === '' ? [] : findChinaByName(parts.city).filter((one) => one.level <= 2);
  const provinces = new Set(cities.map((one) => `${one.code.slice(0, 2)}0000`));
  if (provinces.size === 1) return chinaLineage([...provinces][0] ?? '').at(-1);
  if (rules.isDivisionRequired || parts.city !== '') {
    addError(
      errors,
      '/division',
      'division_missing',
      'The address names no province, and the city does not tell it.',
    );
  }
  return undefined;
}

/** The prefecture, the municipality itself, or a county straight under the province. */
function findCityOf(province: Division, parts: AddressParts, errors: AddressErrors): Division | undefined {
  if (parts.city === '') {
    if (isMunicipality(province.code)) return province;
    const [only, second] = parts.district === '' ? [] : districtsNamed(parts.district, province);
    if (only !== undefined && second === undefined)
      return chinaLineage(only.code).find((one) => one.level === 2) ?? only;
    addError(errors, '/city', 'city_missing', 'The address names no city.');
    return undefined;
  }
  const isBracket =
    parts.city === '市辖区' || findChinaByName(parts.city).some((one) => one.code === province.code);
  if (isMunicipality(province.code) && isBracket) return province;
  const found = findChinaByName(parts.city, province.code).filter((one) => one.level < 4);
  const city = found.find((one) => one.level === 2) ?? found.find((one) => one.parentCode === province.code);
  if (city !== undefined) return city;
  const names = listChinaDivisions(province.code);
  const meant = isMunicipality(province.code) ? province.name : suggestion(parts.city, names);
  addError(errors, '/city', 'city_unknown', 'There is no city of this name in the province.', meant);
  return undefined;
}

function findDistrict(city: Division, parts: AddressParts, errors: AddressErrors): Division | undefined {
  const inside = districtsNamed(parts.district, city).filter((one) => isInsideChina(one.code, city.code));
  // The data keeps a renumbered district under both codes (三元区): the later code is the one in force.
  const latest = inside.at(-1);
  if (latest !== undefined) return latest;
  if (foldText(parts.district) === foldText(city.name)) return undefined;
  const meant = suggestion(parts.district, listChinaDivisions(city.code));
  addError(
    errors,
    '/district',
    'district_unknown',
    'There is no district or county of this name in the city.',
    meant,
  );
  return undefined;
}

function districtsNamed(name: string, inside: Division): readonly Division[] {
  return findChinaByName(name, inside.code).filter((one) => one.level === 3);
}

/** In Chinese one sign in three or four may be wrong: the nearest name by signs, with or without its ending. */
function suggestion(written: string, divisions: readonly Division[]): string | undefined {
  return closestName(
    written,
    divisions.map((one) => one.name),
  );
}
