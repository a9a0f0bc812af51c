import type { Instant, PointId, Position } from '../kernel/index.ts';
import type { Point, PointKind, PointService } from '../points/index.ts';

/** What a point must be to be found. Everything left out is not asked. */
export type PointFilter = {
  readonly country?: string | undefined;
  readonly service?: PointService | undefined;
  /** A word of the lines' goods classes; `normal` fits every point. */
  readonly goodsClass?: string | undefined;
  readonly kind?: PointKind | undefined;
  /** 0 to 100. */
  readonly minQuality?: number | undefined;
  /** Open at this moment, by the point's own clock, hours and exceptions. */
  readonly at?: Instant | undefined;
  /** Open now. */
  readonly openNow?: boolean | undefined;
  /** Room for one more parcel of `service` in the hour that holds this moment, and on the shelf. Needs `service`. */
  readonly needsCapacityAt?: Instant | undefined;
  readonly exclude?: readonly PointId[] | undefined;
};

export type NearestQuery = PointFilter & {
  readonly position: Position;
  /** Divisions of the asker. Points that serve named divisions only are left out when none of them is named here; without any they are not asked. */
  readonly divisionCodes?: readonly string[] | undefined;
  /** 1 to 200. */
  readonly limit: number;
  readonly maxDistanceMeters?: number | undefined;
};

/** How much a part counts; both at least 0, not both 0. A point on the spot and one of quality 100 each cost nothing. */
export type BestWeights = { readonly distance: number; readonly quality: number };

/** `maxDistanceMeters` is the distance that costs all of its weight: nothing farther is taken. */
export type BestQuery = NearestQuery & {
  readonly maxDistanceMeters: number;
  readonly weights: BestWeights;
};

/** `distanceMeters`: great circle, not rounded. */
export type Found = { readonly point: Point; readonly distanceMeters: number };

/** Degrees. `west` greater than `east`: across the antimeridian. */
export type BoundingBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** `position`: the middle of the points. `point`: only where it stands for one. */
export type Cluster = { readonly position: Position; readonly count: number; readonly point?: Point };

/** One capacity of a point that is used up, or is no longer. `startsAt`: the hour; undefined: the shelf. */
export type FullState = {
  readonly pointId: PointId;
  readonly service: PointService;
  readonly startsAt: Instant | undefined;
  readonly isFull: boolean;
};

/** Names of what a room was asked for in the text search, after folding. */
export type TextQuery = PointFilter & {
  readonly text: string;
  /** Nearest first from here; else the best match first. */
  readonly near?: Position | undefined;
  /** As those of `NearestQuery`. Without `near` points that serve an area on the map are not asked. */
  readonly divisionCodes?: readonly string[] | undefined;
  readonly limit: number;
};

export type IndexStats = {
  /** Points that can be found. */
  readonly points: number;
  /** Of them not yet in the tree. */
  readonly inDelta: number;
  readonly builds: number;
  readonly lastBuildMs: number;
  /** Memory of columns, texts, tree and word index. */
  readonly bytes: number;
};

/** Radius of the kernel's distance. */
export const EARTH_RADIUS_METERS = 6_371_008.8;
