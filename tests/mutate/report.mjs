/**
 * Write bench/MUTANTS_PAGE.md from Stryker's report: a table by room, then every
 * survivor. A reason written by hand after a survivor's dash stays with it, as long as
 * the same change survives in the same file.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";

const REPORT = new URL("reports/mutation.json", import.meta.url);
const PAGE = new URL("../../bench/MUTANTS_PAGE.md", import.meta.url);
const UNNOTICED = new Set(["Survived", "NoCoverage"]);
const DASH = " \u2014 ";

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ").replaceAll("`", "'").trim();

const files = Object.entries(JSON.parse(readFileSync(REPORT, "utf8")).files);
const known = new Map();
if (existsSync(PAGE)) {
  for (const line of readFileSync(PAGE, "utf8").split("\n")) {
    const [change, why] = line.split(DASH);
    if (why) known.set(change, why);
  }
}

/** @type {Map<string, {all: number, noticed: number}>} */
const rooms = new Map();
const survivors = [];
for (const [name, { source, mutants }] of files.sort()) {
  const room = rooms.get(name.split("/").slice(0, 3).join("/")) ?? { all: 0, noticed: 0 };
  rooms.set(name.split("/").slice(0, 3).join("/"), room);
  const lines = source.split("\n");
  const left = [];
  for (const { status, replacement, location } of mutants) {
    if (status === "Ignored" || status === "CompileError") continue;
    room.all += 1;
    if (!UNNOTICED.has(status)) {
      room.noticed += 1;
      continue;
    }
    const { start, end } = location;
    const rows = lines.slice(start.line - 1, end.line);
    rows[rows.length - 1] = rows[rows.length - 1].slice(0, end.column - 1);
    rows[0] = rows[0].slice(start.column - 1);
    const change = `- \`${oneLine(rows.join(" ")).slice(0, 90)}\` → \`${oneLine(replacement).slice(0, 90)}\``;
    left.push(known.has(change) ? `${change}${DASH}${known.get(change)}` : change);
  }
  if (left.length > 0) survivors.push(`### ${name}\n\n${[...new Set(left)].join("\n")}\n`);
}

const total = { all: 0, noticed: 0 };
for (const { all, noticed } of rooms.values()) {
  total.all += all;
  total.noticed += noticed;
}
const row = (/** @type {string} */ name, /** @type {{all: number, noticed: number}} */ { all, noticed }) =>
  `| ${name} | ${all} | ${noticed} | ${((100 * noticed) / all).toFixed(1)} |`;
const table = [...[...rooms].map(([name, counts]) => row(name, counts)), row("**all**", total)];
writeFileSync(
  PAGE,
  `# Faults put into the page, and noticed

\`npm run mutate\` writes this; \`make mutate\` does it too. What paints on a canvas is not
among it. Many survivors change nothing that can be seen: the very edge of a figure, a
guard that another repeats, a shortcut that only saves work, a first value that is
overwritten. A survivor without a reason is one nobody has looked into alone.

| room | mutants | noticed | percent |
|---|---|---|---|
${table.join("\n")}

## Survivors

${survivors.join("\n")}`,
);
console.log([...table, `survivors: ${PAGE.pathname}`].join("\n"));
