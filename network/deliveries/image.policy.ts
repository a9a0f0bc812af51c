/** What a photo may be: the kinds that every courier's telephone makes and every page shows. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** Our default: a courier's photo of 1,600 x 1,200 takes a third of it. */
export const IMAGE_LIMIT_BYTES = 2 * 1024 * 1024;
const MIN_BYTES = 64;
/** Larger pictures are no photos of a door but bombs for whoever opens them. Our default. */
const MAX_SIDE_PIXELS = 12_000;

/**
 * What the bytes really are, whatever they were called; undefined for anything but a whole JPEG or PNG. Nothing is
 * decoded: the frame is walked as far as the size of the picture (JPEG: ITU-T T.81 annex B, PNG: ISO/IEC 15948).
 */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (bytes.length < MIN_BYTES || bytes.length > IMAGE_LIMIT_BYTES) return undefined;
  if (isPng(bytes)) return 'image/png';
  return isJpeg(bytes) ? 'image/jpeg' : undefined;
}

const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const PNG_TAIL = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

function isPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = bytes.length - PNG_TAIL.length;
  return (
    PNG_HEAD.every((byte, index) => bytes[index] === byte) &&
    PNG_TAIL.every((byte, index) => bytes[tail + index] === byte) &&
    isSide(view.getUint32(16)) &&
    isSide(view.getUint32(20))
  );
}

function isJpeg(bytes: Uint8Array): boolean {
  const end = bytes.length;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[end - 2] !== 0xff || bytes[end - 1] !== 0xd9)
    return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 < end) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    // Start of frame, but not the tables C4, C8, CC that share its range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return isSide(view.getUint16(at + 5)) && isSide(view.getUint16(at + 7));
    }
    // Scan data before any frame, or a marker without length: no picture that we know.
    if (marker === 0xda || marker < 0xc0) return false;
    const length = view.getUint16(at + 2);
    if (length < 2) return false;
    at += 2 + length;
  }
  return false;
}

function isSide(pixels: number): boolean {
  return pixels >= 1 && pixels <= MAX_SIDE_PIXELS;
}

/** Commands of an SVG path and numbers, nothing that a browser could run. */
export const SIGNATURE_PATH = /^M[MmLlHhVvCcSsQqTtZz0-9 .,-]{7,19999}$/;
