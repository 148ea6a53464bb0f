import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { besides, permalinkTo, Preview } from "../../../static/js/view/preview.js";
import { lay, resize } from "../dom.mjs";

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

/** Let promises be kept. */
const settle = () => new Promise((done) => setImmediate(done));

const WIDTH = 336;
const HEIGHT = 240;

test("a card never covers its pill nor leaves the view, wherever there is room", () => {
  for (let x = 0; x <= 1280; x += 40) {
    for (let y = 0; y <= 800; y += 40) {
      const pill = { left: x - 120, top: y - 20, right: x + 120, bottom: y + 20 };
      const card = besides(pill, WIDTH, HEIGHT, 1280, 800);
      assert.ok(card.x >= 0 && card.y >= 0, `at ${x}, ${y}`);
      assert.ok(card.x + WIDTH <= 1280 && card.y + HEIGHT <= 800, `at ${x}, ${y}`);
      const apart =
        card.x >= pill.right ||
        card.x + WIDTH <= pill.left ||
        card.y >= pill.bottom ||
        card.y + HEIGHT <= pill.top;
      assert.ok(apart, `covers the pill at ${x}, ${y}`);
    }
  }
});

test("a tall turned pill has its card beside it", () => {
  const pill = { left: 600, top: 20, right: 680, bottom: 780 };
  const card = besides(pill, WIDTH, HEIGHT, 1280, 800);
  assert.ok(card.x >= 680 || card.x + WIDTH <= 600);
});

/**
 * A pill of 200 × 40 in the middle of these places, in a view of 800 × 600.
 * @param {number} x
 * @param {number} y
 */
const pillAt = (x, y) => ({ left: x - 100, top: y - 20, right: x + 100, bottom: y + 20 });

test("a card stands below its pill with a gap, else above, right or left", () => {
  assert.deepEqual(besides(pillAt(400, 100), 300, 200, 800, 600), { x: 250, y: 132 });
  assert.deepEqual(besides(pillAt(400, 500), 300, 200, 800, 600), { x: 250, y: 268 });
  assert.deepEqual(besides(pillAt(200, 150), 300, 290, 800, 314), { x: 312, y: 12 });
  assert.deepEqual(besides(pillAt(600, 150), 300, 290, 800, 314), { x: 188, y: 12 });
});

test("a card may come to the edge's gap, and not closer", () => {
  const last = 600 - 12 - 200;
  assert.equal(besides(pillAt(400, last - 12 - 20), 300, 200, 800, 600).y, last);
  assert.equal(besides(pillAt(400, last - 12 - 19), 300, 200, 800, 600).y, last - 12 - 19 - 20 - 12 - 200);
  assert.deepEqual(besides(pillAt(0, 100), 300, 200, 800, 600), { x: 12, y: 132 });
  assert.deepEqual(besides(pillAt(800, 100), 300, 200, 800, 600), { x: 488, y: 132 });
});

test("a pill above the view has its card at the top, one below it at the bottom", () => {
  assert.equal(besides(pillAt(400, -500), 300, 200, 800, 600).y, 12);
  assert.equal(besides(pillAt(400, 1500), 300, 200, 800, 600).y, 388);
  assert.equal(besides({ left: -900, top: 0, right: -700, bottom: 314 }, 300, 290, 800, 314).x, 12);
  assert.equal(besides({ left: 1700, top: 0, right: 1900, bottom: 314 }, 300, 290, 800, 314).x, 488);
});

test("where no side has room the card takes the corner farthest from the pill", () => {
  const wide = (/** @type {number} */ x, /** @type {number} */ y) => ({
    ...{ left: x - 300, right: x + 300, top: y - 100, bottom: y + 100 },
  });
  assert.deepEqual(besides(wide(350, 250), 400, 300, 800, 600), { x: 388, y: 288 });
  assert.deepEqual(besides(wide(450, 350), 400, 300, 800, 600), { x: 12, y: 12 });
});

test("just above it a card has room to the edge's gap, and right and left of it too", () => {
  assert.equal(besides(pillAt(400, 12 + 200 + 12 + 20), 300, 200, 800, 400).y, 12);
  assert.notEqual(besides(pillAt(400, 12 + 200 + 12 + 19), 300, 200, 800, 400).x, 250);
  assert.equal(besides(pillAt(800 - 12 - 300 - 12 - 100, 150), 300, 290, 800, 314).x, 488);
  assert.equal(besides(pillAt(12 + 300 + 12 + 100, 150), 300, 290, 800, 314).x, 12);
});

const CARD = `<article id="preview" hidden>
  <p data-part="why" hidden></p><h2 data-part="title"></h2><p data-part="by"></p><p data-part="note"></p>
  <p><span data-part="added"></span><span data-part="tags"></span></p>
  <p><a data-part="open" href="#links">Open</a><a data-part="permalink" href="#links">Permalink</a>
  <button data-part="back">Back</button></p><ol data-part="notes"></ol></article>`;

const LINK = { id: "a/b", url: "", title: "Tides", host: "sea.example", tags: ["blog", "sea"] };

/** @param {{width?: number, height?: number}} [given] Of the view. */
function carded({ width = 1280, height = 800 } = {}) {
  const page = lay(CARD);
  Object.assign(globalThis, { innerWidth: width, innerHeight: height });
  const card = page.querySelector("article");
  const size = { width: 336, height: 240 };
  Object.defineProperty(card, "offsetWidth", { get: () => size.width });
  Object.defineProperty(card, "offsetHeight", { get: () => size.height });
  let resizes = 0;
  /** @type {{id: string, answer: (notes: any[]) => void, fail: () => void}[]} */
  const asked = [];
  let back = "";
  const walk = { leadsBackFrom: (/** @type {string} */ id) => id === back };
  const preview = new Preview(
    card,
    /** @type {any} */ (walk),
    () => (resizes += 1),
    (id) => new Promise((answer, refuse) => asked.push({ id, answer, fail: () => refuse(new Error("none")) })),
  );
  return {
    ...{ page, card, preview, asked, size },
    resizes: () => resizes,
    leadBackFrom: (/** @type {string} */ id) => (back = id),
    part: (/** @type {string} */ name) => card.querySelector(`[data-part="${name}"]`),
  };
}

test("a card shows the whole title, who, when, the note and the tags", () => {
  const { card, preview, part } = carded();
  preview.show({ ...LINK, author: "Ann", note: "Read on a ferry.", added: "2020-01-15" }, null);
  assert.equal(card.hidden, false);
  assert.equal(part("title").textContent, "Tides");
  assert.equal(part("by").textContent, "Ann · sea.example");
  assert.equal(part("note").textContent, "Read on a ferry.");
  assert.match(part("added").textContent, /^Added 15 January 2020, \d+ years ago$/);
  assert.equal(part("tags").textContent, "blog · sea");
  assert.equal(part("open").getAttribute("href"), "/go/a%2Fb");
  assert.equal(part("open").dataset.id, "a/b");
});

test("what a link lacks leaves no gap, and comes back with the next", () => {
  const { preview, part } = carded();
  preview.show({ ...LINK, tags: [] }, null);
  for (const name of ["why", "note", "added", "tags", "permalink", "back"]) assert.ok(part(name).hidden, name);
  preview.show({ ...LINK, note: "Read." }, null);
  assert.ok(!part("note").hidden && !part("tags").hidden);
});

test("a link that surfaced says why, and has an address to share", () => {
  const { preview, part } = carded();
  preview.show(LINK, { why: "long adrift", permalink: "/l/a" });
  assert.equal(part("why").textContent, "long adrift");
  assert.equal(part("permalink").hidden, false);
  assert.equal(part("permalink").getAttribute("href"), "/l/a");
  assert.equal(permalinkTo("a/b"), "/l/a%2Fb");
});

test("a card that the walk led to has a way back", () => {
  const { preview, part, leadBackFrom } = carded();
  leadBackFrom("a/b");
  preview.show(LINK, null);
  assert.equal(part("back").hidden, false);
});

test("room for three footnotes is kept while they are on their way, and none after a failure", async () => {
  const { preview, part, asked } = carded();
  preview.show(LINK, null);
  assert.equal(part("notes").dataset.rows, "3");
  assert.equal(part("notes").classList.contains("gently"), false);
  mock.timers.tick(150);
  assert.deepEqual(asked.map(({ id }) => id), ["a/b"]);
  asked[0].fail();
  await settle();
  assert.equal(part("notes").dataset.rows, "0");
  assert.equal(part("notes").classList.contains("gently"), true);
});

test("footnotes are links with their reasons, written once", async () => {
  const { preview, part, asked } = carded();
  preview.show(LINK, null);
  mock.timers.tick(150);
  asked[0].answer([{ link: { ...LINK, id: "c/d", title: "Ferries" }, why: "also sea" }]);
  await settle();
  const anchor = part("notes").querySelector("a");
  assert.equal(anchor.getAttribute("href"), "/l/c%2Fd");
  assert.equal(anchor.dataset.footnote, "c/d");
  assert.equal(anchor.title, "Ferries");
  assert.equal(anchor.textContent, "Ferriesalso sea");
  assert.equal(part("notes").dataset.rows, "1");
  preview.show(LINK, null);
  assert.equal(part("notes").querySelector("a"), anchor);
  preview.show({ ...LINK, id: "other" }, null);
  assert.equal(part("notes").children.length, 0);
});

test("a card that is put away attends to nothing", () => {
  const { card, preview, asked } = carded();
  preview.show(LINK, null);
  preview.hide();
  assert.equal(preview.link, null);
  assert.ok(card.hidden);
  mock.timers.tick(1000);
  assert.deepEqual(asked, []);
});

test("every change of its size is measured and told, while it is shown", () => {
  const { preview, resizes, size } = carded();
  resize();
  assert.equal(resizes(), 0);
  preview.show(LINK, null);
  assert.equal(resizes(), 1);
  size.height = 300;
  resize();
  assert.equal(resizes(), 2);
  assert.equal(preview.lift.y, (300 + 12) / 2);
});

test("below 600 px of width a card is a sheet at the bottom, which covers the view by its height", () => {
  for (const [width, sheet] of /** @type {const} */ ([[599, true], [600, false]])) {
    const { card, preview } = carded({ width, height: 844 });
    assert.equal(preview.inset, 0);
    preview.show(LINK, null);
    assert.equal(preview.sheet, sheet);
    assert.equal(card.classList.contains("sheet"), sheet);
    assert.equal(preview.inset, sheet ? 252 : 0);
    preview.place(pillAt(300, 200), width, 844);
    assert.equal(card.style.transform, sheet ? "translate(12px, 592px)" : "translate(132px, 232px)");
    preview.wait(true);
    assert.equal(card.classList.contains("waiting"), !sheet);
    preview.wait(false);
    assert.equal(card.classList.contains("waiting"), false);
  }
});

test("a pill stands higher by half its card; in a low view further left, and beside a sheet nowhere else", () => {
  const { preview, size } = carded();
  assert.deepEqual(preview.lift, { x: 0, y: 0 });
  preview.show(LINK, null);
  assert.deepEqual(preview.lift, { x: 0, y: 126 });
  size.height = 900;
  resize();
  assert.deepEqual(preview.lift, { x: 0, y: (800 - 168) / 2 });
  Object.assign(globalThis, { innerHeight: 600 });
  assert.deepEqual(preview.lift, { x: 0, y: (600 - 168) / 2 });
  Object.assign(globalThis, { innerHeight: 599 });
  assert.deepEqual(preview.lift, { x: 174, y: 0 });
  Object.assign(globalThis, { innerWidth: 400 });
  assert.deepEqual(preview.lift, { x: 0, y: 0 });
});

test("a card leaves the button free where the view is high enough", () => {
  const { card, preview } = carded();
  preview.show(LINK, null);
  preview.place(pillAt(640, 400), 1280, 772);
  assert.equal(card.style.transform, "translate(472px, 432px)");
  preview.place(pillAt(640, 400), 1280, 771 - 4);
  assert.equal(card.style.transform, "translate(472px, 128px)");
  preview.place(pillAt(640, 316), 1280, 600);
  assert.equal(card.style.transform, "translate(472px, 44px)");
  preview.place(pillAt(640, 316), 1280, 599);
  assert.equal(card.style.transform, "translate(472px, 44px)");
  preview.place(pillAt(640, 314), 1280, 599);
  assert.equal(card.style.transform, "translate(472px, 346px)".replace("346", String(314 + 20 + 12)));
});

test("without a link there is nothing to place, and an unmoved card is not written again", () => {
  const { card, preview } = carded();
  preview.place(pillAt(640, 400), 1280, 800);
  assert.equal(card.style.transform ?? "", "");
  preview.show(LINK, null);
  preview.place(pillAt(640, 400), 1280, 800);
  card.style.transform = "mine";
  preview.place(pillAt(640.2, 400), 1280, 800);
  assert.equal(card.style.transform, "mine");
  resize();
  preview.place(pillAt(640.2, 400), 1280, 800);
  assert.notEqual(card.style.transform, "mine");
});
