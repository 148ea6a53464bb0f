/**
 * A test runner for Stryker that stays in one process. Faults are switched on inside
 * loaded modules, so running the tests that reach one takes milliseconds; a process
 * for each file and fault, as the usual runners start it, takes most of a second.
 */

import { readdirSync } from "node:fs";
import { register } from "node:module";
import { resolve } from "node:path";
import { mock } from "node:test";
import { pathToFileURL } from "node:url";

import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

import { open, registered } from "./registry.mjs";

const TESTS = "tests/js";
/** These read the modules' text, which a fault's machinery changes. */
const LEFT_OUT = ["modules.test.mjs"];
const NAMESPACE = "__stryker__";

const own = { now: performance.now, random: Math.random };

/** What Stryker keeps of a test; times are of no use where each takes a millisecond. */
const described = ({ name, file }) => ({ id: name, name, fileName: resolve(TESTS, file), timeSpentMs: 1 });

class OneProcess {
  constructor() {
    this.state = globalThis[NAMESPACE] ??= {};
    /** Set by a promise that nobody looked after. */
    this.stray = null;
    this.life = 0;
    process.on("unhandledRejection", (reason) => (this.stray = reason ?? new Error("rejected")));
    process.on("uncaughtException", (error) => (this.stray = error));
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    register("./hooks.mjs", import.meta.url);
  }

  async dryRun() {
    await this.#load();
    const tests = await this.#run(registered, false);
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.state.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit, reloadEnvironment }) {
    // A process that was killed over a fault without end begins with nothing loaded.
    if (registered.length === 0 && mutantActivation === "runtime") await this.#load();
    Object.assign(this.state, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit });
    let tests;
    try {
      // A fault in what a module does while it is loaded shows only when it is loaded again.
      if (reloadEnvironment || registered.length === 0) await this.#load();
      const chosen = testFilter ? registered.filter(({ name }) => testFilter.includes(name)) : registered;
      tests = await this.#run(chosen, true);
    } catch (error) {
      tests = [{ ...described({ name: "loading", file: "" }), status: TestStatus.Failed, failureMessage: String(error) }];
    }
    const reached = determineHitLimitReached(this.state.hitCount, hitLimit);
    Object.assign(this.state, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    return reached ?? toMutantRunResult({ status: DryRunStatus.Complete, tests });
  }

  async #load() {
    this.life += 1;
    registered.length = 0;
    const files = readdirSync(TESTS, { recursive: true }).filter((name) => name.endsWith(".test.mjs"));
    for (const file of files.filter((name) => !LEFT_OUT.includes(name)).sort()) {
      open(file);
      await import(`${pathToFileURL(resolve(TESTS, file)).href}?life=${this.life}`);
    }
  }

  async #run(chosen, bail) {
    const results = [];
    for (const one of chosen) {
      const failure = await this.#runOne(one);
      const result = described(one);
      if (failure === null) results.push({ ...result, status: TestStatus.Success });
      else results.push({ ...result, status: TestStatus.Failed, failureMessage: String(failure) });
      if (failure !== null && bail) break;
    }
    return results;
  }

  async #runOne({ name, before, run }) {
    this.state.currentTestId = name;
    this.stray = null;
    let failure = null;
    try {
      for (const prepare of before) await prepare();
      await run();
    } catch (error) {
      failure = error ?? new Error("threw nothing");
    }
    mock.timers.reset();
    mock.restoreAll();
    performance.now = own.now;
    Math.random = own.random;
    if (failure === null) await new Promise((done) => setImmediate(done));
    this.state.currentTestId = undefined;
    return failure ?? this.stray;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "one-process", OneProcess)];
