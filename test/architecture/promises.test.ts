import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A promise that nobody awaits loses its failure. The linter's own rule for this takes minutes on this house, because
 * it infers every type anew; the compiler's checker answers in seconds.
 */
function floatingPromises(files: readonly string[], sources?: ReadonlyMap<string, string>): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config;
  const { options } = ts.parseJsonConfigFileContent(
    { compilerOptions: config.compilerOptions, files: [] },
    ts.sys,
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    const text = sources?.get(name);
    return text === undefined ? read(name, version) : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...files], { ...options, noLib: false }, host);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const isPromise = (node: ts.Expression) => {
    const type = checker.getTypeAtLocation(node);
    // Not every thenable: replies of the HTTP framework are, and need no waiting.
    return (type.isUnion() ? type.types : [type]).some((part) => part.symbol?.name === 'Promise');
  };
  const isHandled = (node: ts.Expression): boolean => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
    const name = node.expression.name.text;
    return name === 'catch' || (name === 'then' && node.arguments.length === 2);
  };
  for (const file of program.getSourceFiles()) {
    if (!files.includes(file.fileName)) continue;
    const visit = (node: ts.Node): void => {
      if (
        ts.isExpressionStatement(node) &&
        !ts.isAwaitExpression(node.expression) &&
        !ts.isVoidExpression(node.expression) &&
        !ts.isBinaryExpression(node.expression)
      ) {
        if (isPromise(node.expression) && !isHandled(node.expression)) {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart());
          found.push(`${file.fileName.replace(ROOT, '')}:${line + 1}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

function sourcesOf(folder: string): string[] {
  return ts.sys.readDirectory(
    join(ROOT, folder),
    ['.ts'],
    ['**/node_modules', '**/*.test.ts', '**/dist', '**/*.gen.ts', '**/planted/**'],
  );
}

test('no promise of ours floats', () => {
  const files = ['network', 'platform', 'server', 'sdk/src', 'bench'].flatMap(sourcesOf);
  expect(files.length).toBeGreaterThan(400);
  expect(floatingPromises(files)).toEqual([]);
}, 120_000);

test('a planted floating promise is seen', () => {
  const name = join(ROOT, 'planted-promise.ts');
  const text =
    'export async function work(): Promise<void> {}\nexport function caller(): void {\n  work();\n}\n';
  expect(floatingPromises([name], new Map([[name, text]]))).toEqual(['planted-promise.ts:3']);
}, 60_000);
