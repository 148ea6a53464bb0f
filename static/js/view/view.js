/**
 * What the visitor looks at: which link has the attention, where the camera
 * goes for it, which card stands beside it, which bodies are held still.
 */

import { Attention } from "./attention.js";
import { Camera } from "./camera.js";

const MARGIN_PX = 24; // a pill nearer to the edge than this is not "in view"

const TOP_PX = 80; // where masthead and button stand: a pill there is not well seen
const CARD_FROM = 0.75; // of a flight: before, its card would race along

/** Where to look for a beginning, as shares of the world; the middle comes first and wins a draw. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((down) =>
  [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map((across) => [across, down]),
);

/** @typedef {import("../net/messages.js").PlacedLink} PlacedLink */
/** @typedef {import("./preview.js").Surfacing} Surfacing */

export class View {
  /**
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {import("./preview.js").Preview} preview
   * @param {boolean} calm The visitor prefers reduced motion: flights are cuts.
   */
  constructor(bodies, preview, calm) {
    this.bodies = bodies;
    this.preview = preview;
    this.calm = calm;
    this.camera = new Camera();
    this.attention = new Attention(() => this.attend());
    /** @type {Set<string>} */
    this.held = new Set();
    /** @type {Map<string, number>} */
    this.lit = new Map();
    /** @type {import("./paint.js").Marks} */
    this.marks = {
      attended: null,
      focused: null,
      inHand: null,
      held: this.held,
      lit: this.lit,
      picked: null,
      tag: "",
    };
    /** @type {Surfacing | null} Why the picked link is here. */
    this.surfacing = null;
    /** Something changed that the next frame must show. */
    this.dirty = true;
  }

  /** The card has another size: what a sheet covers is the camera's to know. */
  cardResized() {
    this.camera.insetBottom = this.preview.inset;
    this.dirty = true;
  }

  /**
   * Bring a link forward: fly to it, stay with it, open its card.
   * @param {string} id
   * @param {Surfacing | null} surfacing Why, when it was picked.
   */
  bring(id, surfacing) {
    const link = this.bodies.byId.get(id);
    if (!link) return;
    this.marks.picked = id;
    this.surfacing = surfacing;
    // A second pick of the same link has a new reason: the card is filled anew.
    const focused = this.attention.ids.focused === id ? id : null;
    this.attention.ids = { hovered: null, focused, brought: id };
    this.attend();
    const { lift } = this.preview;
    this.camera.fly(() => this.#middleOf(link.slot, lift), {
      zoom: Math.max(1, this.camera.zoom),
      cut: this.calm,
      follow: true,
    });
  }

  /**
   * A finger tapped a pill: its card comes first, a second tap opens it.
   * @param {PlacedLink} link
   */
  touch(link) {
    if (this.marks.picked !== link.id) this.#forgetPick();
    this.camera.following = null;
    this.attention.set("brought", link.id);
    this.keepInView(link);
  }

  /** Attend to nothing, and let the camera rest. */
  dismiss() {
    this.#forgetPick();
    this.camera.rest();
    this.attention.clear();
    this.dirty = true;
  }

  #forgetPick() {
    this.marks.picked = null;
    this.surfacing = null;
  }

  /** The archive or the hands changed: forget links that left. */
  review() {
    const { ids } = this.attention;
    for (const way of /** @type {const} */ (["hovered", "focused", "brought"])) {
      const id = ids[way];
      if (id !== null && !this.bodies.byId.has(id)) ids[way] = null;
    }
    this.attend();
  }

  /** The attention may have gone elsewhere: hold that still, show its card. */
  attend() {
    const { attention, bodies, marks, preview } = this;
    for (const slot of [...bodies.pins.keys()]) {
      const link = bodies.links[slot];
      if (!link || (!attention.holds(link.id) && link.id !== marks.inHand)) bodies.unpin(slot);
    }
    for (const id of [attention.ids.hovered, attention.ids.focused]) {
      const link = id === null ? undefined : bodies.byId.get(id);
      if (link && bodies.shown(link.slot) && !bodies.pins.has(link.slot)) bodies.pin(link.slot);
    }
    marks.attended = attention.id;
    marks.focused = attention.ids.focused;
    const link = attention.id === null ? undefined : bodies.byId.get(attention.id);
    if (link && (marks.inHand === null || attention.ids.focused === link.id)) {
      preview.show(link, link.id === marks.picked ? this.surfacing : null);
      // At once: for a frame it would stand where the last one stood, there perhaps take
      // the mouse from the pill it speaks of, and go again.
      this.placeCard();
    } else {
      preview.hide();
    }
    this.camera.insetBottom = preview.inset;
    this.dirty = true;
  }

  /**
   * Fly to a pill only if it is out of sight.
   * @param {PlacedLink} link
   */
  keepInView(link) {
    const { lift } = this.preview;
    if (!this.#sees(link)) this.camera.fly(() => this.#middleOf(link.slot, lift), { cut: this.calm });
  }

  /**
   * Whether a pill is in view whole, or its middle when it is wider than the view.
   * @param {PlacedLink} link
   */
  #sees(link) {
    const box = this.boxOf(link);
    const { viewWidth, viewHeight } = this.camera;
    const slack = Math.max(0, (box.right - box.left - viewWidth) / 2 + 2 * MARGIN_PX);
    return (
      box.left + slack > MARGIN_PX &&
      box.top > MARGIN_PX &&
      box.right - slack < viewWidth - MARGIN_PX &&
      box.bottom < viewHeight - this.preview.inset - MARGIN_PX
    );
  }

  /**
   * Where the camera looks so that a pill is amid what the sheet leaves free, or
   * amid the view together with its card.
   * @param {number} slot
   * @param {{x: number, y: number}} lift As its card was when the camera set out: others may be shown since.
   */
  #middleOf(slot, lift) {
    const { x, y } = this.bodies.drawn;
    const { zoom } = this.camera;
    return { x: x[slot] + lift.x / zoom, y: y[slot] + (this.preview.inset / 2 + lift.y) / zoom };
  }

  /**
   * Begin where there is most to see: the place around the middle of the water
   * from which the most pills are in view, those in full before halves.
   */
  settle() {
    const { bodies, camera } = this;
    let most = -1;
    let best = { x: bodies.width / 2, y: bodies.height / 2 };
    for (const [across, down] of PLACES) {
      camera.x = across * bodies.width;
      camera.y = down * bodies.height;
      let seen = 0;
      for (const link of bodies.byId.values()) if (bodies.shown(link.slot)) seen += this.#share(link) ** 2;
      if (seen <= most) continue;
      most = seen;
      best = { x: camera.x, y: camera.y };
    }
    camera.x = best.x;
    camera.y = best.y;
  }

  /**
   * How much of a pill is in view, 0 to 1.
   * @param {PlacedLink} link
   */
  #share(link) {
    const { left, top, right, bottom } = this.boxOf(link);
    const { viewWidth, viewHeight } = this.camera;
    const across = Math.min(viewWidth, right) - Math.max(0, left);
    const down = Math.min(viewHeight - TOP_PX, bottom) - Math.max(TOP_PX, top);
    if (across <= 0 || down <= 0) return 0;
    return (across * down) / ((right - left) * (bottom - top));
  }

  /** Let the stylesheet know when all the water is in view. */
  tellZoom() {
    const { zoom, fitZoom } = this.camera;
    const view = zoom < 1 && zoom < fitZoom * 1.15 ? "whole" : "part";
    const { dataset } = document.documentElement;
    if (dataset.view !== view) dataset.view = view;
  }

  /** Keep the card beside its pill. */
  placeCard() {
    const link = this.preview.link && this.bodies.byId.get(this.preview.link.id);
    if (!link) return;
    const { flight, viewWidth, viewHeight } = this.camera;
    const box = this.boxOf(link);
    const away = box.right < 0 || box.bottom < 0 || box.left > viewWidth || box.top > viewHeight;
    const underWay = flight !== null && flight.passed < flight.seconds * CARD_FROM;
    this.preview.wait(away || underWay);
    this.preview.place(box, viewWidth, viewHeight);
  }

  /**
   * A pill's bounds on the screen, CSS pixels.
   * @param {PlacedLink} link
   */
  boxOf({ slot, width, height }) {
    const { drawn } = this.bodies;
    const { camera } = this;
    const half = (width - height) / 2;
    const reachX = (half * Math.abs(Math.cos(drawn.angle[slot])) + height / 2) * camera.zoom;
    const reachY = (half * Math.abs(Math.sin(drawn.angle[slot])) + height / 2) * camera.zoom;
    const x = camera.screenX(drawn.x[slot]);
    const y = camera.screenY(drawn.y[slot]);
    return { left: x - reachX, top: y - reachY, right: x + reachX, bottom: y + reachY };
  }
}
