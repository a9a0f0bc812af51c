import { type CompiledLine, compileLine } from './compiled-line.ts';
import type { ServiceLine } from './model.ts';

/** The lines that can be offered, compiled once. */
export type LineCatalogue = {
  all(): readonly CompiledLine[];
  find(code: string): CompiledLine | undefined;
};

/** Throws RangeError when two lines share a code. */
export function createLineCatalogue(lines: readonly ServiceLine[]): LineCatalogue {
  const compiled = lines.map(compileLine);
  const byCode = new Map(compiled.map((entry) => [entry.line.code, entry]));
  if (byCode.size !== compiled.length) throw new RangeError('two lines share a code');
  return { all: () => compiled, find: (code) => byCode.get(code) };
}
