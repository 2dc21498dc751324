/** Why a destination may not be sent to. The console and the API have a sentence for each. */
export const URL_REFUSALS = [
  "url_invalid",
  "scheme_not_https",
  "credentials_in_url",
  "port_not_allowed",
  "host_invalid",
  "host_trailing_dot",
  "host_single_label",
  "host_local_name",
  "address_invalid",
  "address_unspecified",
  "address_loopback",
  "address_private",
  "address_link_local",
  "address_shared",
  "address_metadata",
  "address_multicast",
  "address_broadcast",
  "address_documentation",
  "address_benchmark",
  "address_reserved",
  "address_embeds_ipv4",
  "address_tunnel",
] as const;
export type UrlRefusal = (typeof URL_REFUSALS)[number];

export interface SendPolicy {
  /**
   * What the operator trusts: `host` (any port) or `host:port`, spelled as `new URL(…)` spells them (`127.0.0.1:4000`,
   * `[::1]`, `hooks.internal`). Such a host may be spoken to in plain HTTP and may lie in a private network.
   */
  allowedHosts: readonly string[];
}

const MAX_URL_LENGTH = 2048;

/** Asked when a destination is saved and again before each sending, because the policy may have changed in between. */
export function refusalOfUrl(text: string, policy: SendPolicy): UrlRefusal | null {
  // The parser forgives white space, backslashes and missing slashes; what is stored must read as what is meant.
  const authority = /^https?:\/\/([^/?#\\\s\p{Cc}]+)(?:[/?#][^\\\s\p{Cc}]*)?$/iu.exec(text)?.[1];
  if (!URL.canParse(text) || text.length > MAX_URL_LENGTH) return "url_invalid";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "scheme_not_https";
  if (authority === undefined) return "url_invalid";
  if (authority.includes("@")) return "credentials_in_url";
  if (url.port === "0") return "port_not_allowed";
  if (isListed(url, policy)) return null;
  return url.protocol === "https:" ? refusalOfHost(url.hostname) : "scheme_not_https";
}

export function isListed(url: URL, policy: SendPolicy): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return policy.allowedHosts.some((entry) => entry === url.hostname || entry === `${url.hostname}:${port}`);
}

/** The address in a URL's host, without the brackets of IPv6; null when the host is a name. */
export function literalOf(hostname: string): string | null {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return parseV4(hostname) ? hostname : null;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
// RFC 6761, 6762 (with its appendix G), 8375 and ICANN's reservation of .internal; localdomain is what /etc/hosts knows.
const LOCAL_NAMES =
  /(^|\.)(localhost|localdomain|local|internal|home\.arpa|lan|intranet|corp|home|private|onion|alt|in-addr\.arpa|ip6\.arpa)$/;

function refusalOfHost(hostname: string): UrlRefusal | null {
  const literal = literalOf(hostname);
  if (literal !== null) return refusalOfAddress(literal);
  if (hostname.endsWith(".")) return "host_trailing_dot";
  if (LOCAL_NAMES.test(hostname)) return "host_local_name";
  const labels = hostname.split(".");
  if (hostname.length > 253 || !labels.every((label) => LABEL.test(label))) return "host_invalid";
  return labels.length === 1 ? "host_single_label" : null;
}

type Range = readonly [prefix: string, code: UrlRefusal];

const METADATA = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
];

// IANA's special-purpose registry. The first that matches names the reason.
const V4_RANGES: readonly Range[] = [
  ...METADATA.map((address): Range => [`${address}/32`, "address_metadata"]),
  ["0.0.0.0/8", "address_unspecified"],
  ["10.0.0.0/8", "address_private"],
  ["100.64.0.0/10", "address_shared"],
  ["127.0.0.0/8", "address_loopback"],
  ["169.254.0.0/16", "address_link_local"],
  ["172.16.0.0/12", "address_private"],
  ["192.0.0.0/24", "address_reserved"],
  ["192.0.2.0/24", "address_documentation"],
  ["192.31.196.0/24", "address_reserved"],
  ["192.52.193.0/24", "address_reserved"],
  ["192.88.99.0/24", "address_tunnel"],
  ["192.168.0.0/16", "address_private"],
  ["192.175.48.0/24", "address_reserved"],
  ["198.18.0.0/15", "address_benchmark"],
  ["198.51.100.0/24", "address_documentation"],
  ["203.0.113.0/24", "address_documentation"],
  ["233.252.0.0/24", "address_documentation"],
  ["224.0.0.0/4", "address_multicast"],
  ["255.255.255.255/32", "address_broadcast"],
  ["240.0.0.0/4", "address_reserved"],
];

const V6_RANGES: readonly Range[] = [
  ["::/128", "address_unspecified"],
  ["::1/128", "address_loopback"],
  ["64:ff9b::/96", "address_tunnel"],
  ["64:ff9b:1::/48", "address_tunnel"],
  ["fd00:ec2::254/128", "address_metadata"],
  ["fd20:ce::254/128", "address_metadata"],
  ["fc00::/7", "address_private"],
  ["fec0::/10", "address_private"],
  ["fe80::/10", "address_link_local"],
  ["ff00::/8", "address_multicast"],
  ["2001::/32", "address_tunnel"],
  ["2001:2::/48", "address_benchmark"],
  ["2001:db8::/32", "address_documentation"],
  ["2001::/23", "address_reserved"],
  ["2002::/16", "address_tunnel"],
  ["2620:4f:8000::/48", "address_reserved"],
  ["3ffe::/16", "address_reserved"],
  ["3fff::/20", "address_documentation"],
];

/** Whether an address, of a URL or of an answer from DNS, is one to which nothing may be sent. */
export function refusalOfAddress(ip: string): UrlRefusal | null {
  const v4 = parseV4(ip);
  if (v4) return within(v4, 8, V4);
  const v6 = parseV6(ip);
  if (!v6) return "address_invalid";
  const embedded = embeddedV4(v6);
  // No honest name answers with these; the kernel would take several of them for the IPv4 address inside.
  return (
    within(v6, 16, V6) ?? (embedded && (within(embedded, 8, V4) ?? "address_embeds_ipv4")) ?? outsideGlobalUnicast(v6)
  );
}

/** Everything that IANA may ever assign publicly lies in 2000::/3; the rest is refused whether or not it is named above. */
const outsideGlobalUnicast = ([first]: number[]): UrlRefusal | null =>
  first! >> 13 === 0b001 ? null : "address_reserved";

/** IPv4-compatible, -mapped and -translated addresses, and ISATAP's interface identifiers under any prefix. */
function embeddedV4(groups: number[]): number[] | null {
  const zeroUntil = groups.findIndex((group) => group !== 0);
  const [fifth, sixth] = [groups[4]!, groups[5]!];
  const isLowest =
    zeroUntil >= 6 || (zeroUntil === 5 && sixth === 0xffff) || (zeroUntil === 4 && fifth === 0xffff && sixth === 0);
  const isIsatap = (fifth & ~0x0200) === 0 && sixth === 0x5efe;
  return isLowest || isIsatap ? groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]) : null;
}

interface Parsed {
  parts: number[];
  bits: number;
  code: UrlRefusal;
}

const parse = (ranges: readonly Range[], read: (ip: string) => number[] | null): Parsed[] =>
  ranges.map(([prefix, code]) => {
    const [ip, bits] = prefix.split("/") as [string, string];
    return { parts: read(ip)!, bits: Number(bits), code };
  });

const V4 = parse(V4_RANGES, parseV4);
const V6 = parse(V6_RANGES, parseV6);

function within(parts: number[], partBits: number, ranges: Parsed[]): UrlRefusal | null {
  const isIn = (range: Parsed) =>
    range.parts.every((part, index) => {
      const free = Math.min(partBits, Math.max(0, partBits * (index + 1) - range.bits));
      return part >> free === parts[index]! >> free;
    });
  return ranges.find(isIn)?.code ?? null;
}

/** Four decimal numbers and nothing else: shorter, octal and hexadecimal spellings are not addresses here. */
function parseV4(text: string): number[] | null {
  if (!/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) return null;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function parseV6(text: string): number[] | null {
  // A zone (`%eth0`) does not belong to a destination, and brackets would end the host below.
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  const groups = (half: string) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16)));
  const [head = "", tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  if (tail === undefined) return groups(head);
  const zeroes = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...new Array<number>(zeroes).fill(0), ...groups(tail)];
}
