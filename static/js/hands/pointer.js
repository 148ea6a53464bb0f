/**
 * Mouse, pen and fingers on the water: a pill is clicked or dragged, the water
 * is pushed aside, two fingers zoom, a resting mouse looks.
 */

import { Flick } from "./flick.js";

const CLICK_PX = 6;
const CLICK_MS = 400;
const HOVER_MS = 80;
const LEAVE_MS = 220; // time to reach the card before it goes
const LEAST_TARGET_PX = 24;
const WHEEL_LINE_PX = 18;

/**
 * What gestures lead to.
 * @typedef {object} Gestures
 * @property {(slot: number) => void} hovered −1 for none.
 * @property {(slot: number, touch: boolean) => void} clicked −1 for the water.
 * @property {(slot: number, x: number, y: number, nowMs: number) => boolean} take World units.
 * @property {(x: number, y: number, nowMs: number) => void} drag World units.
 * @property {(vx: number, vy: number, nowMs: number) => void} release World units / s.
 * @property {() => void} moved The view was moved by hand.
 */

/** @typedef {{x: number, y: number}} Point */

export class Pointer {
  /**
   * @param {HTMLElement} stage
   * @param {import("../view/camera.js").Camera} camera
   * @param {import("../water/bodies.js").Bodies} bodies
   * @param {Gestures} gestures
   */
  constructor(stage, camera, bodies, gestures) {
    this.stage = stage;
    this.camera = camera;
    this.bodies = bodies;
    this.gestures = gestures;
    /** @type {Map<number, Point>} */
    this.fingers = new Map();
    /** @type {"none" | "pressed" | "drag" | "pan" | "pinch"} */
    this.mode = "none";
    this.slot = -1;
    this.startX = 0;
    this.startY = 0;
    this.startedAt = 0;
    this.lead = -1;
    this.flick = new Flick();
    this.hoverTimer = 0;
    this.hoverSlot = -1;
    stage.addEventListener("pointerdown", (event) => this.#down(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    stage.addEventListener("pointerup", (event) => this.#up(event, false));
    stage.addEventListener("pointercancel", (event) => this.#up(event, true));
    stage.addEventListener("pointerleave", () => this.#hover(-1));
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    // The browser's own picture drag and long-press menu would end a gesture.
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    stage.addEventListener("contextmenu", (event) => {
      if (this.mode !== "none") event.preventDefault();
    });
  }

  /** @param {MouseEvent} event */
  #at(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {Point} point */
  #slotAt(point) {
    const { camera } = this;
    const slop = Math.max(2, (LEAST_TARGET_PX - 34 * camera.zoom) / 2) / camera.zoom;
    return this.bodies.at(camera.worldX(point.x), camera.worldY(point.y), slop);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const point = this.#at(event);
    this.fingers.set(event.pointerId, point);
    this.stage.setPointerCapture(event.pointerId);
    // A press on the water takes the focus from the list, as on any page.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (this.fingers.size === 2 && this.mode !== "drag") {
      this.mode = "pinch";
      this.camera.rest();
      this.camera.held = true;
      return;
    }
    if (this.fingers.size > 1) return;
    this.lead = event.pointerId;
    this.mode = "pressed";
    this.slot = this.#slotAt(point);
    this.startX = point.x;
    this.startY = point.y;
    this.startedAt = event.timeStamp;
    this.flick.reset();
    this.flick.add(point.x, point.y, event.timeStamp);
    if (this.slot < 0) this.camera.rest();
    this.camera.held = true;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const point = this.#at(event);
    const before = this.fingers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") this.#look(point);
      return;
    }
    if (this.mode === "pinch") {
      this.#pinch(event.pointerId, before, point);
    } else if (event.pointerId === this.lead) {
      this.#lead(before, point, event.timeStamp);
    }
    this.fingers.set(event.pointerId, point);
  }

  /**
   * @param {Point} before
   * @param {Point} point
   * @param {number} nowMs
   */
  #lead(before, point, nowMs) {
    const { camera, gestures } = this;
    this.flick.add(point.x, point.y, nowMs);
    if (this.mode === "pressed" && Math.hypot(point.x - this.startX, point.y - this.startY) >= CLICK_PX) {
      const x = camera.worldX(this.startX);
      const y = camera.worldY(this.startY);
      const taken = this.slot >= 0 && gestures.take(this.slot, x, y, nowMs);
      this.mode = taken ? "drag" : "pan";
      this.stage.dataset.gesture = this.mode;
      clearTimeout(this.hoverTimer);
      if (!taken) camera.rest();
      before = { x: this.startX, y: this.startY };
    }
    if (this.mode === "drag") {
      gestures.drag(camera.worldX(point.x), camera.worldY(point.y), nowMs);
    } else if (this.mode === "pan") {
      camera.pan(point.x - before.x, point.y - before.y);
      gestures.moved();
    }
  }

  /**
   * @param {number} id
   * @param {Point} before
   * @param {Point} point
   */
  #pinch(id, before, point) {
    const other = [...this.fingers].find(([finger]) => finger !== id)?.[1];
    if (!other) return;
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(point.x - other.x, point.y - other.y);
    const middleX = (point.x + other.x) / 2;
    const middleY = (point.y + other.y) / 2;
    this.camera.pan(middleX - (before.x + other.x) / 2, middleY - (before.y + other.y) / 2);
    if (was > 8 && is > 8) this.camera.zoomBy(is / was, middleX, middleY);
    this.gestures.moved();
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} cancelled The browser took the gesture over.
   */
  #up(event, cancelled) {
    if (!this.fingers.delete(event.pointerId)) return;
    if (this.mode === "pinch") {
      if (this.fingers.size === 0) this.#rest();
      return;
    }
    if (event.pointerId !== this.lead) return;
    const { camera, gestures } = this;
    const { vx, vy } = cancelled ? { vx: 0, vy: 0 } : this.flick.velocity(event.timeStamp);
    if (this.mode === "drag") {
      gestures.release(vx / camera.zoom, vy / camera.zoom, event.timeStamp);
    } else if (this.mode === "pan") {
      camera.vx = -vx / camera.zoom;
      camera.vy = -vy / camera.zoom;
    } else if (this.mode === "pressed" && !cancelled && event.timeStamp - this.startedAt < CLICK_MS) {
      gestures.clicked(this.slot, event.pointerType === "touch");
    }
    this.#rest();
  }

  #rest() {
    this.mode = "none";
    this.camera.held = false;
    delete this.stage.dataset.gesture;
  }

  /** Let go of a drag without a fling: Escape, or the server took it. */
  cancel() {
    if (this.mode !== "drag") return;
    this.mode = "none";
    this.camera.held = false;
    this.fingers.clear();
    delete this.stage.dataset.gesture;
  }

  /** @param {Point} point */
  #look(point) {
    const slot = this.#slotAt(point);
    this.stage.classList.toggle("over", slot >= 0);
    this.#hover(slot);
  }

  /** @param {number} slot */
  #hover(slot) {
    if (slot === this.hoverSlot) return;
    this.hoverSlot = slot;
    clearTimeout(this.hoverTimer);
    this.hoverTimer = window.setTimeout(
      () => this.gestures.hovered(slot),
      slot >= 0 ? HOVER_MS : LEAVE_MS,
    );
  }

  /** The pointer is on the card: keep what it shows. */
  keepHover() {
    clearTimeout(this.hoverTimer);
  }

  /** The pointer left the card. */
  endHover() {
    this.hoverSlot = -2;
    this.#hover(-1);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PX : 1;
    this.camera.rest();
    if (event.ctrlKey || event.metaKey) {
      const { x, y } = this.#at(event);
      this.camera.zoomBy(Math.exp(-event.deltaY * unit * 0.005), x, y);
    } else {
      const sideways = event.shiftKey && event.deltaX === 0;
      this.camera.pan(-(sideways ? event.deltaY : event.deltaX) * unit, sideways ? 0 : -event.deltaY * unit);
    }
    this.gestures.moved();
  }
}
