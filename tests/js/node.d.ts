// The few pieces of Node that the tests use, so that type checks need no further package.
declare module "node:test" {
  export function test(name: string, run: () => void | Promise<void>): void;
  export function beforeEach(run: () => void): void;
  export const mock: {
    method(object: object, name: string, instead: (...given: any[]) => unknown): void;
    restoreAll(): void;
    timers: {
      enable(options: { apis: "setTimeout"[] }): void;
      reset(): void;
      tick(ms: number): void;
    };
  };
}
declare function setImmediate(run: (value: unknown) => void): void;
declare module "node:assert/strict" {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    ok(value: unknown, message?: string): asserts value;
    match(text: string, pattern: RegExp): void;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    throws(run: () => unknown, expected: Function | RegExp): void;
  }
  const assert: Assert;
  export default assert;
}
declare module "node:fs" {
  export function existsSync(path: URL): boolean;
  export function readFileSync(path: URL, encoding: "utf8"): string;
  export function readdirSync(path: URL, options: { recursive: true }): string[];
}
