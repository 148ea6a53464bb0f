import assert from "node:assert/strict";
import { test } from "node:test";

import { TagMenu } from "../../../static/js/chrome/tags.js";
import { happen, lay } from "../dom.mjs";

/** @param {string[]} tags */
function menu(...tags) {
  const options = tags.map((tag) => `<option value="${tag}">${tag}</option>`).join("");
  const select = lay(`<select><option value="">all</option>${options}</select>`).querySelector("select");
  /** @type {string[]} */
  const chosen = [];
  return { select, chosen, menu: new TagMenu(select, (tag) => chosen.push(tag)) };
}

/** @param {string[][]} tags Of each link. */
const links = (...tags) => tags.map((each) => ({ tags: each }));

test("a choice is told", () => {
  const { select, chosen, menu: tags } = menu("a", "b");
  select.value = "b";
  happen(select, "change");
  assert.deepEqual(chosen, ["b"]);
  assert.equal(tags.tag, "b");
});

test("tags have hues in the order of the menu, the ninth the first again", () => {
  const { menu: tags } = menu(..."abcdefghi");
  assert.equal(tags.hueOf({ tags: ["a", "b"] }), 0);
  assert.equal(tags.hueOf({ tags: ["h"] }), 7);
  assert.equal(tags.hueOf({ tags: ["i"] }), 0);
});

test("a link is printed in its first tag's hue; without tags in the first", () => {
  const { menu: tags } = menu("a", "b");
  assert.equal(tags.hueOf({ tags: ["b", "a"] }), 1);
  assert.equal(tags.hueOf({ tags: [] }), 0);
});

test("hues stay through a reload, and a new tag takes the next", () => {
  const { menu: tags } = menu("a", "b");
  tags.update(links(["c"], ["b"], ["b"]));
  assert.equal(tags.hueOf({ tags: ["c"] }), 2);
  assert.equal(tags.hueOf({ tags: ["b"] }), 1);
  assert.equal(tags.hueOf({ tags: ["c"] }), 2);
});

test("a reload brings new counts, most used first", () => {
  const { select, menu: tags } = menu("a");
  tags.update(links(["c"], ["b", "c"], ["b"], ["b"]));
  const told = [...select.options].map((/** @type {any} */ option) => `${option.getAttribute("value")}|${option.textContent}`);
  assert.deepEqual(told, ["|all 4 links", "b|b (3)", "c|c (2)"]);
});

test("the chosen tag stays chosen while a link carries it", () => {
  const { select, menu: tags } = menu("a", "b");
  select.value = "b";
  assert.equal(tags.update(links(["a"], ["b"])), "b");
  assert.equal(tags.update(links(["a"])), "");
  assert.equal(select.value, "");
});
