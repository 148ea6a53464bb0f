/** The playground's entry: finds the parts in the document and joins them. */

import { Finder } from "../chrome/find.js";
import { byline, LinkList } from "../chrome/links.js";
import { Lucky } from "../chrome/lucky.js";
import { Notice } from "../chrome/notice.js";
import { Status } from "../chrome/status.js";
import { TagMenu } from "../chrome/tags.js";
import { Trouble } from "../chrome/trouble.js";
import { Walk } from "../chrome/walk.js";
import { listenForKeys } from "../hands/keyboard.js";
import { Pointer } from "../hands/pointer.js";
import { sentenceFor } from "../net/messages.js";
import { Chart } from "../view/chart.js";
import { Labels } from "../view/labels.js";
import { Loop } from "../view/loop.js";
import { ChartMap } from "../view/map.js";
import { Painter } from "../view/paint.js";
import { Palette } from "../view/palette.js";
import { permalinkTo, Preview } from "../view/preview.js";
import { Scene } from "../view/scene.js";
import { View } from "../view/view.js";
import { SharedWater } from "../water/shared.js";

const FONT = "Literata";
const FALLBACK = '"Noto Serif CJK KR", "Noto Serif KR", "Apple Color Emoji", "Noto Color Emoji", serif';
const ZOOM = 1.4;
const NARROW = 600; // CSS pixels: a phone held upright
const NARROW_ZOOM = 0.8; // half as many labels again at first; still over 24 px high

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (element);
}

function start() {
  const stage = byId("stage");
  /** @type {HTMLCanvasElement} */
  const waterCanvas = byId("water");
  /** @type {HTMLCanvasElement} */
  const driftCanvas = byId("drift");
  /** @type {HTMLDialogElement} */
  const help = byId("help");
  const card = byId("preview");

  const socketUrl = new URL("/ws", location.href);
  socketUrl.protocol = socketUrl.protocol.replace("http", "ws");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // Who prefers less motion begins with a still picture.
  const water = new SharedWater(socketUrl.href, calm);
  const { bodies } = water;
  const walk = new Walk((step) => stepTo(step));
  const preview = new Preview(card, walk, () => view.cardResized());
  const view = new View(bodies, preview, calm);
  const { attention, camera } = view;

  const tags = new TagMenu(byId("tag"), (tag) => {
    view.marks.tag = tag;
    view.dirty = true;
  });
  if (stage.clientWidth < NARROW) camera.zoom = NARROW_ZOOM;
  const palette = new Palette(() => {
    labels.clear();
    chart.refresh();
    view.dirty = true;
    showTheme();
  });
  const labels = new Labels(palette, (link) => tags.hueOf(link), `${FONT}, ${FALLBACK}`);
  const chart = new Chart(waterCanvas, palette);
  const notice = new Notice(byId("notice"), byId("live"));
  const list = new LinkList(byId("links"), {
    focused: (id) => {
      attention.set("focused", id);
      const link = bodies.byId.get(id);
      if (link && bodies.ready) view.keepInView(link);
    },
    left: (to) => unfocus(to),
    opened: (id) => scene.noteOpened(id),
  });
  const scene = new Scene({
    ...{ water, view, chart, list, tags, notice },
    painter: new Painter(driftCanvas, palette, labels),
    map: new ChartMap(byId("map"), palette, camera),
    status: new Status(notice),
    trouble: new Trouble(byId("trouble")),
    canvases: [waterCanvas, driftCanvas],
    slipped: () => pointer.cancel(),
    wanted: stage.dataset.picked || null,
  });
  const lucky = new Lucky(water, {
    picked: ({ link, why, permalink }) => {
      view.bring(link.id, { why, permalink });
      // Whoever walks the list goes on from the pick, and opens it with Enter.
      if (list.hasFocus) list.focus(link.id);
      notice.announce(`${link.title}, ${byline(link)}. ${why}`);
    },
    failed: (sentence) => notice.answer(sentence),
  });
  /** @param {EventTarget | null} to */
  const unfocus = (to) => {
    // Going over to the card is no leaving: it speaks of the link in focus.
    if (!(to instanceof Node && card.contains(to))) attention.set("focused", null);
  };
  /**
   * @param {{at: string, why: string}} step Of a walk.
   * @param {boolean} [byKey]
   */
  const stepTo = ({ at, why }, byKey = false) => {
    const link = bodies.byId.get(at);
    if (!link) return notice.answer(sentenceFor({ code: "unknown_link" }));
    // Whoever walks by keys goes on by keys from where the walk leads.
    const focus = byKey || list.hasFocus || card.querySelector(":focus-visible") !== null;
    view.bring(at, { why, permalink: permalinkTo(at) });
    if (focus) list.focus(at);
    notice.announce(`${link.title}, ${byline(link)}. ${why}`);
  };
  /**
   * @param {number} index Of a footnote on the card.
   * @param {boolean} [byKey]
   */
  const follow = (index, byKey) => {
    const note = preview.footnotes.here?.[index];
    if (!note || !preview.link) return false;
    const at = preview.link.id;
    const to = { at: note.link.id, why: note.why };
    if (bodies.byId.has(to.at)) {
      walk.step({ at, why: view.marks.picked === at ? (view.surfacing?.why ?? "") : "" }, to);
    }
    stepTo(to, byKey);
    return true;
  };
  const pressLucky = () => lucky.press(tags.tag);

  const pointer = new Pointer(stage, camera, bodies, {
    hovered: (slot) => attention.set("hovered", slot < 0 ? null : (bodies.links[slot]?.id ?? null)),
    clicked: (slot, touch) => {
      const link = bodies.links[slot];
      if (!link) scene.escape();
      else if (touch && attention.ids.brought !== link.id) view.touch(link);
      else list.open(link.id);
    },
    take: (slot, x, y, nowMs) => scene.take(slot, x, y, nowMs),
    drag: (x, y, nowMs) => scene.drag(x, y, nowMs),
    release: (vx, vy, nowMs) => scene.letGo(vx, vy, nowMs),
    moved: () => {
      view.dirty = true;
    },
  });

  // A card under the mouse stays where it is, and so must its pill: also one that was
  // brought forward, and would drift on with its card under the hand.
  for (const reached of /** @type {const} */ (["pointerenter", "pointermove"])) {
    card.addEventListener(reached, ({ pointerType }) => {
      pointer.keepHover();
      if (pointerType !== "touch") attention.set("hovered", preview.link?.id ?? null);
    });
  }
  card.addEventListener("pointerleave", () => pointer.endHover());
  card.addEventListener("focusout", (event) => unfocus(event.relatedTarget));
  card.addEventListener("click", (event) => {
    const target = event.target instanceof HTMLElement ? event.target.closest("a") : null;
    if (target?.dataset.id) scene.noteOpened(target.dataset.id);
    if (!target?.dataset.footnote || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow([...preview.notes.children].findIndex((item) => item.contains(target)));
  });

  const finder = new Finder(byId("find"), () => bodies.byId.values(), (id) => {
    view.bring(id, null);
    list.focus(id);
  });
  const zoom = (/** @type {number} */ factor) => {
    camera.rest();
    camera.zoomBy(factor);
    view.dirty = true;
  };
  const fit = () =>
    camera.fly(() => ({ x: bodies.width / 2, y: bodies.height / 2 }), { zoom: 0, cut: calm });
  const turnPause = () => {
    scene.pause(!water.paused);
    showPause();
    notice.announce(water.paused ? "Paused" : "Drifting");
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    lucky: pressLucky,
    pause: turnPause,
    theme: () => palette.turn(),
    help: () => help.showModal(),
    find: () => finder.open(),
    in: () => zoom(ZOOM),
    out: () => zoom(1 / ZOOM),
    fit,
    back: () => walk.back(),
    close: () => scene.escape(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-action]") : null;
    if (button instanceof HTMLElement) actions[button.dataset.action ?? ""]?.();
  });
  listenForKeys({
    pan: (dx, dy) => {
      camera.rest();
      camera.pan(-dx, -dy);
      view.dirty = true;
    },
    zoom,
    fit,
    lucky: pressLucky,
    pause: turnPause,
    find: () => finder.open(),
    help: () => help.showModal(),
    footnote: (number) => follow(number - 1, true),
    back: () => walk.back(),
    escape: () => scene.escape(),
    nudge: (dx, dy) => scene.nudge.push(dx, dy),
  });
  window.addEventListener("online", () => water.hurry());
  new ResizeObserver(() => scene.resize()).observe(stage);

  function showPause() {
    const button = document.querySelector('[data-action="pause"]');
    button?.setAttribute("aria-pressed", String(water.paused));
    const label = water.paused ? "Let it drift" : "Pause the drift";
    button?.setAttribute("aria-label", label);
    button?.setAttribute("title", `${label} (P)`);
  }
  function showTheme() {
    const names = { auto: "as your system", light: "day", dark: "night" };
    const label = `Theme: ${names[palette.theme]}`;
    const button = document.querySelector('[data-action="theme"]');
    button?.setAttribute("aria-label", label);
    button?.setAttribute("title", label);
    if (button instanceof HTMLElement) button.dataset.theme = palette.theme;
  }

  showPause();
  showTheme();
  scene.start();
  new Loop(stage, {
    frame: (nowMs, seconds) => scene.frame(nowMs, seconds),
    seen: (seen) => scene.look(seen),
  });
  // For tests that aim real pointers, and for the curious.
  Object.assign(window, {
    linkDrift: {
      camera,
      drift: scene,
      tick: () => water.tick,
      /** @param {string} id */
      bodyAt: (id) => {
        const link = bodies.byId.get(id);
        if (!link || !bodies.shown(link.slot)) return null;
        const box = stage.getBoundingClientRect();
        return {
          x: box.left + camera.screenX(bodies.drawn.x[link.slot]),
          y: box.top + camera.screenY(bodies.drawn.y[link.slot]),
        };
      },
    },
  });
}

/** Begin; where the browser cannot, the plain list takes the page's place. */
function begin() {
  try {
    start();
  } catch (error) {
    delete document.documentElement.dataset.drift;
    throw error;
  }
}

// Labels are printed once: with the right font, or after it failed to load.
document.fonts.load(`15px ${FONT}`).then(begin, begin);
