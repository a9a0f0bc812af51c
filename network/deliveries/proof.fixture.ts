/** The smallest whole pictures that pass for photos: a frame, no pixels. For tests. */
export function jpeg(salt = 0): Uint8Array {
  const app = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const comment = [0xff, 0xfe, 0, 42, ...Array.from({ length: 40 }, (_, index) => (salt + index) % 250)];
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 60, 0, 80, 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...app, ...comment, ...frame, 0xff, 0xd9]);
}

export function png(width = 80, height = 60): Uint8Array {
  const bytes = new Uint8Array(8 + 25 + 40 + 12);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82], bytes.length - 12);
  return bytes;
}
