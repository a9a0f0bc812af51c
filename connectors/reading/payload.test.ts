import { expect, it } from 'vitest';
import { partOf } from './part.ts';
import { PayloadError, readDocument } from './payload.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readDocument(bytes(text)).root;

it('keeps every digit of a number', () => {
  expect(
    read('{"id": 12345678901234567890, "ids": [-1234567890123456.75, "1\\\\", 7], "weight": 1.50}'),
  ).toEqual({
    id: '12345678901234567890',
    ids: ['-1234567890123456.75', '1\\', 7],
    weight: 1.5,
  });
  for (const broken of ['[0123456789012345678]', '[1.2.3456789012345678]', '[12345678901234567890', '["1'])
    expect(() => read(broken)).toThrow(PayloadError);
});

it('reads elements by local name, attributes with @, repeated ones as a list', () => {
  expect(read('<a:x xmlns:a="urn:a" a:ID="7"><b>1</b><b> 2 </b><c><![CDATA[<&>]]></c><d/></a:x>')).toEqual({
    x: { '@ID': '7', b: ['1', ' 2 '], c: '<&>', d: '' },
  });
});

it('knows a page by its beginning', () => {
  const type =
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">';
  for (const page of [
    `<?xml version="1.0" encoding="UTF-8"?>\n${type}<html/>`,
    '<?xml version="1.0"?><html lang="en"/>',
  ])
    expect(() => read(page)).toThrow('It is a web page.');
});

it('reads the encoding that the document declares', () => {
  const latin = Uint8Array.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>', (sign) =>
    sign.charCodeAt(0),
  );
  expect(readDocument(latin).root).toEqual({ a: '\u00e9' });
  const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('{"a":"\u6df1"}', 'utf16le')]);
  expect(readDocument(utf16).root).toEqual({ a: '\u6df1' });
  for (const text of ['{"a":"\u6df1"}', '<a>\u6df1</a>']) {
    const wide = Buffer.from(text, 'utf16le');
    expect(readDocument(wide).root).toEqual({ a: '\u6df1' });
    expect(readDocument(Buffer.from(wide).swap16()).root).toEqual({ a: '\u6df1' });
  }
  const chinese = Uint8Array.of(0x22, 0xc9, 0xee, 0x22);
  expect(readDocument(chinese, 'application/json; charset=gb18030').root).toBe('\u6df1');
});

it('lets no key reach the prototype', () => {
  const part = partOf(read('{"__proto__": {"polluted": "yes"}, "a": {}}'));
  expect(part.text('a', 'polluted')).toBeUndefined();
  expect(part.text('a', 'constructor', 'name')).toBeUndefined();
  expect(
    partOf(read('<a><__proto__><polluted>yes</polluted></__proto__></a>')).text('a', 'polluted'),
  ).toBeUndefined();
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('names a deep document before it builds it', () => {
  expect(() => read(`{"a":"[[[[", "b":${'['.repeat(65)}`)).toThrow(PayloadError);
  expect(read(`{"a":"${'['.repeat(100)}"}`)).toEqual({ a: '['.repeat(100) });
});

it('names an element with attributes beyond measure', () => {
  const attributes = Array.from({ length: 101 }, (_, index) => `a${index}=""`).join(' ');
  expect(() => read(`<a ${attributes}/>`)).toThrow(PayloadError);
});

it('points to where a part is', () => {
  const part = partOf(read('{"a": [{"b/c": "x"}, {"b/c": ["y", "z"]}], "one": {"b": "w"}}'));
  expect(part.list('a').map(({ pointer }) => pointer)).toEqual(['/a/0', '/a/1']);
  expect(part.list('a')[1]?.list('b/c')[1]?.pointer).toBe('/a/1/b~1c/1');
  expect(part.list('one').map((one) => [one.pointer, one.text('b')])).toEqual([['/one', 'w']]);
  expect(part.list('nowhere')).toEqual([]);
});

it('believes its bytes before a name of an encoding', () => {
  const marked = bytes('\ufeff{"a":"\u00e9"}');
  expect(readDocument(marked, 'application/json; charset=ISO-8859-1').root).toEqual({ a: '\u00e9' });
  // Who serialises XML in memory declares UTF-16 and then writes UTF-8.
  expect(read('<?xml version="1.0" encoding="utf-16"?><a>\u00e9</a>')).toEqual({ a: '\u00e9' });
  expect(readDocument(bytes('{"a":"\u00e9"}'), 'application/json; charset=utf-16').root).toEqual({
    a: '\u00e9',
  });
});

it('reads an element that says it is nil as empty', () => {
  const part = partOf(read('<a xmlns:xsi="urn:x"><b xsi:nil="true"/><c> </c><d>x</d></a>'));
  expect(['b', 'c', 'd', 'e'].map((name) => part.part('a', name).isFilled)).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(['{}', '[]', 'null', '" "', '0', '{"a":null}'].map((text) => partOf(read(text)).isFilled)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
});
