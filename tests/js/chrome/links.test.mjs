import assert from "node:assert/strict";
import { test } from "node:test";

import { byline, LinkList } from "../../../static/js/chrome/links.js";
import { happen, lay } from "../dom.mjs";

/**
 * @param {string} id
 * @param {string} [title]
 */
const link = (id, title = `Title ${id}`) => ({ id, url: "", title, host: "host.example", tags: [] });

/** @param {string} ids */
function listed(ids) {
  const items = [...ids].map(
    (id) => `<li><a href="/go/${id}" data-id="${id}">Title ${id}</a> <span class="by">host.example</span></li>`,
  );
  const page = lay(`<ul>${items.join("")}</ul><button>elsewhere</button>`);
  /** @type {string[]} */
  const heard = [];
  const list = new LinkList(page.querySelector("ul"), {
    focused: (id) => heard.push(`focused ${id}`),
    left: (to) => heard.push(`left for ${to === null ? "nothing" : /** @type {any} */ (to).tagName}`),
    opened: (id) => heard.push(`opened ${id}`),
  });
  const told = () => [...page.querySelectorAll("li a")].map((anchor) => anchor.dataset.id).join("");
  return { page, list, heard, told };
}

test("focus, leaving and opening are told by the link's id", () => {
  const { page, list, heard } = listed("ab");
  happen(list.anchor("b"), "focusin");
  happen(list.anchor("b"), "focusout", { relatedTarget: page.querySelector("button") });
  happen(list.anchor("a"), "click", { button: 0 });
  assert.deepEqual(heard, ["focused b", "left for BUTTON", "opened a"]);
});

test("the middle button opens too, and the one that brings a menu does not", () => {
  const { list, heard } = listed("ab");
  happen(list.anchor("a"), "auxclick", { button: 1 });
  happen(list.anchor("a"), "auxclick", { button: 2 });
  assert.deepEqual(heard, ["opened a"]);
});

test("what is beside a link is none", () => {
  const { page, heard } = listed("a");
  for (const kind of ["focusin", "click"]) happen(page.querySelector(".by"), kind, { button: 0 });
  assert.deepEqual(heard, []);
});

test("a link can be opened and focused by its id, and an unknown one does nothing", () => {
  const { page, list, heard } = listed("ab");
  assert.equal(list.hasFocus, false);
  const asked = /** @type {any} */ (list.anchor("b"));
  const { focus } = asked;
  /** @type {any} */
  let how = null;
  asked.focus = (/** @type {any} */ given) => {
    how = given;
    focus.call(asked);
  };
  list.focus("b");
  assert.deepEqual(how, { preventScroll: true }, "the page must not jump to a list that is out of sight");
  assert.equal(page.activeElement, list.anchor("b"));
  assert.equal(list.hasFocus, true);
  let clicks = 0;
  /** @type {any} */ (list.anchor("a")).click = () => (clicks += 1);
  list.open("a");
  assert.equal(clicks, 1);
  list.open("z");
  list.focus("z");
  assert.equal(list.anchor("z"), null);
  assert.deepEqual(heard, []);
});

test("a reload leaves the archive's links in its order", () => {
  for (const after of ["abc", "cab", "bd", "dabce", ""]) {
    const { list, told } = listed("abc");
    list.update([...after].map((id) => link(id)));
    assert.equal(told(), after);
  }
});

test("an entry that stays in its place is not moved, whoever left before it: its focus would be lost", () => {
  const { page, list } = listed("abcd");
  /** @type {string[]} */
  const moved = [];
  const ul = page.querySelector("ul");
  const insert = ul.insertBefore.bind(ul);
  ul.insertBefore = (/** @type {any} */ item, /** @type {any} */ before) => {
    moved.push(item.querySelector("a").dataset.id);
    return insert(item, before);
  };
  list.update(["b", "c", "d"].map((id) => link(id)));
  assert.deepEqual(moved, []);
  list.update(["b", "x", "c", "d"].map((id) => link(id)));
  assert.deepEqual(moved, ["x"]);
});

test("a title or byline is written only where it changed", () => {
  const { page, list } = listed("ab");
  const same = page.querySelector('[data-id="a"]').firstChild;
  const by = page.querySelector(".by").firstChild;
  list.update([link("a"), link("b", "New")]);
  assert.equal(page.querySelector('[data-id="a"]').firstChild, same);
  assert.equal(page.querySelector(".by").firstChild, by);
  assert.equal(page.querySelector('[data-id="b"]').textContent, "New");
});

test("a new entry leads through the counting route, in a tab of its own that learns nothing of us", () => {
  const { page, list } = listed("");
  list.update([{ ...link("a/b"), author: "Ann" }]);
  const anchor = page.querySelector("a");
  assert.equal(anchor.getAttribute("href"), "/go/a%2Fb");
  assert.equal(anchor.target, "_blank");
  assert.equal(anchor.rel, "noopener noreferrer");
  assert.equal(page.querySelector("li").textContent, "Title a/b Ann · host.example");
});

test("a byline names the author where there is one, and always the host", () => {
  assert.equal(byline(link("a")), "host.example");
  assert.equal(byline({ ...link("a"), author: "Ann" }), "Ann · host.example");
});
