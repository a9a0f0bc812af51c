/** The byte that a message of the protocol begins with. */
const BIND = 0x42;
/** Of type, length, an empty portal and an empty name; of the formats and their number; of the one format of answers. */
const FIXED_BYTES = 1 + 4 + 1 + 1 + 2 + 2 + 4;
const TEXT = 0;
const BINARY = 1;

/**
 * The values of a statement, as PostgreSQL's protocol has them: bytes in binary form, texts in text form. In one piece:
 * pg's own writer grows by halves, and a batch of rows has half a megabyte. Source: "Bind" in "Message Formats" of
 * PostgreSQL's manual.
 */
export function bindMessage(statement: string, values: readonly (string | Buffer | null)[]): Buffer {
  let size = FIXED_BYTES + statement.length + values.length * 6;
  for (const value of values)
    size += typeof value === 'string' ? Buffer.byteLength(value) : (value?.length ?? 0);
  const message = Buffer.allocUnsafe(size);
  message[0] = BIND;
  let at = message.writeInt32BE(size - 1, 1);
  message[at] = 0;
  at += 1 + message.write(statement, at + 1, 'latin1');
  message[at] = 0;
  at = message.writeUInt16BE(values.length, at + 1);
  for (const value of values) at = message.writeInt16BE(Buffer.isBuffer(value) ? BINARY : TEXT, at);
  at = message.writeUInt16BE(values.length, at);
  for (const value of values) {
    if (value === null) {
      at = message.writeInt32BE(-1, at);
      continue;
    }
    const bytes =
      typeof value === 'string' ? message.write(value, at + 4, 'utf8') : value.copy(message, at + 4);
    at = message.writeInt32BE(bytes, at) + bytes;
  }
  at = message.writeInt16BE(1, at);
  message.writeInt16BE(TEXT, at);
  return message;
}
