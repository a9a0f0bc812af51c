// Judges a run of the numbers rig by what its clients wrote down. Shares no code with the rules that it checks: the
// check digit is computed here anew, from ISO/IEC 7064.

/** The shape of a segment: what stands before the serial, and the serials themselves. */
export type SegmentShape = {
  readonly prefix: string;
  readonly fromSerial: number;
  readonly toSerial: number;
  readonly digits: number;
};
export type SerialRange = { readonly fromSerial: number; readonly toSerial: number };

export type NumberJournal = {
  /** Notes a number that the server acknowledged. */
  note(number: string): void;
  readonly count: number;
  /** The highest serial that was acknowledged. */
  readonly highest: number;
  readonly breaks: readonly string[];
  has(serial: number): boolean;
  /** Serials up to one that no client was ever given, as ranges. */
  gapsUpTo(lastSerial: number): SerialRange[];
};

/** ISO/IEC 7064 MOD 11,10, as carriers print it: hybrid system with one check digit. */
export function isMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + Number(digits.at(-1))) % 10 === 1;
}

/** One bit a serial, so that ten million numbers are a megabyte and a quarter. */
export function openNumberJournal(shape: SegmentShape): NumberJournal {
  const size = shape.toSerial - shape.fromSerial + 1;
  const seen = new Uint8Array(Math.ceil(size / 8));
  const pattern = new RegExp(`^${shape.prefix}(\\d{${shape.digits}})(\\d)$`);
  const breaks: string[] = [];
  let count = 0;
  let highest = shape.fromSerial - 1;
  const complain = (text: string) => {
    if (breaks.length < 50) breaks.push(text);
  };
  const has = (serial: number) => {
    const place = serial - shape.fromSerial;
    return ((seen[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  };
  return {
    note: (number) => {
      count += 1;
      const match = pattern.exec(number);
      if (match === null) return complain(`${number} does not look like the segment`);
      if (!isMod1110(`${match[1]}${match[2]}`)) complain(`${number} has a wrong check digit`);
      const serial = Number(match[1]);
      if (serial < shape.fromSerial || serial > shape.toSerial)
        return complain(`${number} lies outside the segment`);
      if (has(serial)) complain(`${number} was issued twice`);
      highest = Math.max(highest, serial);
      const place = serial - shape.fromSerial;
      seen[place >> 3] = (seen[place >> 3] ?? 0) | (1 << (place & 7));
    },
    get count() {
      return count;
    },
    get highest() {
      return highest;
    },
    breaks,
    has,
    gapsUpTo: (lastSerial) => {
      const gaps: SerialRange[] = [];
      let begin: number | undefined;
      for (let serial = shape.fromSerial; serial <= lastSerial + 1; serial += 1) {
        const isGap = serial <= lastSerial && !has(serial);
        if (isGap) begin ??= serial;
        else if (begin !== undefined) {
          gaps.push({ fromSerial: begin, toSerial: serial - 1 });
          begin = undefined;
        }
      }
      return gaps;
    },
  };
}
