/**
 * Each pill drawn once, as a small printed label, and kept as a picture. The
 * loop then only places pictures. A picture belongs to one link object, one
 * scale and one set of colours; a changed link is a new object.
 */

import { mix } from "./palette.js";

/** Room for the soft shadow around a pill, world units. */
export const MARGIN = 7;
/** Pictures are kept at these zooms and scaled down from the next above. */
const STOPS = [0.25, 0.5, 1, 2, 3];
const MOST_PIXELS = 30e6;
const STALE_PICTURES = 240; // frames unused
const BUDGET_MS = 3; // for new pictures in one frame: the rest wait their turn
const GLOW = 40; // world units a lit label shines beyond its edge
const INNER_RULE = 3; // world units from the edge

/** @typedef {import("../net/messages.js").PlacedLink} PlacedLink */
/** @typedef {{canvas: HTMLCanvasElement, link: PlacedLink, scale: number, usedAt: number}} Sprite */

export class Labels {
  /**
   * @param {import("./palette.js").Palette} palette
   * @param {(link: PlacedLink) => number} hueOf Which of the palette's hues a link has.
   * @param {string} font Families, as a stylesheet names them.
   */
  constructor(palette, hueOf, font) {
    this.palette = palette;
    this.hueOf = hueOf;
    this.font = font;
    this.ratio = 1;
    /** @type {Map<number, Sprite>} */
    this.sprites = new Map();
    /** @type {WeakMap<PlacedLink, HTMLCanvasElement>} */
    this.halos = new WeakMap();
    this.pixels = 0;
    this.frame = 0;
    this.spentMs = 0;
  }

  /** Forget all pictures: colours, font or pixel ratio changed. */
  clear() {
    this.sprites.clear();
    this.halos = new WeakMap();
    this.pixels = 0;
  }

  /** @param {number} ratio Device pixels per CSS pixel. */
  begin(ratio) {
    if (ratio !== this.ratio) this.clear();
    this.ratio = ratio;
    this.frame += 1;
    this.spentMs = 0;
    if (this.pixels > MOST_PIXELS) this.#evict();
  }

  #evict() {
    for (const [key, sprite] of this.sprites) {
      if (this.frame - sprite.usedAt < STALE_PICTURES) continue;
      this.pixels -= sprite.canvas.width * sprite.canvas.height;
      this.sprites.delete(key);
    }
  }

  /**
   * The picture of a link for a zoom; null when this frame has no time left to make it.
   * @param {PlacedLink} link
   * @param {number} zoom
   * @returns {Sprite | null}
   */
  sprite(link, zoom) {
    let stop = STOPS.length - 1;
    while (stop > 0 && STOPS[stop - 1] >= zoom) stop -= 1;
    const key = link.slot * STOPS.length + stop;
    const kept = this.sprites.get(key);
    if (kept && kept.link === link) {
      kept.usedAt = this.frame;
      return kept;
    }
    if (this.spentMs > BUDGET_MS) return null;
    const began = performance.now();
    if (kept) this.pixels -= kept.canvas.width * kept.canvas.height;
    const sprite = this.#make(link, STOPS[stop] * this.ratio);
    this.sprites.set(key, sprite);
    this.pixels += sprite.canvas.width * sprite.canvas.height;
    this.spentMs += performance.now() - began;
    return sprite;
  }

  /**
   * @param {PlacedLink} link
   * @param {number} scale Device pixels per world unit.
   * @returns {Sprite}
   */
  #make(link, scale) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil((link.width + 2 * MARGIN) * scale);
    canvas.height = Math.ceil((link.height + 2 * MARGIN) * scale);
    const ctx = canvas.getContext("2d");
    if (ctx) this.#print(ctx, link, scale);
    return { canvas, link, scale, usedAt: this.frame };
  }

  /**
   * The lamp behind a lit label; few are lit at a time, so one scale will do.
   * @param {PlacedLink} link
   * @returns {HTMLCanvasElement}
   */
  halo(link) {
    const kept = this.halos.get(link);
    if (kept) return kept;
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(link.width + 2 * GLOW);
    canvas.height = Math.ceil(link.height + 2 * GLOW);
    const ctx = canvas.getContext("2d");
    if (ctx) {
      ctx.translate(canvas.width / 2, canvas.height / 2);
      ctx.fillStyle = ctx.shadowColor = this.palette.colours.lit;
      for (const blur of [GLOW * 0.9, GLOW * 0.4]) {
        ctx.shadowBlur = blur;
        pill(ctx, link.width, link.height);
        ctx.fill();
      }
    }
    this.halos.set(link, canvas);
    return canvas;
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {PlacedLink} link
   * @param {number} scale
   */
  #print(ctx, link, scale) {
    const { paper, ink, water, shade, hues } = this.palette.colours;
    const { width, height, neglect } = link;
    const hue = hues[this.hueOf(link)];
    const sunk = 1 - neglect;
    const ground = mix(mix(paper, hue, 0.05), water, 0.5 * sunk);
    ctx.setTransform(scale, 0, 0, scale, ctx.canvas.width / 2, ctx.canvas.height / 2);
    // Shadow lengths are device pixels, whatever the transform.
    ctx.shadowColor = shade;
    ctx.shadowBlur = (1.5 + 3 * neglect) * scale;
    ctx.shadowOffsetY = (0.5 + neglect) * scale;
    ctx.fillStyle = ground;
    pill(ctx, width, height);
    ctx.fill();
    ctx.shadowColor = "transparent";
    ctx.lineWidth = 1;
    ctx.strokeStyle = mix(ground, ink, 0.22 + 0.2 * neglect);
    pill(ctx, width - 1, height - 1);
    ctx.stroke();
    ctx.lineWidth = 0.8 + 0.6 * neglect;
    ctx.strokeStyle = mix(ground, hue, 0.45 + 0.4 * neglect);
    pill(ctx, width - 2 * INNER_RULE - 1, height - 2 * INNER_RULE - 1);
    ctx.stroke();
    ctx.font = `${link.font_px}px ${this.font}`;
    // The server sums plain advance widths: no kerning, no ligatures here either.
    ctx.fontKerning = "none";
    ctx.textRendering = "optimizeSpeed";
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = mix(ink, ground, 0.26 * sunk);
    ctx.fillText(link.label, 0, link.font_px * 0.335, width - 2 * INNER_RULE - 6);
  }
}

/**
 * Trace a pill about the origin.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} width
 * @param {number} height
 */
export function pill(ctx, width, height) {
  const radius = height / 2;
  const reach = Math.max(0, width / 2 - radius);
  ctx.beginPath();
  ctx.arc(reach, 0, radius, -Math.PI / 2, Math.PI / 2);
  ctx.arc(-reach, 0, radius, Math.PI / 2, (3 * Math.PI) / 2);
  ctx.closePath();
}
