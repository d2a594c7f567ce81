// A strict reader of the XML that this project writes: elements, attributes in double quotes, text, and numeric references.

import assert from 'node:assert/strict';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** Throws where the text is not well-formed. */
export function parseXml(text: string): XmlElement {
  // XML 1.0, 2.2 Characters.
  assert.doesNotMatch(text, /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u, 'a character that XML does not have');
  let at = /^(<\?xml version="1\.0" encoding="UTF-8"\?>\s*)?/.exec(text)?.[0].length ?? 0;
  const read = (pattern: RegExp): RegExpExecArray | undefined => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const match = sticky.exec(text) ?? undefined;
    at += match?.[0].length ?? 0;
    return match;
  };
  const element = (): XmlElement => {
    const [, name = ''] = read(/<([A-Za-z]\w*)/) ?? [];
    assert.ok(name, `no element at ${JSON.stringify(text.slice(at, at + 40))}`);
    const attributes: Record<string, string> = {};
    for (let pair = read(/\s+([\w:-]+)="([^"<]*)"/); pair !== undefined; pair = read(/\s+([\w:-]+)="([^"<]*)"/)) {
      const [, key = '', value = ''] = pair;
      assert.ok(!Object.hasOwn(attributes, key), `${key} twice`);
      attributes[key] = decoded(value);
    }
    if (read(/\s*\/>/)) return { name, attributes, children: [] };
    assert.ok(read(/\s*>/), `an open tag at ${JSON.stringify(text.slice(at, at + 40))}`);
    const children: (XmlElement | string)[] = [];
    for (;;) {
      const end = read(/<\/(\w+)>/);
      if (end !== undefined) {
        assert.equal(end[1], name);
        return { name, attributes, children };
      }
      const part = read(/[^<]+/);
      children.push(part === undefined ? element() : decoded(part[0]));
    }
  };
  const root = element();
  assert.equal(text.slice(at).trim(), '');
  return root;
}

function decoded(text: string): string {
  assert.doesNotMatch(text, /&(?!#\d+;)/, 'an ampersand that begins no reference');
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

export function elementsIn(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : elementsIn(child)))];
}

export function textIn({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}
