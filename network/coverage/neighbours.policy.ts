/** Positions in columns, degrees. */
export type Positions = { readonly latitudes: Float64Array; readonly longitudes: Float64Array };

/** Neighbours of `i`, itself among them: `to` from `start[i]` to `start[i + 1]`. */
export type Neighbours = { readonly start: Int32Array; readonly to: Int32Array };

/** Mean earth radius of IUGG, metres; the one of the kernel's distance. */
const EARTH_RADIUS_METERS = 6_371_008.8;
const RADIANS = Math.PI / 180;

/**
 * All pairs within a great-circle radius. Positions become points on the unit ball and are sorted into cubes as wide as
 * the chord of the radius, so that only 27 cubes are looked through; on the ball poles and antimeridian are like
 * everywhere else.
 */
export function neighboursWithin(positions: Positions, radiusMeters: number): Neighbours {
  const size = positions.latitudes.length;
  const chord = 2 * Math.sin(Math.min(Math.PI / 2, radiusMeters / EARTH_RADIUS_METERS / 2));
  const ball = onBall(positions);
  const side = Math.ceil(2 / chord) + 3;
  const cubeOf = (x: number, y: number, z: number) =>
    ((Math.floor((x + 1) / chord) + 1) * side + Math.floor((y + 1) / chord) + 1) * side +
    Math.floor((z + 1) / chord) +
    1;
  const first = new Map<number, number>();
  const next = new Int32Array(size);
  for (let index = size - 1; index >= 0; index -= 1) {
    const cube = cubeOf(ball[3 * index] ?? 0, ball[3 * index + 1] ?? 0, ball[3 * index + 2] ?? 0);
    next[index] = first.get(cube) ?? -1;
    first.set(cube, index);
  }
  const start = new Int32Array(size + 1);
  const found = growing(size * 16);
  for (let index = 0; index < size; index += 1) {
    const [x, y, z] = [ball[3 * index] ?? 0, ball[3 * index + 1] ?? 0, ball[3 * index + 2] ?? 0];
    const own = cubeOf(x, y, z);
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dz = -1; dz <= 1; dz += 1) {
          let other = first.get(own + (dx * side + dy) * side + dz) ?? -1;
          for (; other >= 0; other = next[other] ?? -1) {
            const apart =
              (x - (ball[3 * other] ?? 0)) ** 2 +
              (y - (ball[3 * other + 1] ?? 0)) ** 2 +
              (z - (ball[3 * other + 2] ?? 0)) ** 2;
            if (apart <= chord * chord) found.push(other);
          }
        }
      }
    }
    start[index + 1] = found.length();
  }
  return { start, to: found.values() };
}

function onBall({ latitudes, longitudes }: Positions): Float64Array {
  const ball = new Float64Array(latitudes.length * 3);
  for (let index = 0; index < latitudes.length; index += 1) {
    const latitude = (latitudes[index] ?? 0) * RADIANS;
    const longitude = (longitudes[index] ?? 0) * RADIANS;
    ball[3 * index] = Math.cos(latitude) * Math.cos(longitude);
    ball[3 * index + 1] = Math.cos(latitude) * Math.sin(longitude);
    ball[3 * index + 2] = Math.sin(latitude);
  }
  return ball;
}

function growing(capacity: number) {
  let values = new Int32Array(Math.max(16, capacity));
  let length = 0;
  return {
    push: (value: number) => {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    length: () => length,
    values: () => values.slice(0, length),
  };
}
