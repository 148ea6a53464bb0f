import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { holds, shownInWords, Sieve } from "../../../static/js/chrome/sieve.js";
import { happen, lay } from "../dom.mjs";

/** @param {Record<string, string[]>} groups Titles by tag. */
function index(groups) {
  const tags = Object.keys(groups);
  return `
    <ul id="groups">${tags.map((tag) => `<li data-group="g-${tag}"><a>${tag}</a><small>9</small></li>`).join("")}</ul>
    <div id="index">${tags
      .map(
        (tag) => `<section id="g-${tag}" data-tag="${tag}"><ul>${groups[tag]
          .map((title) => `<li><p><a>${title}</a></p><p class="by">Ann · host.example</p></li>`)
          .join("")}</ul></section>`,
      )
      .join("")}</div>`;
}

const ALL = { sea: ["Tides", "Ferries"], land: ["Hills", "A tide of grass"] };

/**
 * @param {{address?: string, words?: string, groups?: Record<string, string[]>, tag?: string}} [given]
 */
function listed({ address = "http://here/list", words = "", groups = ALL, tag = "" } = {}) {
  const page = lay(
    `<p><span id="count" data-total="4" data-tag="${tag}"></span> <span class="today">1 today</span>
     <a class="all">Show all</a></p>
     <form><input type="search" name="q" value="${words}"></form><p id="spoken"></p>
     <nav class="orders"><a href="http://here/list?sort=date">newest</a></nav>
     ${index(groups)}<p id="nothing" hidden></p>`,
    address,
  );
  const input = page.querySelector("input");
  const form = page.querySelector("form");
  let submitted = 0;
  form.submit = () => (submitted += 1);
  Object.defineProperty(input, "form", { value: form });
  new Sieve(page);
  return {
    page,
    input,
    form,
    submitted: () => submitted,
    /** @param {string} text */
    type: (text) => {
      input.value = text;
      happen(input, "input");
    },
    shown: () =>
      [...page.querySelectorAll("#index li:not([hidden]) a")].map((anchor) => anchor.textContent).join(", "),
    /** @param {string} selector */
    text: (selector) => page.querySelector(selector).textContent,
    /** @param {string} selector */
    hidden: (selector) => page.querySelector(selector).hasAttribute("hidden"),
  };
}

/** @type {{url: string, answer: (html: string, ok?: boolean) => void, fail: () => void}[]} */
let asked = [];

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ url) =>
      new Promise((resolve, refuse) => {
        const answer = (/** @type {string} */ html, ok = true) => resolve({ ok, text: async () => html });
        asked.push({ url, answer, fail: () => refuse(new Error("no network")) });
      })
  );
  globalThis.matchMedia = /** @type {any} */ (() => ({ matches: false }));
});

const settle = () => new Promise((done) => setImmediate(done));

test("every word must be there, in whatever order and case", () => {
  const hay = "the bitter lesson\nrich sutton · cs.utexas.edu\nscaling";
  assert.ok(holds(hay, "SUTTON  bitter"));
  assert.ok(holds(hay, ""));
  assert.ok(!holds(hay, "sutton sweet"));
});

test("what is shown is told as the server tells it", () => {
  const all = { shown: 101, total: 101, tag: "", text: "" };
  assert.equal(shownInWords(all), "101 links");
  assert.equal(shownInWords({ ...all, shown: 1, total: 1 }), "One link");
  assert.equal(shownInWords({ ...all, shown: 3, text: "tide" }), "3 of 101 links with “tide”");
  assert.equal(shownInWords({ ...all, shown: 3, tag: "papers" }), "3 of 101 links tagged papers");
  assert.equal(
    shownInWords({ shown: 2, total: 101, tag: "papers", text: "tide" }),
    "2 of 101 links tagged papers with “tide”",
  );
});

test("only entries that hold the words stay, searched by title, byline and tag", () => {
  const list = listed();
  assert.equal(list.shown(), "Tides, Ferries, Hills, A tide of grass");
  list.type(" TIDE ");
  assert.equal(list.shown(), "Tides, A tide of grass");
  assert.equal(list.text("#count"), "2 of 4 links with “TIDE”");
  list.type("sea");
  assert.equal(list.shown(), "Tides, Ferries");
  list.type("host.example hill");
  assert.equal(list.shown(), "Hills");
  list.type("");
  assert.equal(list.shown(), "Tides, Ferries, Hills, A tide of grass");
});

test("words do not reach from one field into the next", () => {
  const list = listed();
  list.type("tidesann");
  assert.equal(list.shown(), "");
});

test("a group says how many of its own are shown, and goes with its last", () => {
  const list = listed();
  list.type("hills");
  assert.ok(list.hidden("#g-sea") && list.hidden('[data-group="g-sea"]'));
  assert.ok(!list.hidden("#g-land") && !list.hidden('[data-group="g-land"]'));
  assert.equal(list.text('[data-group="g-land"] small'), "1");
  list.type("");
  assert.ok(!list.hidden("#g-sea") && !list.hidden('[data-group="g-sea"]'));
  assert.equal(list.text('[data-group="g-sea"] small'), "2");
});

test("the count is told at once; the way to all links and the word of nothing as they are needed", () => {
  const list = listed();
  list.type("tide");
  assert.equal(list.text("#count"), "2 of 4 links with “tide”");
  assert.ok(!list.hidden(".all") && list.hidden("#nothing") && list.hidden(".today"));
  list.type("xyz");
  assert.ok(!list.hidden("#nothing"));
  list.type("");
  assert.equal(list.text("#count"), "4 links");
  assert.ok(list.hidden(".all") && list.hidden("#nothing") && !list.hidden(".today"));
});

test("a tag's list keeps the way to all links, and names its tag", () => {
  const list = listed({ tag: "sea" });
  list.type("t");
  list.type("");
  assert.ok(!list.hidden(".all"));
  assert.equal(list.text("#count"), "4 of 4 links tagged sea");
});

test("a count is spoken after half a second of rest, and not those on the way to it", () => {
  const list = listed();
  list.type("t");
  mock.timers.tick(499);
  list.type("tide");
  mock.timers.tick(499);
  assert.equal(list.text("#spoken"), "");
  mock.timers.tick(1);
  assert.equal(list.text("#spoken"), "2 of 4 links with “tide”");
});

test("each count on its own is spoken once: the one before says nothing afterwards", () => {
  const list = listed();
  list.type("t");
  mock.timers.tick(300);
  list.type("xyz");
  mock.timers.tick(200);
  assert.equal(list.text("#spoken"), "");
  mock.timers.tick(300);
  assert.equal(list.text("#spoken"), "Nothing here holds all these words");
});

test("a reload and another order keep the words, and drop them with the last", () => {
  const list = listed({ address: "http://here/list?tag=x" });
  list.type("tide");
  assert.equal(location.href, "http://here/list?tag=x&q=tide");
  assert.equal(list.page.querySelector(".orders a").href, "http://here/list?sort=date&q=tide");
  list.type("");
  assert.equal(location.href, "http://here/list?tag=x");
  assert.equal(list.page.querySelector(".orders a").href, "http://here/list?sort=date");
});

test("words that only narrow what the server filtered by need nothing from it", () => {
  const list = listed({ address: "http://here/list?q=Tide", words: "Tide", groups: { sea: ["Tides"] } });
  list.type("TIDES");
  assert.equal(asked.length, 0);
  assert.equal(list.shown(), "Tides");
});

test("other words need the whole list: it is fetched once, and its own entries are sifted", async () => {
  const list = listed({ address: "http://here/list?q=tides&tag=x", words: "tides", groups: { sea: ["Tides"] } });
  list.type("tides");
  list.type("h");
  list.type("hi");
  assert.deepEqual(asked.map(({ url }) => url), ["http://here/list?tag=x"]);
  asked[0].answer(`<!doctype html><html><body>${index(ALL)}</body></html>`);
  await settle();
  assert.equal(list.shown(), "Hills");
  assert.equal(list.text("#count"), "1 of 4 links with “hi”");
  assert.ok(list.hidden('[data-group="g-sea"]') && !list.hidden('[data-group="g-land"]'));
  list.type("fer");
  await settle();
  assert.equal(list.shown(), "Ferries");
  assert.equal(asked.length, 1);
});

test("where the whole list cannot be had the server is asked to filter", async () => {
  for (const end of /** @type {const} */ (["fail", "refuse"])) {
    asked = [];
    const list = listed({ address: "http://here/list?q=tides", words: "tides" });
    list.type("hills");
    if (end === "fail") asked[0].fail();
    else asked[0].answer(index(ALL), false);
    await settle();
    assert.equal(list.submitted(), 1, end);
  }
});

test("a page come back to is sifted by the words its field still holds", () => {
  assert.equal(listed({ words: "hills" }).shown(), "Hills");
});

test("a page served for its words is left as it came", () => {
  for (const q of ["tides", "+tides"]) {
    const list = listed({ address: `http://here/list?q=${q}`, words: "tides" });
    assert.equal(list.text("#count"), "");
    assert.equal(asked.length, 0);
  }
});

test("Enter asks the server for nothing, and puts a phone's keyboard away", () => {
  const list = listed();
  list.input.focus();
  assert.ok(happen(list.form, "submit").defaultPrevented);
  assert.equal(document.activeElement, list.input);
  globalThis.matchMedia = /** @type {any} */ ((/** @type {string} */ query) => ({ matches: query === "(pointer: coarse)" }));
  happen(list.form, "submit");
  assert.notEqual(document.activeElement, list.input);
});

test("a list without an index of groups, or a word of today, is sifted all the same", () => {
  const list = listed();
  list.page.querySelector("#groups").remove();
  list.page.querySelector(".today").remove();
  const again = new Sieve(list.page);
  list.type("hills");
  assert.equal(list.shown(), "Hills");
  assert.equal(again.today, null);
});
