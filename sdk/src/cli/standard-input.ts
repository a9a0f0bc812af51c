/** Arguments, or where one is `-`, one word a line from standard input. Empty lines are passed over. */
export async function wordsOf(
  args: readonly string[],
  input: AsyncIterable<string | Uint8Array> = process.stdin,
): Promise<string[]> {
  if (!args.includes('-')) return [...args];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of input)
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...args.filter((word) => word !== '-'), ...lines];
}
