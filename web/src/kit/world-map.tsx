import 'maplibre-gl/dist/maplibre-gl.css';
import * as maplibre from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useRef } from 'react';
import { feature } from 'topojson-client';
import countriesUrl from 'world-atlas/countries-50m.json?url';
import { useScheme } from '../ground/theme.ts';
import { useWords } from '../ground/words.ts';
import { KIT_WORDS } from '../words/kit.ts';
import {
  arc,
  type Extent,
  extentOf,
  LINE_WIDTH,
  looksAnew,
  type MapLine,
  type MapPoint,
  POINT_SIZE,
  viewOf,
} from './map-view.ts';

export type WorldMapProps = {
  readonly points?: readonly MapPoint[];
  readonly lines?: readonly MapLine[];
  readonly onPoint?: (id: string) => void;
  /** When borders and traffic stand on it. */
  readonly onDrawn?: (canvas: HTMLCanvasElement) => void;
  /** Height and so on; default `h-80`. */
  readonly className?: string;
};

maplibre.setWorkerUrl(workerUrl);

let countries: Promise<GeoJSON.FeatureCollection> | undefined;

/** Borders of Natural Earth 50m (public domain), by world-atlas. */
function readCountries(): Promise<GeoJSON.FeatureCollection> {
  countries ??= fetch(countriesUrl)
    .then((response) => response.json() as Promise<Parameters<typeof feature>[0]>)
    .then((topology) => {
      const land = feature(
        topology,
        topology.objects.countries ?? { type: 'GeometryCollection', geometries: [] },
      );
      return land.type === 'FeatureCollection' ? land : { type: 'FeatureCollection', features: [land] };
    });
  return countries;
}

const colour = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

type Camera = { readonly center: maplibre.LngLatLike; readonly zoom: number };

export function WorldMap({ points = [], lines = [], onPoint, onDrawn, className = 'h-80' }: WorldMapProps) {
  const t = useWords(KIT_WORDS);
  const theme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<maplibre.Map>(undefined);
  const look = useRef<{ fitted?: Extent; byHand?: Camera }>({});
  const shown = JSON.stringify([points, lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme makes a new map
  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    const extent = extentOf({ points, lines });
    const made = new maplibre.Map({
      container: parent,
      style: { version: 8, sources: {}, layers: [] },
      ...(look.current.byHand ?? cameraOf(extent, parent)),
      attributionControl: false,
      locale: { 'Map.Title': t('map.label') },
      dragRotate: false,
      pitchWithRotate: false,
      renderWorldCopies: false,
      maxZoom: 9,
    });
    if (extent !== undefined) look.current.fitted = extent;
    made.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right');
    made.on('moveend', ({ originalEvent }) => {
      // Only what a hand or a key did has an event of the page.
      if (originalEvent !== undefined)
        look.current.byHand = { center: made.getCenter(), zoom: made.getZoom() };
    });
    map.current = made;
    let isGone = false;
    const ready = new Promise<void>((resolve) => made.once('load', () => resolve()));
    void Promise.all([readCountries(), ready]).then(([land]) => {
      if (isGone) return;
      drawLand(made, land);
      made.once('idle', () => onDrawn?.(made.getCanvas()));
    });
    return () => {
      isGone = true;
      map.current = undefined;
      made.remove();
    };
  }, [theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` is what points and lines say
  useEffect(() => {
    const now = map.current;
    if (now === undefined) return;
    const show = () => drawTraffic(now, points, lines);
    if (now.isStyleLoaded()) show();
    else now.once('load', show);
    const extent = extentOf({ points, lines });
    const { fitted, byHand } = look.current;
    if (extent !== undefined && looksAnew(fitted, extent, byHand !== undefined)) {
      look.current.fitted = extent;
      now.jumpTo(cameraOf(extent, now.getContainer()));
    }
    const onClick = (event: maplibre.MapMouseEvent) => {
      const [hit] = now.getLayer('points')
        ? now.queryRenderedFeatures(event.point, { layers: ['points'] })
        : [];
      if (hit) onPoint?.(String(hit.properties.id));
    };
    now.on('click', onClick);
    return () => {
      now.off('click', onClick);
    };
  }, [shown, theme]);
  return (
    <div className={`${className} overflow-hidden rounded-lg border border-line bg-sunk print:hidden`}>
      <div ref={box} className="size-full" />
    </div>
  );
}

function cameraOf(extent: Extent | undefined, { clientWidth, clientHeight }: HTMLElement): Camera {
  const { centre, zoom } = viewOf(extent, { width: clientWidth, height: clientHeight });
  return { center: [...centre], zoom };
}

function drawLand(map: maplibre.Map, land: GeoJSON.FeatureCollection): void {
  map.addSource('land', { type: 'geojson', data: land });
  const below = map.getLayer('lines') ? 'lines' : undefined;
  map.addLayer({ id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colour('card') } }, below);
  map.addLayer(
    {
      id: 'borders',
      type: 'line',
      source: 'land',
      paint: { 'line-color': colour('line'), 'line-width': 0.8 },
    },
    below,
  );
}

function drawTraffic(map: maplibre.Map, points: readonly MapPoint[], lines: readonly MapLine[]): void {
  const data = {
    lines: collection(
      lines.map(({ from, to, tone, width = LINE_WIDTH, dashed = false }) => ({
        type: 'Feature' as const,
        properties: { colour: colour(tone), width, dashed },
        geometry: { type: 'LineString' as const, coordinates: arc(from, to) },
      })),
    ),
    points: collection(
      points.map(({ id, longitude, latitude, tone, size = POINT_SIZE }) => ({
        type: 'Feature' as const,
        properties: { id, colour: colour(tone), radius: size / 2 },
        geometry: { type: 'Point' as const, coordinates: [longitude, latitude] },
      })),
    ),
  };
  for (const name of ['lines', 'points'] as const) {
    const known = map.getSource<maplibre.GeoJSONSource>(name);
    if (known) known.setData(data[name]);
    else map.addSource(name, { type: 'geojson', data: data[name] });
  }
  if (!map.getLayer('lines')) addTrafficLayers(map);
}

function addTrafficLayers(map: maplibre.Map): void {
  const paint = { 'line-color': ['get', 'colour'], 'line-width': ['get', 'width'] } as const;
  const isDashed = ['==', ['get', 'dashed'], true] as const;
  map.addLayer({
    id: 'lines',
    type: 'line',
    source: 'lines',
    filter: ['!', isDashed] as never,
    paint: paint as never,
  });
  map.addLayer({
    id: 'lines-dashed',
    type: 'line',
    source: 'lines',
    filter: isDashed as never,
    paint: { ...(paint as object), 'line-dasharray': [2, 2] },
  });
  map.addLayer({
    id: 'points',
    type: 'circle',
    source: 'points',
    paint: {
      'circle-color': ['get', 'colour'],
      'circle-radius': ['get', 'radius'],
      'circle-stroke-color': colour('card'),
      'circle-stroke-width': 1.5,
    },
  });
}

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});
