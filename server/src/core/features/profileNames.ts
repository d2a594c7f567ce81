// The name of a profile wherever it stands: in a section head of either file, and in `source_profile`.

import type { Name, Section } from '../awsconfig/node';
import { defaults } from '../awsconfig/parse';
import { quotedName, sectionProfile } from '../awsconfig/profiles';
import { type ConfigDocument, parseDocument } from '../document';
import { resolvedProfiles } from '../emr/block';
import type { Surroundings } from '../surroundings';
import { applyEdits, type Edit, type Span } from '../text';
import { contains } from './place';

export interface NamePlace {
  /** `here` is the document asked about, `other` the one beside it. */
  readonly file: 'here' | 'other';
  readonly span: Span;
}

interface Occurrence extends NamePlace {
  readonly name: string;
  readonly isHead: boolean;
}

/** The section heads of the profile that is named at the offset. */
export function definition(document: ConfigDocument, offset: number, surroundings: Surroundings): readonly NamePlace[] {
  const name = nameAt(document, offset)?.text;
  return everywhere(document, surroundings).filter((place) => place.isHead && place.name === name);
}

export function references(document: ConfigDocument, offset: number, surroundings: Surroundings, withHeads: boolean): readonly NamePlace[] {
  const name = nameAt(document, offset)?.text;
  return everywhere(document, surroundings).filter((place) => place.name === name && (withHeads || !place.isHead));
}

/** The name at the offset, and the text that it stands in for. */
export function nameAt(document: ConfigDocument, offset: number): Name | undefined {
  const found = occurrences(document, 'here').find(({ span }) => contains(span, offset));
  return found && { span: found.span, text: found.name };
}

type Rename =
  | { readonly ok: true; readonly here: readonly Edit[]; readonly other: readonly Edit[] }
  /** A sentence. */
  | { readonly ok: false; readonly reason: string };

export function rename(document: ConfigDocument, offset: number, newName: string, surroundings: Surroundings): Rename {
  const name = nameAt(document, offset)?.text;
  if (name === undefined) return { ok: false, reason: 'There is no name of a profile here.' };
  if (name === newName) return { ok: true, here: [], other: [] };
  const places = everywhere(document, surroundings).filter((place) => place.name === name);
  const reason = whyNot(name, newName, places, document, surroundings);
  if (reason !== undefined) return { ok: false, reason };
  const editsIn = (file: NamePlace['file'], holder: ConfigDocument | undefined): readonly Edit[] =>
    places
      .filter((place) => place.file === file)
      .map(({ span, isHead }) => ({ span, newText: isHead && holder?.file === 'config' ? quotedName(newName) : newName }));
  const here = editsIn('here', document);
  const other = editsIn('other', surroundings.other);
  const isKept =
    renames(document, here, name, newName) && (surroundings.other === undefined || renames(surroundings.other, other, name, newName));
  return isKept ? { ok: true, here, other } : { ok: false, reason: `A profile cannot be called "${newName}" in this file.` };
}

function whyNot(
  name: string,
  newName: string,
  places: readonly Occurrence[],
  document: ConfigDocument,
  surroundings: Surroundings,
): string | undefined {
  if (name === 'default') return 'The profile "default" keeps its name: it is the one that the AWS CLI takes if none is named.';
  if (newName.trim() !== newName || newName === '') return 'The name of a profile cannot be empty, and cannot begin or end with a blank.';
  if (/[\]\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(newName)) return 'The name of a profile cannot hold "]" or control characters.';
  if (newName === defaults) return `"${defaults}" is no name for a profile: every profile inherits from a section of that name.`;
  if (resolvedProfiles(document, surroundings).has(newName)) return `There is a profile "${newName}" already.`;
  const heads = (file: NamePlace['file']): number => places.filter((place) => place.isHead && place.file === file).length;
  if (heads('here') > 1 || heads('other') > 1) return `Two sections are the profile "${name}". Put them under one heading first.`;
  return undefined;
}

/** Whether the file has the same profiles after the edits, but for the name. */
function renames(document: ConfigDocument, edits: readonly Edit[], name: string, newName: string): boolean {
  const after = parseDocument(applyEdits(document.text, edits), document.syntax);
  if (after.kind !== 'config' || after.config.errors.length !== document.config.errors.length) return false;
  const wanted = [...document.profiles.keys()].map((profile) => (profile === name ? newName : profile));
  return JSON.stringify([...after.profiles.keys()].sort()) === JSON.stringify(wanted.sort());
}

function everywhere(document: ConfigDocument, { other }: Surroundings): readonly Occurrence[] {
  return [...occurrences(document, 'here'), ...(other === undefined ? [] : occurrences(other, 'other'))];
}

function occurrences({ config, file }: ConfigDocument, at: NamePlace['file']): readonly Occurrence[] {
  return config.sections.flatMap((section) => {
    const name = sectionProfile(section, file);
    const head = name === undefined ? [] : [{ file: at, name, isHead: true, span: nameSpan(section, file) }];
    const sources = section.settings.flatMap(({ key, value }) =>
      key.text === 'source_profile' && value.kind === 'text' && value.text !== ''
        ? [{ file: at, name: value.text, isHead: false, span: value.span }]
        : [],
    );
    return [...head, ...sources];
  });
}

/** In the config file, what stands after "profile", quotes and all. */
function nameSpan({ name: { span, text } }: Section, file: ConfigDocument['file']): Span {
  if (file === 'credentials' || text === 'default') return span;
  const start = text.length - text.replace(/^[^ \t]+[ \t]+/, '').length;
  // A backslash keeps the blank after it.
  const end = /\\[ \t]*$/.test(text) ? text.length : text.replace(/[ \t]+$/, '').length;
  return { start: span.start + start, end: span.start + end };
}
