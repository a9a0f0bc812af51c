/// <reference lib="webworker" />
import { feature } from 'topojson-client';
import fineUrl from 'world-atlas/countries-50m.json?url';
import coarseUrl from 'world-atlas/countries-110m.json?url';
import { arc, LINE_WIDTH, POINT_SIZE, pixelsOf, projected, type Traffic, type View } from './map-view.ts';

/** First the canvas, once; then what is to be seen on it, again and again. */
export type StillMapMessage = { readonly canvas: OffscreenCanvas } | { readonly picture: Picture };
export type Picture = Traffic & {
  readonly view: View;
  /** CSS pixels, and how many of the screen's there are to one. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  /** Values of colour tokens by name. */
  readonly colours: Readonly<Record<string, string>>;
};
/** What stands on the canvas now. */
export type StillMapAnswer = { readonly drawn: 'traffic' | 'land' };

/** From this zoom on the coarse borders of 1:110 million look like it. */
const FINE_FROM_ZOOM = 1.5;

/** A ring of a country's border, projected: x, y, x, y, and the box around it. */
type Ring = {
  readonly at: Float32Array;
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
};

let canvas: OffscreenCanvas | undefined;
let wanted: Picture | undefined;
const lands = new Map<string, Promise<readonly Ring[]>>();

self.onmessage = ({ data }: MessageEvent<StillMapMessage>) => {
  if ('canvas' in data) canvas = data.canvas;
  else void show(data.picture);
};

async function show(picture: Picture): Promise<void> {
  wanted = picture;
  const url = picture.view.zoom < FINE_FROM_ZOOM ? coarseUrl : fineUrl;
  draw(picture, []);
  say('traffic');
  const coming = lands.get(url) ?? readLand(url);
  lands.set(url, coming);
  // Without a network there are no borders; the way is there all the same, and the next picture tries again.
  const land = await coming.catch(() => {
    lands.delete(url);
    return [];
  });
  if (wanted !== picture || land.length === 0) return;
  draw(picture, land);
  say('land');
}

const say = (drawn: StillMapAnswer['drawn']) => self.postMessage({ drawn } satisfies StillMapAnswer);

/** Borders of Natural Earth (public domain), by world-atlas. */
async function readLand(url: string): Promise<readonly Ring[]> {
  const topology = (await (await fetch(url)).json()) as Parameters<typeof feature>[0];
  const land = feature(
    topology,
    topology.objects.countries ?? { type: 'GeometryCollection', geometries: [] },
  );
  const shapes = land.type === 'FeatureCollection' ? land.features : [land];
  return shapes.flatMap(({ geometry }) => {
    if (geometry?.type === 'Polygon') return geometry.coordinates.map(ringOf);
    return geometry?.type === 'MultiPolygon'
      ? geometry.coordinates.flatMap((rings) => rings.map(ringOf))
      : [];
  });
}

function ringOf(places: readonly (readonly number[])[]): Ring {
  const at = new Float32Array(places.length * 2);
  let [west, north, east, south] = [1, 1, 0, 0];
  places.forEach(([longitude = 0, latitude = 0], index) => {
    const [x, y] = projected([longitude, latitude]);
    at[2 * index] = x;
    at[2 * index + 1] = y;
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  });
  return { at, west, north, east, south };
}

function draw(picture: Picture, land: readonly Ring[]): void {
  const context = canvas?.getContext('2d');
  if (canvas === undefined || context === null || context === undefined) return;
  const { width, height, ratio, colours } = picture;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = colours.sunk ?? '';
  context.fillRect(0, 0, width, height);
  drawLand(context, picture, land);
  drawTraffic(context, picture);
}

type Context = OffscreenCanvasRenderingContext2D;

function drawLand(context: Context, picture: Picture, land: readonly Ring[]): void {
  const { width, height, view, colours } = picture;
  const { scale, left, top } = pixelsOf(view, picture);
  context.beginPath();
  for (const { at, west, north, east, south } of land) {
    const isSeen =
      left + east * scale >= 0 &&
      left + west * scale <= width &&
      top + south * scale >= 0 &&
      top + north * scale <= height;
    if (!isSeen) continue;
    for (let index = 0; index < at.length; index += 2) {
      const [x, y] = [left + (at[index] ?? 0) * scale, top + (at[index + 1] ?? 0) * scale];
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
  context.fillStyle = colours.card ?? '';
  // Holes are countries within countries.
  context.fill('evenodd');
  context.strokeStyle = colours.line ?? '';
  context.lineWidth = 0.8;
  context.stroke();
}

function drawTraffic(context: Context, picture: Picture): void {
  const { view, colours, lines, points } = picture;
  const { scale, left, top } = pixelsOf(view, picture);
  const pixel = (place: readonly [number, number]): [number, number] => {
    const [x, y] = projected(place);
    return [left + x * scale, top + y * scale];
  };
  for (const { from, to, tone, width = LINE_WIDTH, dashed = false } of lines) {
    context.beginPath();
    for (const place of arc(from, to)) context.lineTo(...pixel(place));
    context.setLineDash(dashed ? [2 * width, 2 * width] : []);
    context.strokeStyle = colours[tone] ?? '';
    context.lineWidth = width;
    context.stroke();
  }
  context.setLineDash([]);
  for (const { longitude, latitude, tone, size = POINT_SIZE } of points) {
    context.beginPath();
    context.arc(...pixel([longitude, latitude]), size / 2, 0, 2 * Math.PI);
    context.fillStyle = colours[tone] ?? '';
    context.fill();
    context.strokeStyle = colours.card ?? '';
    context.lineWidth = 1.5;
    context.stroke();
  }
}
