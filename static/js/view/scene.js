/**
 * The scene: what the water tells and what the hands do become changes of view and
 * chrome; each animation frame shows them. It knows the water by its interface alone.
 */

import { sentenceFor } from "../net/messages.js";
import { Hand } from "../hands/hand.js";
import { Nudge } from "../hands/nudge.js";

const SHARPEST = 3; // device pixels per CSS pixel, at most

/**
 * What the page is made of.
 * @typedef {object} Parts
 * @property {import("../water/water.js").Water} water
 * @property {import("./view.js").View} view
 * @property {import("./paint.js").Painter} painter
 * @property {import("./chart.js").Chart} chart
 * @property {import("./map.js").ChartMap} map
 * @property {import("../chrome/links.js").LinkList} list
 * @property {import("../chrome/tags.js").TagMenu} tags
 * @property {import("../chrome/notice.js").Notice} notice
 * @property {import("../chrome/status.js").Status} status
 * @property {import("../chrome/trouble.js").Trouble} trouble
 * @property {HTMLCanvasElement[]} canvases
 * @property {() => void} slipped Tells the pointer that its drag is over.
 * @property {string | null} wanted A link the address asks for.
 */

export class Scene {
  /** @param {Parts} parts */
  constructor(parts) {
    const { water, view } = parts;
    this.parts = parts;
    this.water = water;
    this.bodies = water.bodies;
    this.view = view;
    this.hand = new Hand(water);
    this.nudge = new Nudge(this.hand, () => view.attention.ids.focused, {
      take: (slot, x, y, nowMs) => this.take(slot, x, y, nowMs),
      letGo: (nowMs) => this.letGo(0, 0, nowMs),
      moved: (link) => {
        view.keepInView(link);
        view.dirty = true;
      },
    });
    this.wanted = parts.wanted;
    /** The camera has its first place. */
    this.settled = false;
    this.ratio = 1;
    this.#listen();
  }

  /** Begin; nothing was shown before. */
  start() {
    this.resize();
    this.water.start();
  }

  // What the water tells.

  #listen() {
    const { parts, view } = this;
    const { events } = this.water;
    events.on("placed", (placed) => this.#placed(placed));
    events.on("framed", () => this.#framed());
    events.on("awaited", () => parts.status.waiting());
    events.on("held", (id) => {
      view.held.add(id);
      view.dirty = true;
    });
    events.on("released", (id) => {
      view.held.delete(id);
      view.dirty = true;
    });
    events.on("lit", ({ id, until_tick }) => {
      view.lit.set(id, until_tick);
      view.dirty = true;
    });
    events.on("slipped", (sentence) => this.#slip(sentence));
    events.on("refused", (sentence) => parts.notice.answer(sentence));
    events.on("lost", () => {
      parts.status.connected = false;
      view.held.clear();
      view.dirty = true;
    });
  }

  /** @param {import("../water/water.js").Placed} placed */
  #placed({ links, world, held, lit, anew, news, trouble }) {
    const { parts, view } = this;
    parts.trouble.hear(trouble);
    parts.status.connected = true;
    if (anew) view.lit.clear();
    view.held.clear();
    for (const id of held) view.held.add(id);
    for (const { id, until_tick } of lit) view.lit.set(id, until_tick);
    view.camera.setWorld(world.width, world.height);
    parts.list.update(links);
    view.marks.tag = parts.tags.update(links);
    parts.chart.refresh();
    parts.map.resize(world.width, world.height, this.ratio);
    view.preview.footnotes.forget();
    view.review();
    if (news !== "") parts.notice.tell(news);
  }

  #framed() {
    const { parts, view, wanted } = this;
    parts.status.heard();
    view.dirty = true;
    if (!this.settled) {
      this.settled = true;
      view.settle();
    }
    this.wanted = null;
    if (wanted !== null) view.bring(wanted, null);
  }

  /**
   * What was in hand is not any more.
   * @param {string} sentence Why.
   */
  #slip(sentence) {
    this.nudge.end();
    this.parts.slipped();
    this.hand.lose();
    this.#emptied();
    this.parts.notice.answer(sentence);
  }

  #emptied() {
    this.view.marks.inHand = null;
    this.view.attend();
  }

  // Whether to watch.

  /** @param {boolean} paused */
  pause(paused) {
    this.water.pause(paused);
    this.view.dirty = true;
  }

  /** @param {boolean} seen Somebody can see the canvas. */
  look(seen) {
    this.water.look(seen);
    this.view.dirty = true;
  }

  // What the hands do.

  /**
   * @param {number} slot
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   * @returns {boolean} Whether it is in hand, as far as we know.
   */
  take(slot, x, y, nowMs) {
    const { view } = this;
    const link = this.bodies.links[slot];
    if (!link) return false;
    if (view.held.has(link.id)) {
      this.parts.notice.answer(sentenceFor({ code: "held" }));
      return false;
    }
    if (!this.hand.take(slot, x, y, nowMs)) return false;
    view.camera.rest();
    view.marks.inHand = link.id;
    view.attention.set("hovered", null);
    view.attend();
    return true;
  }

  /**
   * @param {number} x World units.
   * @param {number} y
   * @param {number} nowMs
   */
  drag(x, y, nowMs) {
    this.hand.move(x, y, nowMs);
    this.view.dirty = true;
  }

  /**
   * @param {number} vx World units / s.
   * @param {number} vy
   * @param {number} nowMs
   */
  letGo(vx, vy, nowMs) {
    this.nudge.end();
    this.hand.release(vx, vy, nowMs);
    this.#emptied();
  }

  /** Let go what is in hand; else attend to nothing. */
  escape() {
    if (this.hand.grip) {
      this.parts.slipped();
      this.letGo(0, 0, performance.now());
    } else {
      this.view.dismiss();
    }
  }

  /** @param {string} id */
  noteOpened(id) {
    this.water.opened(id);
    this.view.dirty = true;
  }

  // Each frame.

  resize() {
    const { parts, view, bodies } = this;
    const { clientWidth, clientHeight } = parts.canvases[0];
    this.ratio = Math.min(SHARPEST, window.devicePixelRatio || 1);
    for (const canvas of parts.canvases) {
      canvas.width = Math.round(clientWidth * this.ratio);
      canvas.height = Math.round(clientHeight * this.ratio);
    }
    parts.painter.ratio = this.ratio;
    view.camera.resize(clientWidth, clientHeight);
    parts.map.resize(bodies.width, bodies.height, this.ratio);
    parts.chart.refresh();
    view.attend();
  }

  /**
   * @param {number} nowMs
   * @param {number} seconds Since the frame before.
   */
  frame(nowMs, seconds) {
    const { parts, bodies, view, water } = this;
    this.hand.place();
    const passed = water.run(performance.now(), seconds);
    parts.status.update(nowMs, water.paused, bodies.ready);
    if (!bodies.ready) return;
    const moved = view.camera.advance(seconds);
    if (!moved && !view.dirty && passed === 0) return;
    parts.chart.paint(view.camera, bodies, this.ratio, nowMs, moved || view.dirty);
    view.dirty = !parts.painter.paint(view.camera, bodies, view.marks, passed);
    parts.map.paint(bodies, view.marks, nowMs, moved);
    view.tellZoom();
    view.placeCard();
  }
}
