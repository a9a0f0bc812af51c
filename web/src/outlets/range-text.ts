export type Position = { readonly latitude: number; readonly longitude: number };

/** A line around people, a corner a line: `30.2741, 120.1551`. It is closed if it is not. Undefined: these are no corners. */
export function ringOf(text: string): readonly Position[] | undefined {
  const ring: Position[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const parts = line.trim().split(/[\s,，;]+/);
    const [latitude, longitude] = parts.map(Number);
    if (parts.length !== 2 || !isDegree(latitude, 90) || !isDegree(longitude, 180)) return undefined;
    ring.push({ latitude, longitude });
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined || ring.length < 3) return undefined;
  const isClosed = first.latitude === last.latitude && first.longitude === last.longitude;
  return isClosed ? ring : [...ring, first];
}

function isDegree(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isFinite(value) && Math.abs(value) <= most;
}

export function textOfRing(ring: readonly Position[]): string {
  return ring.map(({ latitude, longitude }) => `${latitude}, ${longitude}`).join('\n');
}
