import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerOfNamespaces, namespacesOfHeader } from './namespaces.policy.ts';
import { negotiate, type RequestHeaders, wordOf } from './negotiation.policy.ts';

const codeOf = (headers: RequestHeaders) => {
  const outcome = negotiate(headers);
  return outcome.ok ? 'served' : outcome.rejection.code;
};
const INVALID = 'epcis_header_invalid';
const NOT_ACCEPTABLE = 'epcis_version_not_acceptable';

describe('a range of versions', () => {
  it.each<[RequestHeaders, string]>([
    [{}, 'served'],
    [{ 'gs1-epcis-min': '2.0', 'gs1-epcis-max': '2.0' }, 'served'],
    [{ 'gs1-epcis-min': '1.2', 'gs1-epcis-max': '2.1' }, 'served'],
    [{ 'gs1-epcis-min': '2' }, 'served'],
    [{ 'gs1-epcis-min': '2.0.1', 'gs1-epcis-max': '2.0.0' }, 'served'],
    [{ 'gs1-epcis-max': '10.0' }, 'served'],
    [{ 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0' }, 'served'],
    [{ 'gs1-cbv-min': '1.2', 'gs1-cbv-max': '2.0' }, 'served'],
    [{ 'gs1-epcis-min': '2.1' }, NOT_ACCEPTABLE],
    [{ 'gs1-epcis-min': '10.0' }, NOT_ACCEPTABLE],
    [{ 'gs1-epcis-max': '1.2' }, NOT_ACCEPTABLE],
    [{ 'gs1-epcis-version': '1.2' }, NOT_ACCEPTABLE],
    [{ 'gs1-epcis-min': '1.0', 'gs1-epcis-max': '2.0', 'gs1-epcis-version': '1.2' }, NOT_ACCEPTABLE],
    [{ 'gs1-cbv-min': '2.1', 'gs1-cbv-max': '3' }, NOT_ACCEPTABLE],
    [{ 'gs1-epcis-min': '2.1', 'gs1-epcis-max': '1.2' }, INVALID],
    [{ 'gs1-epcis-min': '' }, INVALID],
    [{ 'gs1-epcis-min': 'latest' }, INVALID],
    [{ 'gs1-epcis-max': '-2.0' }, INVALID],
    [{ 'gs1-epcis-max': '2.0.0.0' }, INVALID],
    [{ 'gs1-epcis-max': `2.${'0'.repeat(9_000)}` }, INVALID],
    [{ 'gs1-cbv-version': '2.0, 2.0' }, INVALID],
    [{ 'gs1-cbv-max': ['2.0', '2.0'] }, INVALID],
  ])('%o: %s', (headers, code) => {
    expect(codeOf(headers)).toBe(code);
  });

  it('that is refused names the header, what it says and what is spoken', () => {
    expect(negotiate({ 'gs1-cbv-max': '1.2.2' })).toMatchObject({
      rejection: { detail: 'GS1-CBV-Max: 1.2 leaves out CBV 2.0, the only version spoken here' },
    });
  });

  it('is served exactly when 2.0 lies in it', () => {
    const version = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(version, version, ([a, b], [c, d]) => {
        const [min, max] = [a * 10 + b, c * 10 + d];
        const expected = min > max ? INVALID : min <= 20 && 20 <= max ? 'served' : NOT_ACCEPTABLE;
        expect(codeOf({ 'gs1-epcis-min': `${a}.${b}`, 'gs1-epcis-max': `${c}.${d}` })).toBe(expected);
      }),
    );
  });
});

describe('a notation of EPCs', () => {
  it.each(['No_Preference', 'Always_GS1_Digital_Link', 'ALWAYS_EPC_URN', 'Never_Translates'])(
    'may be asked for as %s',
    (format) => {
      expect(codeOf({ 'gs1-epc-format': format })).toBe('served');
    },
  );
  it.each<string | string[]>(['', 'Always_DL', 'No_Preference, No_Preference', ['No_Preference']])(
    'not as %j',
    (format) => {
      expect(codeOf({ 'gs1-epc-format': format })).toBe(INVALID);
    },
  );
});

describe('any value of a header', () => {
  const name = fc.constantFrom('min', 'max', 'version').map((part) => `gs1-epcis-${part}`);
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab:=,;. <>20') }));
  const value = fc.oneof(text, fc.array(text));

  it('is served, refused for its form, or not acceptable', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(name, fc.constant('gs1-epc-format')), value), (headers) => {
        expect(['served', INVALID, NOT_ACCEPTABLE]).toContain(codeOf(headers));
        const word = wordOf(headers, 'GS1-EPC-Format', ['constructor'], 'constructor');
        expect(word.ok || word.rejection.code === INVALID).toBe(true);
      }),
    );
  });

  it('of extensions is refused, or goes out again as it is understood', () => {
    const binding = fc
      .tuple(fc.stringMatching(/^[A-Za-z][\w.-]{0,3}$/), fc.webUrl({ withQueryParameters: true }))
      .map((parts) => parts.join('='));
    const bindings = fc.array(binding, { maxLength: 4 }).map((all) => all.join(', '));
    let understood = 0;
    fc.assert(
      fc.property(fc.oneof(value, bindings), (header) => {
        const read = namespacesOfHeader(header);
        if (read.ok) expect(namespacesOfHeader(headerOfNamespaces(read.value))).toEqual(read);
        else expect(read.rejection.code).toBe(INVALID);
        if (read.ok && read.value.size > 1) understood += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(understood).toBeGreaterThan(100);
  });
});
