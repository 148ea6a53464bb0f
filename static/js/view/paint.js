/**
 * The picture of one instant: swell, wakes, then every pill in view from back
 * to front, and the marks around those that are lit, held or in focus.
 */

import { MARGIN, pill } from "./labels.js";
import { Swell } from "./swell.js";

const WAKE_FROM = 120; // world units / s
const WAKE_S = 0.42; // a wake is as long as the body came in this time
const WAKE_LONGEST = 240; // world units
const WAKE_OPENS = 0.22; // share by which its lines part over their whole length
/** Drawn over each other, so that a wake is strongest near its body. */
const WAKE_LINES = [
  { part: 1, alpha: 0.3 },
  { part: 0.6, alpha: 0.35 },
  { part: 0.3, alpha: 0.35 },
];
const DIMMED = 0.22;
const RING_GAP = 4; // CSS pixels between a pill and its ring

/**
 * What the painter shows beside the bodies.
 * @typedef {object} Marks
 * @property {string | null} attended
 * @property {string | null} focused
 * @property {string | null} inHand
 * @property {ReadonlySet<string>} held By anybody.
 * @property {ReadonlyMap<string, number>} lit Until which tick.
 * @property {string | null} picked
 * @property {string} tag Empty for all.
 */

export class Painter {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./palette.js").Palette} palette
   * @param {import("./labels.js").Labels} labels
   */
  constructor(canvas, palette, labels) {
    this.ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.palette = palette;
    this.labels = labels;
    this.swell = new Swell();
    this.ratio = 1;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {Marks} marks
   * @param {number} seconds Of drift since the last picture.
   * @returns {boolean} Whether every pill in view had its picture.
   */
  paint(camera, bodies, marks, seconds) {
    const { ctx, ratio } = this;
    const scale = camera.zoom * ratio;
    const left = camera.screenX(0) * ratio;
    const top = camera.screenY(0) * ratio;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.setTransform(scale, 0, 0, scale, left, top);
    ctx.strokeStyle = this.palette.colours.line;
    this.swell.paint(ctx, camera, bodies, seconds);
    this.#wakes(camera, bodies);
    this.labels.begin(ratio);
    let complete = true;
    let front = -1;
    for (const slot of bodies.order) {
      const link = bodies.links[slot];
      if (!link || bodies.present[slot] === 0 || !inView(camera, bodies, slot, link.width)) continue;
      // What is attended to comes in front of whatever drifts across it.
      if (link.id === marks.attended || link.id === marks.inHand) front = slot;
      else complete = this.#body(camera, bodies, marks, slot, link) && complete;
    }
    const link = bodies.links[front];
    if (link) complete = this.#body(camera, bodies, marks, front, link) && complete;
    ctx.globalAlpha = 1;
    return complete;
  }

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {Marks} marks
   * @param {number} slot
   * @param {import("../net/messages.js").PlacedLink} link
   */
  #body(camera, bodies, marks, slot, link) {
    const { ctx, ratio } = this;
    const dimmed = marks.tag !== "" && !link.tags.includes(marks.tag);
    const cos = Math.cos(bodies.drawn.angle[slot]) * ratio;
    const sin = Math.sin(bodies.drawn.angle[slot]) * ratio;
    const x = camera.screenX(bodies.drawn.x[slot]) * ratio;
    const y = camera.screenY(bodies.drawn.y[slot]) * ratio;
    const zoom = camera.zoom;
    ctx.globalAlpha = dimmed ? DIMMED : 1;
    const until = marks.lit.get(link.id);
    const lit = (until !== undefined && until > bodies.tick) || marks.picked === link.id;
    if (lit) {
      ctx.setTransform(cos * zoom, sin * zoom, -sin * zoom, cos * zoom, x, y);
      const halo = this.labels.halo(link);
      ctx.drawImage(halo, -halo.width / 2, -halo.height / 2);
    }
    const sprite = this.labels.sprite(link, zoom);
    if (sprite) {
      const k = zoom / sprite.scale;
      ctx.setTransform(cos * k, sin * k, -sin * k, cos * k, x, y);
      ctx.drawImage(sprite.canvas, -sprite.canvas.width / 2, -sprite.canvas.height / 2);
    } else {
      ctx.setTransform(cos * zoom, sin * zoom, -sin * zoom, cos * zoom, x, y);
      ctx.fillStyle = this.palette.colours.paper;
      pill(ctx, link.width, link.height);
      ctx.fill();
    }
    const held = marks.held.has(link.id) || marks.inHand === link.id;
    if (held || link.id === marks.focused) {
      ctx.setTransform(cos, sin, -sin, cos, x, y);
      this.#ring(link, zoom, link.id === marks.focused, marks.inHand === link.id);
    }
    return sprite !== null;
  }

  /**
   * @param {import("../net/messages.js").PlacedLink} link
   * @param {number} zoom
   * @param {boolean} focused
   * @param {boolean} mine
   */
  #ring(link, zoom, focused, mine) {
    const { ctx } = this;
    ctx.strokeStyle = this.palette.colours.accent;
    ctx.lineWidth = focused ? 2.5 : mine ? 1.5 : 1.2;
    if (!focused && !mine) ctx.setLineDash([2, 4]);
    pill(ctx, link.width * zoom + 2 * RING_GAP, link.height * zoom + 2 * RING_GAP);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /**
   * Soft lines behind each fast body, opening as they fall back.
   * @param {import("./camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   */
  #wakes(camera, bodies) {
    const { ctx } = this;
    const { vx, vy } = bodies.state;
    ctx.strokeStyle = this.palette.colours.wake;
    ctx.lineWidth = 1.2 / camera.zoom;
    for (const slot of bodies.order) {
      const link = bodies.links[slot];
      const speed = Math.abs(vx[slot]) + Math.abs(vy[slot]) > WAKE_FROM ? Math.hypot(vx[slot], vy[slot]) : 0;
      if (!link || speed < WAKE_FROM || bodies.present[slot] === 0 || bodies.pins.has(slot)) continue;
      if (!inView(camera, bodies, slot, link.width + speed * WAKE_S)) continue;
      this.#wake(bodies, slot, link, speed);
    }
    ctx.globalAlpha = 1;
  }

  /**
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} slot
   * @param {import("../net/messages.js").PlacedLink} link
   * @param {number} speed
   */
  #wake(bodies, slot, link, speed) {
    const { ctx } = this;
    const alongX = bodies.state.vx[slot] / speed;
    const alongY = bodies.state.vy[slot] / speed;
    const cos = Math.cos(bodies.drawn.angle[slot]);
    const sin = Math.sin(bodies.drawn.angle[slot]);
    const radius = link.height / 2;
    const half = link.width / 2 - radius;
    // The pill's rear end in a frame that looks along its way; the front end mirrors it.
    const lean = cos * alongY - sin * alongX;
    const back = Math.abs(half * (cos * alongX + sin * alongY));
    const off = half * lean * Math.sign(cos * alongX + sin * alongY || 1);
    const strength = Math.min(1, 0.35 + (speed - WAKE_FROM) / 400);
    const length = Math.min(WAKE_LONGEST, speed * WAKE_S);
    for (const { part, alpha } of WAKE_LINES) {
      ctx.globalAlpha = strength * alpha;
      ctx.beginPath();
      for (const edge of [-0.75, 0.75]) {
        this.#trail(bodies, slot, alongX, alongY, back, off + edge * radius, length, part);
        // Seen from the side the front end has a wake of its own.
        if (Math.abs(off) > radius) {
          this.#trail(bodies, slot, alongX, alongY, -back, -off + edge * radius, length, part);
        }
      }
      ctx.stroke();
    }
  }

  /**
   * One line of a wake, opening a little as it falls back.
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {number} slot
   * @param {number} alongX
   * @param {number} alongY
   * @param {number} back World units behind the body's middle.
   * @param {number} off And beside its way.
   * @param {number} length Of the whole wake.
   * @param {number} part How much of it to draw.
   */
  #trail({ drawn }, slot, alongX, alongY, back, off, length, part) {
    const x = drawn.x[slot];
    const y = drawn.y[slot];
    const end = back + length * part;
    const out = off * (1 + WAKE_OPENS * part);
    this.ctx.moveTo(x - alongX * back - alongY * off, y - alongY * back + alongX * off);
    this.ctx.lineTo(x - alongX * end - alongY * out, y - alongY * end + alongX * out);
  }
}

/**
 * @param {import("./camera.js").Camera} camera
 * @param {import("../water/bodies.js").Bodies} bodies
 * @param {number} slot
 * @param {number} size World units.
 */
function inView(camera, bodies, slot, size) {
  const reach = (size / 2 + MARGIN + 24) * camera.zoom;
  const x = camera.screenX(bodies.drawn.x[slot]);
  const y = camera.screenY(bodies.drawn.y[slot]);
  return x > -reach && y > -reach && x < camera.viewWidth + reach && y < camera.viewHeight + reach;
}
