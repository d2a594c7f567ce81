// The outline of a config file: profiles, their settings, their blocks.

import type { Section, Setting } from '../awsconfig/node';
import { defaults } from '../awsconfig/parse';
import { sectionProfile } from '../awsconfig/profiles';
import type { ConfigDocument } from '../document';
import type { Span } from '../text';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'profile' | 'section' | 'block' | 'setting' | 'policy' | 'statement';
  readonly span: Span;
  /** What is shown when the symbol is chosen; within `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

export function symbols(document: ConfigDocument): readonly OutlineSymbol[] {
  return document.config.sections.map((section) => sectionSymbol(document, section));
}

function sectionSymbol(document: ConfigDocument, section: Section): OutlineSymbol {
  const profile = sectionProfile(section, document.file);
  const isReplaced = profile !== undefined && document.profiles.get(profile)?.section !== section;
  return {
    name: named(profile ?? section.name.text),
    detail: profile === undefined ? sectionDetail(section) : isReplaced ? 'profile, replaced by a later one' : 'profile',
    kind: profile === undefined ? 'section' : 'profile',
    span: section.span,
    selection: section.name.span,
    children: section.settings.map(settingSymbol),
  };
}

function sectionDetail({ name: { text } }: Section): string {
  if (text === defaults) return 'what every profile inherits';
  return /^(sso-session|services|plugins|preview)\b/.test(text) ? '' : 'no profile';
}

function settingSymbol({ span, key, value }: Setting): OutlineSymbol {
  const base = { name: named(key.text), span, selection: key.span };
  if (value.kind !== 'nested')
    return { ...base, detail: value.kind === 'text' ? shortened(value.text) : '', kind: 'setting', children: [] };
  const children = value.settings.map(
    (nested): OutlineSymbol => ({
      name: named(nested.key.text),
      detail: nested.value.kind === 'text' ? shortened(nested.value.text) : '',
      kind: 'setting',
      span: nested.span,
      selection: nested.key.span,
      children: [],
    }),
  );
  return { ...base, detail: '', kind: 'block', children };
}

/** Editors refuse a symbol without a name. */
function named(text: string): string {
  return text.trim() === '' ? '(no name)' : text;
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
