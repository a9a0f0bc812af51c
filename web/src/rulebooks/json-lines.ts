const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g;

type Open = { readonly pointer: string; index: number | undefined; key: string };

/**
 * Where each value of a JSON text stands: its line, counted from 1, by JSON pointer (RFC 6901; `''` is the whole). The
 * text must be valid JSON.
 */
export function linesByPointer(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const open: Open[] = [];
  let line = 1;
  let isKey = false;
  const place = (): string => {
    const inside = open.at(-1);
    if (inside === undefined) return '';
    return `${inside.pointer}/${inside.index ?? inside.key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  };
  for (const [token] of text.matchAll(TOKEN)) {
    const inside = open.at(-1);
    if (token === '\n') line += 1;
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (inside?.index === undefined) isKey = true;
      else inside.index += 1;
    } else if (token === ':') isKey = false;
    else if (isKey && inside !== undefined && token.startsWith('"')) inside.key = JSON.parse(token) as string;
    else {
      const pointer = place();
      lines.set(pointer, line);
      if (token === '{' || token === '[')
        open.push({ pointer, index: token === '[' ? 0 : undefined, key: '' });
      isKey = token === '{';
    }
  }
  return lines;
}

/** The line of a pointer; of a thing that is missing, the line of what it is missing in. */
export function lineOf(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
    if (at === '') return 1;
  }
}

/** A document as typed, or the line where it stops being JSON. */
export function readJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly line: number } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, line: failedLine(text, error) };
  }
}

/** Browsers tell it as a line, as a position, or not at all: then it is where the text ends. */
function failedLine(text: string, error: unknown): number {
  const message = error instanceof Error ? error.message : '';
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}
