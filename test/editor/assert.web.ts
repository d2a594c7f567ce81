// Of node:assert/strict, what the editor tests use, for the extension host in the browser.

const asserts = {
  ok(value: unknown, message = 'the value is falsy'): void {
    if (!value) throw new Error(message);
  },
  equal(actual: unknown, expected: unknown): void {
    asserts.ok(Object.is(actual, expected), `${shown(actual)} is not ${shown(expected)}`);
  },
  deepEqual(actual: unknown, expected: unknown): void {
    asserts.equal(JSON.stringify(actual), JSON.stringify(expected));
  },
  match(actual: string, pattern: RegExp): void {
    asserts.ok(pattern.test(actual), `${shown(actual)} does not match ${pattern}`);
  },
};

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export default asserts;
