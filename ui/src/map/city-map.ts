// The map behind one class: nobody else speaks to MapLibre. What it draws it is told; every coordinate
// that is shown or measured is the engine's.
import {
  Map as MapLibre,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type FilterSpecification,
  type LayerSpecification,
  type MapMouseEvent,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { BackdropView, LonLatBounds } from "./types";
import type { ShownLayer } from "../state/city.svelte";
import { GROUND, hatches, hatchName, hatchPicture, landUseLayers, source, sourceOf, styleLayers } from "./style";

setWorkerUrl(workerUrl);

type LonLat = [number, number];
type Collection = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, unknown>>;
const NOTHING: Collection = { type: "FeatureCollection", features: [] };
/** Coarsest and finest zoom that the engine cuts tiles for. */
const TILE_ZOOMS = { minzoom: 4, maxzoom: 18 };

/** What a tool is told of the pointer. */
export interface PointerTold {
  /** Where, degrees. */
  at: LonLat;
  /** Where on the map's face, px. */
  point: [number, number];
  /** Metres a px is worth there. */
  metresPerPixel: number;
  /** Modifier keys. */
  shift: boolean;
  /** Stops the map from taking the event for itself. */
  hold: () => void;
}

/** What is under the pointer: a feature of a layer. */
export interface Hit {
  layer: string;
  properties: Record<string, unknown>;
}

/** Whoever listens to the pointer; each may be left out. */
export interface PointerListener {
  down?: (told: PointerTold) => void;
  move?: (told: PointerTold) => void;
  up?: (told: PointerTold) => void;
  click?: (told: PointerTold) => void;
  doubleClick?: (told: PointerTold) => void;
}

/** Where the map stands. */
export interface Standing {
  centre: LonLat;
  zoom: number;
  metresPerPixel: number;
  bounds: LonLatBounds;
}

/** Whether this machine can draw a map at all. */
export const canDraw = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

/** The map. */
export class CityMap {
  readonly #map: MapLibre;
  readonly #tileUrl: (path: string) => string;
  readonly #ready: Promise<void>;
  #drawn: ShownLayer[] = [];
  #backdrop: BackdropView | null = null;
  #above: LayerSpecification[] = [];
  readonly #filled = new Set<string>();
  /** Sources of tiles: what they hold, the state drawn and the one on its way. */
  readonly #tiled = new Map<string, { path: string | null; shown: string | null; coming: string | null }>();
  #states = 0;
  #hidden: { layer: string; zones: string[] } | null = null;
  #pictures: ((name: string) => ImageData | null)[] = [];
  #history: { centre: LonLat; zoom: number }[] = [];
  #place = -1;
  #walking = false;

  constructor(container: HTMLElement, tileUrl: (path: string) => string, dark: boolean) {
    this.#tileUrl = tileUrl;
    this.#map = new MapLibre({
      container,
      style: {
        version: 8,
        sources: {},
        layers: [{ id: "ground", type: "background", paint: { "background-color": dark ? GROUND.dark : GROUND.light } }],
      },
      center: [113.3, 23.2],
      zoom: 8,
      minZoom: 4,
      maxZoom: 22,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      boxZoom: true,
      fadeDuration: 0,
      renderWorldCopies: false,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.getCanvas().setAttribute("data-testid", "map-canvas");
    this.#map.setMissingStyleImageResolver((id) => this.#picture(id));
    this.#map.on("moveend", () => this.#remember());
    // not "load", which waits for a first frame with nothing on it
    this.#ready = new Promise((resolve) => this.#map.once("style.load", () => resolve()));
  }

  /** Resolves when things can be drawn. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The element it is drawn on. */
  get canvas(): HTMLCanvasElement {
    return this.#map.getCanvas();
  }

  /** Draws the city's layers, topmost first, in place of those drawn before. What is drawn already is only
   *  shown differently or moved: its tiles stay. */
  showLayers(layers: ShownLayer[]): void {
    const before = this.#drawn;
    this.#drawn = layers;
    const known = new Set(before.map((layer) => layer.view));
    if (layers.length !== before.length || !layers.every((layer) => known.has(layer.view))) {
      for (const layer of before) this.#remove(layer);
      for (const layer of [...layers].reverse()) this.#add(layer);
      return;
    }
    if (layers.some((layer, n) => layer.view !== before[n]?.view)) this.#reorder();
    this.#restyle();
  }

  /** Leaves zones of one layer undrawn, by their ids, in place of those left out before: a draft draws them
   *  itself. */
  hideZones(layer: string, zones: string[]): void {
    const before = this.#hidden?.layer;
    this.#hidden = zones.length > 0 ? { layer, zones } : null;
    for (const shown of this.#drawn) {
      if (shown.view.name !== layer && shown.view.name !== before) continue;
      for (const style of this.#styled(shown))
        if (this.#map.getLayer(style.id)) this.#map.setFilter(style.id, "filter" in style ? (style.filter ?? null) : null);
    }
  }

  /** How many layers of the city it draws. */
  get drawnLayers(): number {
    return this.#drawn.length;
  }

  /** Draws the city's layers anew: their tiles are other ones now. */
  redraw(): void {
    const layers = this.#drawn;
    for (const layer of layers) this.#remove(layer);
    for (const layer of [...layers].reverse()) this.#add(layer);
  }

  /** Puts a backdrop under everything, or takes it away. */
  showBackdrop(backdrop: BackdropView | null): void {
    if (this.#backdrop) {
      this.#map.removeLayer("backdrop");
      this.#map.removeSource("backdrop");
    }
    this.#backdrop = backdrop;
    if (!backdrop) return;
    this.#map.addSource("backdrop", {
      type: "raster",
      tiles: [`${this.#tileUrl(backdrop.tiles)}/{z}/{x}/{y}.png`],
      tileSize: 256,
      ...(backdrop.bounds ? { bounds: backdrop.bounds } : {}),
    });
    const first = this.#map.getStyle().layers.find((layer) => layer.id !== "ground")?.id;
    this.#map.addLayer({ id: "backdrop", type: "raster", source: "backdrop" }, first);
  }

  /** Adds what stands above the city: GeoJSON sources by name, and their layers, bottom to top. */
  addAbove(sources: readonly string[], layers: LayerSpecification[]): void {
    for (const name of sources) {
      if (!this.#map.getSource(name)) this.#map.addSource(name, { type: "geojson", data: NOTHING });
    }
    for (const layer of layers) {
      if (this.#above.some(({ id }) => id === layer.id)) continue;
      if ("source" in layer && typeof layer.source === "string" && this.#tiled.has(layer.source)) {
        // drawn for every state of its tiles
        this.#above.push(layer);
        continue;
      }
      const shown = "source" in layer && typeof layer.source === "string" && this.#filled.has(layer.source);
      this.#map.addLayer({ ...layer, layout: { ...layer.layout, visibility: shown ? "visible" : "none" } } as LayerSpecification);
      this.#above.push(layer);
    }
  }

  /** What a source of {@link addAbove} holds. While it holds nothing its layers are hidden: MapLibre cuts tiles
   *  of an empty source all the same, which the first drawn map would wait for. */
  setData(name: string, data: Collection): void {
    this.#fill(name, data.features.length > 0);
    this.#map.getSource<GeoJSONSource>(name)?.setData(data);
  }

  /** Announces a source of vector tiles for layers of {@link addAbove} that are added after; it holds none at
   *  first. */
  addTiles(name: string): void {
    if (!this.#tiled.has(name)) this.#tiled.set(name, { path: null, shown: null, coming: null });
  }

  /** Where the tiles of such a source are from now on, below the tile address; null: there are none. What is
   *  drawn stays until all of the new is there. Each state is a source of its own in MapLibre: one source
   *  whose address changes takes late tiles of the state before for its own. */
  setTiles(name: string, path: string | null): void {
    const tiled = this.#tiled.get(name);
    if (!tiled || tiled.path === path) return;
    tiled.path = path;
    if (tiled.coming) this.#dropState(name, tiled.coming);
    tiled.coming = null;
    if (path === null) {
      if (tiled.shown) this.#dropState(name, tiled.shown);
      tiled.shown = null;
      return;
    }
    const id = `${name}@${(this.#states += 1)}`;
    this.#map.addSource(id, { type: "vector", tiles: [`${this.#tileUrl(path)}/{z}/{x}/{y}.mvt`], ...TILE_ZOOMS });
    const own = this.#above.filter((layer) => "source" in layer && layer.source === name);
    const before = this.#above.slice(this.#above.indexOf(own.at(-1)!) + 1).find((layer) => this.#map.getLayer(layer.id))?.id;
    for (const layer of own) {
      // unseen beneath what is drawn until all of it is there
      const paint = tiled.shown ? { ...layer.paint, [layer.type === "fill" ? "fill-opacity" : "line-opacity"]: 0 } : layer.paint;
      this.#map.addLayer({ ...layer, id: `${layer.id}@${id}`, source: id, paint } as LayerSpecification, before);
    }
    if (!tiled.shown) {
      tiled.shown = id;
      return;
    }
    tiled.coming = id;
    const arrived = (): void => {
      const waited = tiled.coming === id;
      if (waited && !this.#map.isSourceLoaded(id)) return;
      this.#map.off("sourcedata", arrived);
      this.#map.off("idle", arrived);
      if (!waited) return;
      for (const { id: layer, type, paint } of own) {
        const opacity = type === "fill" ? "fill-opacity" : "line-opacity";
        this.#map.setPaintProperty(`${layer}@${id}`, opacity, (paint as Record<string, number | ExpressionSpecification> | undefined)?.[opacity] ?? 1);
      }
      if (tiled.shown) this.#dropState(name, tiled.shown);
      [tiled.shown, tiled.coming] = [id, null];
    };
    this.#map.on("sourcedata", arrived);
    this.#map.on("idle", arrived);
  }

  #dropState(name: string, id: string): void {
    for (const layer of this.#above)
      if ("source" in layer && layer.source === name && this.#map.getLayer(`${layer.id}@${id}`)) this.#map.removeLayer(`${layer.id}@${id}`);
    if (this.#map.getSource(id)) this.#map.removeSource(id);
  }

  /** The lowest layer above the city. */
  #lowestAbove(): string | undefined {
    const above = new Set(this.#above.map(({ id }) => id));
    return this.#map.getLayersOrder().find((id) => above.has(id.split("@")[0] ?? id));
  }

  /** Shows the layers of a source that holds something, hides those of one that does not. */
  #fill(name: string, any: boolean): void {
    if (any === this.#filled.has(name)) return;
    if (any) this.#filled.add(name);
    else this.#filled.delete(name);
    for (const layer of this.#above) {
      if ("source" in layer && layer.source === name && this.#map.getLayer(layer.id)) {
        this.#map.setLayoutProperty(layer.id, "visibility", any ? "visible" : "none");
      }
    }
  }

  /** Marks a feature of such a source. */
  setState(name: string, id: number, state: Record<string, boolean>): void {
    if (this.#map.getSource(name)) this.#map.setFeatureState({ source: name, id }, state);
  }

  /** Forgets every mark of such a source. */
  clearStates(name: string): void {
    if (this.#map.getSource(name)) this.#map.removeFeatureState({ source: name });
  }

  /** Someone who draws pictures by name (badges, marks). */
  drawsPictures(by: (name: string) => ImageData | null): void {
    this.#pictures.push(by);
  }

  /** Goes there: bounds in degrees. */
  flyTo(bounds: LonLatBounds, padding = 64): void {
    const { width, height } = this.canvas.getBoundingClientRect();
    const room = Math.max(0, Math.min(padding, width / 4, height / 4));
    this.#map.fitBounds(bounds, { padding: room, maxZoom: 18, duration: this.#moving(140), linear: true });
  }

  /** Stands there from the beginning: nothing was before it. */
  startAt(bounds: LonLatBounds, padding: number): void {
    const { width, height } = this.canvas.getBoundingClientRect();
    this.#history = [];
    this.#place = -1;
    this.#map.fitBounds(bounds, { padding: Math.max(0, Math.min(padding, width / 4, height / 4)), duration: 0 });
  }

  /** Where it stands. */
  get standing(): Standing {
    const { lng, lat } = this.#map.getCenter();
    const b = this.#map.getBounds();
    return {
      centre: [lng, lat],
      zoom: this.#map.getZoom(),
      metresPerPixel: metresPerPixel(lat, this.#map.getZoom()),
      bounds: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()],
    };
  }

  /** Told whenever it moved. */
  onMove(moved: (standing: Standing) => void): () => void {
    const tell = (): void => moved(this.standing);
    this.#map.on("move", tell);
    return () => this.#map.off("move", tell);
  }

  /** Told when it stands still again. */
  onRest(rests: (standing: Standing) => void): () => void {
    const tell = (): void => rests(this.standing);
    this.#map.on("moveend", tell);
    return () => this.#map.off("moveend", tell);
  }

  /** Told when something could not be drawn: the city layer (`null`: something else) and why. */
  onTrouble(told: (layer: string | null, error: Error) => void): () => void {
    const tell = (event: { error: unknown; sourceId?: string }): void => {
      const layer = this.#drawn.find(({ view }) => sourceOf(view) === event.sourceId);
      told(layer?.view.title ?? null, event.error instanceof Error ? event.error : new Error(String(event.error)));
    };
    this.#map.on("error", tell);
    return () => this.#map.off("error", tell);
  }

  /** Told when everything asked for is drawn. */
  onIdle(idle: () => void): () => void {
    this.#map.on("idle", idle);
    return () => this.#map.off("idle", idle);
  }

  /** Told of the pointer. */
  onPointer(listener: PointerListener): () => void {
    const told = (event: MapMouseEvent): PointerTold => ({
      at: [event.lngLat.lng, event.lngLat.lat],
      point: [event.point.x, event.point.y],
      metresPerPixel: metresPerPixel(event.lngLat.lat, this.#map.getZoom()),
      shift: event.originalEvent.shiftKey,
      hold: () => event.preventDefault(),
    });
    const pairs = [
      ["mousedown", listener.down],
      ["mousemove", listener.move],
      ["mouseup", listener.up],
      ["click", listener.click],
      ["dblclick", listener.doubleClick],
    ] as const;
    const stops = pairs.flatMap(([name, act]) => {
      if (!act) return [];
      const tell = (event: MapMouseEvent): void => act(told(event));
      this.#map.on(name, tell);
      return [() => this.#map.off(name, tell)];
    });
    return () => stops.forEach((stop) => stop());
  }

  /** What is drawn at a point of the map's face, in these layers, topmost first. */
  hits(point: [number, number], layers: string[], reach = 3): Hit[] {
    const there = layers.filter((id) => this.#map.getLayer(id));
    if (there.length === 0) return [];
    const box: [[number, number], [number, number]] = [
      [point[0] - reach, point[1] - reach],
      [point[0] + reach, point[1] + reach],
    ];
    return this.#map
      .queryRenderedFeatures(box, { layers: there })
      .map((feature) => ({ layer: feature.layer.id, properties: feature.properties }));
  }

  /** Where a place is on the map's face, px. */
  project(at: LonLat): [number, number] {
    const { x, y } = this.#map.project(at);
    return [x, y];
  }

  /** Which place is at a point of the map's face. */
  unproject(point: [number, number]): LonLat {
    const { lng, lat } = this.#map.unproject(point);
    return [lng, lat];
  }

  /** The pointer's form. */
  setCursor(cursor: string): void {
    this.canvas.style.cursor = cursor;
  }

  /** Whether a double click zooms. */
  setDoubleClickZoom(on: boolean): void {
    if (on) this.#map.doubleClickZoom.enable();
    else this.#map.doubleClickZoom.disable();
  }

  /** Whether dragging with Shift zooms; while it does, clicks with Shift are told to nobody. */
  setBoxZoom(on: boolean): void {
    if (on) this.#map.boxZoom.enable();
    else this.#map.boxZoom.disable();
  }

  zoomBy(steps: number): void {
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: this.#moving(120) });
  }

  /** One step through where the map stood. */
  step(by: -1 | 1): void {
    const to = this.#history[this.#place + by];
    if (!to) return;
    this.#place += by;
    this.#walking = true;
    this.#map.jumpTo({ center: to.centre, zoom: to.zoom });
  }

  /** Whether there is a step. */
  canStep(by: -1 | 1): boolean {
    return this.#history[this.#place + by] !== undefined;
  }

  /** The ground follows the theme. */
  setDark(dark: boolean): void {
    this.#map.setPaintProperty("ground", "background-color", dark ? GROUND.dark : GROUND.light);
  }

  /** The map as a picture, PNG, as it is on the screen. */
  picture(): Promise<Blob> {
    return new Promise((resolve, reject) => {
      // the drawing buffer is only there while a frame is drawn
      this.#map.once("render", () => {
        this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
      });
      this.#map.triggerRepaint();
    });
  }

  /** The size of its place changed. */
  resize(): void {
    this.#map.resize();
  }

  /** Gone. */
  remove(): void {
    this.#map.remove();
  }

  /** How long a movement takes, ms: none where the person wants no motion. */
  #moving(duration: number): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : duration;
  }

  #reorder(): void {
    const above = this.#lowestAbove();
    for (const layer of [...this.#drawn].reverse())
      for (const { id } of this.#styled(layer)) if (this.#map.getLayer(id)) this.#map.moveLayer(id, above);
  }

  #add(layer: ShownLayer): void {
    const { view } = layer;
    this.#map.addSource(sourceOf(view), source(view, this.#tileUrl));
    const above = this.#lowestAbove();
    for (const style of this.#styled(layer)) this.#map.addLayer(style, above);
  }

  #styled(layer: ShownLayer): LayerSpecification[] {
    const layers = layer.view.role === "land-use" ? landUseLayers(layer) : styleLayers(layer);
    if (this.#hidden?.layer !== layer.view.name) return layers;
    const others = ["!", ["in", ["get", "id"], ["literal", this.#hidden.zones]]];
    return layers.map((style) => {
      const own = "filter" in style ? style.filter : undefined;
      return { ...style, filter: (own ? ["all", own, others] : others) as FilterSpecification } as LayerSpecification;
    });
  }

  #remove(layer: ShownLayer): void {
    for (const { id } of this.#styled(layer)) if (this.#map.getLayer(id)) this.#map.removeLayer(id);
    if (this.#map.getSource(sourceOf(layer.view))) this.#map.removeSource(sourceOf(layer.view));
  }

  #restyle(): void {
    for (const layer of this.#drawn) {
      for (const style of this.#styled(layer)) {
        if (!this.#map.getLayer(style.id)) continue;
        this.#map.setLayoutProperty(style.id, "visibility", layer.visible ? "visible" : "none");
        const paint = "paint" in style ? (style.paint as Record<string, unknown>) : {};
        for (const name of ["fill-opacity", "line-opacity"] as const)
          if (name in paint) this.#map.setPaintProperty(style.id, name, paint[name] as number);
      }
    }
  }

  #picture(name: string): void {
    const ratio = Math.max(1, Math.round(devicePixelRatio));
    const hatch = this.#drawn.flatMap((layer) => hatches(layer.view.legend)).find((one) => hatchName(one) === name);
    if (hatch) {
      const picture = hatchPicture(hatch, ratio);
      if (picture) this.#map.addImage(name, picture, { pixelRatio: ratio });
      return;
    }
    for (const by of this.#pictures) {
      const picture = by(name);
      if (!picture) continue;
      this.#map.addImage(name, picture, { pixelRatio: 2 });
      return;
    }
  }

  #remember(): void {
    if (this.#walking) {
      this.#walking = false;
      return;
    }
    const { centre, zoom } = this.standing;
    const here = this.#history[this.#place];
    if (here && here.zoom === zoom && here.centre[0] === centre[0] && here.centre[1] === centre[1]) return;
    this.#history = [...this.#history.slice(0, this.#place + 1), { centre, zoom }].slice(-60);
    this.#place = this.#history.length - 1;
  }
}

/** What a px is worth at a latitude: Web Mercator of tiles 512 px wide. */
export const metresPerPixel = (lat: number, zoom: number): number =>
  (Math.cos((lat * Math.PI) / 180) * 40_075_016.686) / (512 * 2 ** zoom);
