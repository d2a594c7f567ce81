// What is wrong with the ARN of a resource: at most one thing at a time, the first of a list of checks.

import { isRegion, regions } from '../awsconfig/known';
import type { Catalog } from '../catalog/catalog';
import type { Fix } from '../finding';
import { replaceValue } from '../json/edit';
import { didYouMean, nearest } from '../nearest';
import { rememberLast, rememberLastOf } from '../remember';
import type { Span } from '../text';
import type { StringNode } from '../tree/node';
import { type Arn, type Field, parseArn, publicPartitions } from './arn';
import type { Policy } from './policy';
import { formsLike, formsOf, isPlain, knownResources, spanOfField } from './resourceArn';

/** The codes of Access Analyzer's checks. */
type ArnFaultCode = keyof typeof textChecks | keyof typeof arnChecks;

interface ArnFault {
  readonly code: ArnFaultCode;
  readonly node: StringNode;
  readonly at: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

type Fault = Omit<ArnFault, 'code' | 'node'>;

/** Those of all resources of a policy. Without a catalog, those that the text alone shows. */
export const arnFaults = rememberLastOf((policy: Policy, catalog: Catalog | undefined): readonly ArnFault[] => {
  const faults: ArnFault[] = [];
  const fine = catalog && fineIn(catalog);
  for (const node of knownResources(policy)) {
    if (fine?.has(node.value)) continue;
    const fault = faultOf(node, catalog);
    if (fault !== undefined) faults.push(fault);
    else if (fine !== undefined) remember(fine, node.value);
  }
  return faults;
});

/** The texts without a fault: a document is looked at again with each keystroke, and most of it has not changed. */
const fineIn = rememberLast((_catalog: Catalog) => new Set<string>());

function remember(texts: Set<string>, text: string): void {
  if (texts.size >= 20_000) texts.clear();
  texts.add(text);
}

function faultOf(node: StringNode, catalog: Catalog | undefined): ArnFault | undefined {
  for (const code of keysOf(textChecks)) {
    const fault = textChecks[code](node);
    if (fault !== undefined) return { code, node, ...fault };
  }
  const arn = parseArn(node.value);
  if (arn === undefined) return undefined;
  for (const code of keysOf(arnChecks)) {
    const fault = arnChecks[code](node, arn, catalog);
    if (fault !== undefined) return { code, node, ...fault };
  }
  return undefined;
}

function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(table) as K[];
}

const textChecks = {
  INVALID_ARN_PREFIX(node: StringNode): Fault | undefined {
    // A pattern at the start may stand for "arn:"; API Gateway completes execute-api:/ itself.
    if (/^(arn:|[*?]|\$\{|execute-api:)/.test(node.value)) return undefined;
    return { at: node.span, message: `"${node.value}" is no ARN. A resource is "*" or an ARN, such as arn:aws:s3:::my-data/*.`, fixes: [] };
  },
  MISSING_ARN_FIELD(node: StringNode): Fault | undefined {
    const { value } = node;
    // A star at the end may stand for the rest.
    if (!value.startsWith('arn:') || value.includes('${') || value.endsWith('*') || value.split(':').length > 5) return undefined;
    return {
      at: node.span,
      message: `"${value}" has fewer than the six parts of an ARN, arn:partition:service:region:account:resource. Empty parts keep their colons.`,
      fixes: [],
    };
  },
};

/** In order: what a later one says needs that the earlier ones had nothing to say. */
const arnChecks = {
  INVALID_PARTITION(node: StringNode, { partition }: Arn): Fault | undefined {
    if (!isPlain(partition.text) || isPartition(partition.text)) return undefined;
    const meant = partition.text === '' ? ['aws'] : nearest(partition.text, publicPartitions);
    const message = `There is no partition "${partition.text}". It is aws, aws-cn in the China regions, or aws-us-gov in GovCloud.${didYouMean(meant)}`;
    return { at: spanOfField(node, partition), message, fixes: replacements(node, partition, meant) };
  },
  INVALID_ARN_SERVICE_CASE(node: StringNode, { service }: Arn): Fault | undefined {
    const lower = service.text.toLowerCase();
    if (service.text === lower || service.text.includes('${')) return undefined;
    return {
      at: spanOfField(node, service),
      message: `The service of an ARN is in lower case: ${lower}.`,
      fixes: replacements(node, service, [lower]),
    };
  },
  INVALID_ARN_REGION(node: StringNode, { region }: Arn): Fault | undefined {
    if (region.text === '' || !isPlain(region.text) || isRegion(region.text)) return undefined;
    const meant = nearest(region.text, regions);
    const message = `"${region.text}" is not the code of a Region.${didYouMean(meant)}`;
    return { at: spanOfField(node, region), message, fixes: replacements(node, region, meant) };
  },
  INVALID_ARN_ACCOUNT(node: StringNode, { account }: Arn): Fault | undefined {
    // Names in this place are those of AWS's own accounts: aws, cloudfront.
    if (!/^\d[\d-]*$/.test(account.text) || /^\d{12}$/.test(account.text)) return undefined;
    const digits = account.text.replaceAll('-', '');
    const meant = digits.length === 12 ? [digits] : [];
    return {
      at: spanOfField(node, account),
      message: `"${account.text}" is not the ID of an account, which is twelve digits.`,
      fixes: replacements(node, account, meant),
    };
  },
  INVALID_ARN_RESOURCE(node: StringNode, arn: Arn, catalog: Catalog | undefined): Fault | undefined {
    if (catalog === undefined || !isPlain(arn.service.text) || formsLike(arn, catalog).length > 0) return undefined;
    const meant = meantTypes(
      arn,
      formsOf(arn.service.text, catalog).map(({ resource }) => resource.text),
    );
    if (meant.length === 0) return undefined;
    const [type = '', after = ''] = typeOf(arn.resource.text);
    const start = arn.resource.span.start;
    const field = { text: type, span: { start, end: start + type.length + after.length } };
    const message = `No resource of ${arn.service.text} has an ARN with ${type}${after} in this place.${didYouMean(meant)}`;
    return { at: spanOfField(node, field), message, fixes: replacements(node, field, meant) };
  },
  ARN_REGION_NOT_ALLOWED(node: StringNode, arn: Arn, catalog: Catalog | undefined): Fault | undefined {
    return superfluous(node, arn.region, formsOfAll(arn, catalog, 'region'), 'Region');
  },
  ARN_ACCOUNT_NOT_ALLOWED(node: StringNode, arn: Arn, catalog: Catalog | undefined): Fault | undefined {
    return superfluous(node, arn.account, formsOfAll(arn, catalog, 'account'), 'account');
  },
  MISSING_ARN_REGION(node: StringNode, arn: Arn, catalog: Catalog | undefined): Fault | undefined {
    const fields = formsOfAll(arn, catalog, 'region');
    if (arn.region.text !== '' || fields.length === 0 || fields.includes('')) return undefined;
    const message = 'The ARNs of such resources have a Region between the third and the fourth colon. Write it, or * for any.';
    return { at: node.span, message, fixes: [] };
  },
  MISSING_ARN_ACCOUNT(node: StringNode, arn: Arn, catalog: Catalog | undefined): Fault | undefined {
    const fields = formsOfAll(arn, catalog, 'account');
    if (arn.account.text !== '' || fields.length === 0 || fields.includes('') || isOfAws(arn)) return undefined;
    const message = 'The ARNs of such resources have an account between the fourth and the fifth colon. Write it, or * for any.';
    return { at: node.span, message, fixes: [] };
  },
};

/** New isolated partitions come without notice. */
function isPartition(text: string): boolean {
  return publicPartitions.includes(text) || /^aws-(iso(-[a-z])?|eusc)$/.test(text);
}

/** What AWS itself owns (documents of Systems Manager, public parameters) has no account in its ARN, and AWS's name in its own. */
function isOfAws({ resource }: Arn): boolean {
  return /[/:](aws|amazon|\*)/i.test(resource.text);
}

/** `role/` of `role/data`: the part that says the type, with what parts it from the rest. Nothing of a pattern. */
function typeOf(resource: string): readonly string[] {
  return /^([A-Za-z][\w-]*)([/:])/.exec(resource)?.slice(1) ?? [];
}

/**
 * The types that were meant, as `role/`: only those that differ in letter case, in the separator, or by a slip of the hand. Services
 * have resources that no documentation names, so a type that is like none of theirs is no fault.
 */
function meantTypes({ resource }: Arn, forms: readonly string[]): readonly string[] {
  const [type, separator] = typeOf(resource.text);
  if (type === undefined || separator === undefined || forms.some((form) => form.startsWith('*'))) return [];
  const starts = [...new Set(forms.map((form) => typeOf(form).join('')).filter((start) => start !== ''))];
  if (starts.includes(type + separator)) return [];
  const sameWord = starts.filter((start) => start.slice(0, -1).toLowerCase() === type.toLowerCase());
  if (sameWord.length > 0) return sameWord;
  return nearest(type + separator, starts).filter((start) => Math.abs(start.length - type.length - 1) <= 2);
}

/** What the documented forms of such ARNs have in one of their fields. */
function formsOfAll(arn: Arn, catalog: Catalog | undefined, field: 'region' | 'account'): readonly string[] {
  return catalog === undefined ? [] : formsLike(arn, catalog).map((form) => form[field].text);
}

function superfluous(node: StringNode, { text, span }: Field, fields: readonly string[], name: string): Fault | undefined {
  if (text === '' || !isPlain(text) || fields.length === 0 || fields.some((field) => field !== '')) return undefined;
  const without = `${node.value.slice(0, span.start)}${node.value.slice(span.end)}`;
  return {
    at: spanOfField(node, { text, span }),
    message: `The ARNs of such resources have no ${name}. Leave it out: ${without}.`,
    fixes: [{ title: `Change to ${without}`, kind: 'suggestion', edits: [replaceValue(node, without)] }],
  };
}

function replacements(node: StringNode, { span }: Field, meant: readonly string[]): readonly Fix[] {
  return meant.map((text) => ({
    title: `Change to ${text}`,
    kind: 'suggestion',
    edits: [replaceValue(node, `${node.value.slice(0, span.start)}${text}${node.value.slice(span.end)}`)],
  }));
}
