import assert from "node:assert/strict";
import { test } from "node:test";

import { Finder, matching } from "../../../static/js/chrome/find.js";
import { happen, lay } from "../dom.mjs";

const LINKS = [
  { id: "a", url: "", title: "Software 2.0", host: "medium.com", author: "Andrej Karpathy", tags: [] },
  { id: "b", url: "", title: "Digital hygiene", host: "bearblog.dev", tags: ["karpathy", "self"] },
  { id: "c", url: "", title: "Tides", host: "sea.example", note: "Read on a ferry", tags: [] },
];

/** @param {string} text */
const found = (text) => matching(LINKS, text).map((link) => link.id).join("");

test("links are found by all of the words, in title, author, host, note and tags", () => {
  assert.equal(found("karpathy"), "ab");
  assert.equal(found("software"), "a");
  assert.equal(found("andrej"), "a");
  assert.equal(found("sea.example"), "c");
  assert.equal(found("ferry"), "c");
  assert.equal(found("self"), "b");
  assert.equal(found("karpathy soft"), "a");
});

test("case and spaces around the words do not matter", () => {
  assert.equal(found("  KARPATHY \t soft "), "a");
});

test("no words find nothing", () => {
  assert.equal(found(""), "");
  assert.equal(found("  "), "");
});

test("a word does not reach from one field into the next", () => {
  assert.equal(found("hygienebearblog"), "");
  assert.equal(found("karpathyself"), "");
});

function finder(links = LINKS) {
  const page = lay(
    '<dialog><form><input type="search"></form><p data-part="count"></p><ul></ul></dialog>',
  );
  const dialog = page.querySelector("dialog");
  /** @type {string[]} */
  const done = [];
  dialog.showModal = () => done.push("opened");
  dialog.close = () => done.push("closed");
  const found = new Finder(dialog, () => links, (id) => done.push(id));
  /** @param {string} text */
  const type = (text) => {
    page.querySelector("input").value = text;
    happen(page.querySelector("input"), "input");
    return page.querySelector("p").textContent;
  };
  return { page, finder: found, done, type };
}

test("what is found is listed as one types, with who wrote it", () => {
  const { page, type } = finder();
  type("karpathy");
  const rows = [...page.querySelectorAll("li")].map((row) => row.textContent);
  assert.deepEqual(rows, ["Software 2.0Andrej Karpathy · medium.com", "Digital hygienebearblog.dev"]);
});

test("the count is told in words", () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ ...LINKS[0], id: `${i}`, title: i < 8 ? "two one" : "two" }));
  const { page, type } = finder(many);
  assert.equal(type("zebra"), "No link has all these words");
  assert.equal(type(" "), "");
  assert.equal(type("two"), "9 links, the first 8 shown");
  assert.equal(page.querySelectorAll("li").length, 8);
  assert.equal(type("one"), "8 links");
  const { type: typeOne } = finder();
  assert.equal(typeOne("tides"), "One link");
});

test("a choice closes the dialog and is told; Enter chooses the first", () => {
  const { page, done, type } = finder();
  type("karpathy");
  happen(page.querySelectorAll("button")[1], "click");
  assert.deepEqual(done, ["closed", "b"]);
  const first = page.querySelector("button");
  first.click = () => done.push("first");
  assert.ok(happen(page.querySelector("form"), "submit").defaultPrevented);
  assert.equal(done.at(-1), "first");
});

test("Enter on nothing chooses nothing", () => {
  const { page, done } = finder();
  happen(page.querySelector("form"), "submit");
  assert.deepEqual(done, []);
});

test("it opens empty, whatever was looked for before", () => {
  const { page, finder: found, done, type } = finder();
  type("karpathy");
  found.open();
  assert.deepEqual(done, ["opened"]);
  assert.equal(page.querySelector("input").value, "");
  assert.equal(page.querySelectorAll("li").length, 0);
});

test("results are buttons that submit nothing", () => {
  const { page, type } = finder();
  type("tides");
  assert.equal(page.querySelector("button").type, "button");
  assert.equal(page.querySelector("button span").className, "by");
});
