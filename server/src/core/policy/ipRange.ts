// Addresses and ranges of addresses in CIDR notation (RFC 4632, RFC 4291).

interface IpRange {
  readonly version: 4 | 6;
  readonly address: bigint;
  /** The number of leading bits that count. */
  readonly prefix: number;
}

/** An address alone is a range of one. */
export function parseIpRange(text: string): IpRange | undefined {
  const [, written = '', length] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = written.includes(':') ? 6 : 4;
  const address = version === 6 ? parseV6(written) : parseV4(written);
  const bits = bitsOf(version);
  const prefix = length === undefined ? bits : Number(length);
  return address === undefined || prefix > bits ? undefined : { version, address, prefix };
}

function bitsOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(group), 0n);
}

/** Nothing if one is no group of an IPv6 address; the last may be an IPv4 address. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** The range with zeros in the bits that do not count. */
export function networkOf({ version, address, prefix }: IpRange): IpRange {
  const free = BigInt(bitsOf(version) - prefix);
  return { version, address: (address >> free) << free, prefix };
}

export function writeIpRange({ version, address, prefix }: IpRange): string {
  return `${version === 4 ? writeV4(address) : writeV6(address)}/${prefix}`;
}

function writeV4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** As RFC 5952 has it: the longest run of zeros becomes `::`. */
function writeV6(address: bigint): string {
  const full = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
  const runs = full.match(/\b0(:0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return full;
  const at = full.search(new RegExp(`\\b${longest}\\b`));
  return `${full.slice(0, at).replace(/:$/, '')}::${full.slice(at + longest.length).replace(/^:/, '')}`;
}

/** RFC 1918 and RFC 4193. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].flatMap((text) => parseIpRange(text) ?? []);

/** Whether all of it is private. */
export function isPrivate({ version, address, prefix }: IpRange): boolean {
  return privateRanges.some((range) => {
    const free = BigInt(bitsOf(version) - range.prefix);
    return range.version === version && prefix >= range.prefix && address >> free === range.address >> free;
  });
}
