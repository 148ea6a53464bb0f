/**
 * The menu of tags, and the hue each tag's labels are printed with. The page
 * comes with both; a reloaded archive brings new counts, and the hues stay.
 */

const HUES = 8;

export class TagMenu {
  /**
   * @param {HTMLSelectElement} select
   * @param {(tag: string) => void} chosen Empty for all.
   */
  constructor(select, chosen) {
    this.select = select;
    /** @type {Map<string, number>} In the order tags were first seen: most used first. */
    this.hues = new Map();
    for (const option of [...select.options].slice(1)) this.#hue(option.value);
    select.addEventListener("change", () => chosen(this.tag));
  }

  /** The chosen tag; empty for all. */
  get tag() {
    return this.select.value;
  }

  /** @param {string} tag */
  #hue(tag) {
    const hue = this.hues.get(tag) ?? this.hues.size % HUES;
    this.hues.set(tag, hue);
    return hue;
  }

  /**
   * Which of the palette's hues a link is printed with: its first tag's.
   * @param {{tags: string[]}} link
   */
  hueOf({ tags }) {
    return tags.length > 0 ? this.#hue(tags[0]) : 0;
  }

  /**
   * Take over the tags of a reloaded archive; a tag that is gone is no choice.
   * @param {readonly {tags: string[]}[]} links
   */
  update(links) {
    const counts = countTags(links);
    const before = this.tag;
    const all = new Option(`all ${links.length} links`, "");
    const options = counts.map(([tag, count]) => new Option(`${tag} (${count})`, tag));
    this.select.replaceChildren(all, ...options);
    this.select.value = counts.some(([tag]) => tag === before) ? before : "";
    return this.tag;
  }
}

/**
 * Every tag with how many links carry it, most used first.
 * @param {readonly {tags: string[]}[]} links
 * @returns {[string, number][]}
 */
function countTags(links) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { tags } of links) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
