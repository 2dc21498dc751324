/** An address or range as bits, so that a range can be compared by its prefix. */
export interface IpRange {
  family: 4 | 6;
  bits: string;
  prefix: number;
}

const MAX_BITS = { 4: 32, 6: 128 } as const;
/** A wider range than these holds whole countries, and every session would have to be compared at every width. */
export const NARROWEST_PREFIX = { 4: 8, 6: 16 } as const;

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`; null for anything else, leading zeros included. */
export function parseIp(text: string): IpRange | null {
  const [address = "", suffix, more] = text.trim().toLowerCase().split("/");
  if (more !== undefined) return null;
  const bits = address.includes(":") ? bitsOfV6(address) : bitsOfV4(address);
  if (!bits) return null;
  const family = bits.length === 32 ? 4 : 6;
  if (suffix === undefined) return { family, bits, prefix: MAX_BITS[family] };
  if (!/^\d{1,3}$/.test(suffix)) return null;
  const prefix = Number(suffix);
  return prefix <= MAX_BITS[family] ? { family, bits, prefix } : null;
}

/** The name of a range: the same for every spelling of it. */
export const rangeKey = ({ family, bits }: IpRange, prefix: number) => `${family}/${prefix}/${bits.slice(0, prefix)}`;

/** The names of every range that an address lies in. */
export function rangesAround(address: IpRange): string[] {
  const keys: string[] = [];
  for (let prefix = NARROWEST_PREFIX[address.family]; prefix <= address.prefix; prefix++)
    keys.push(rangeKey(address, prefix));
  return keys;
}

function bitsOfV4(text: string): string | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfV6(text: string): string | null {
  let words = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail) {
    const v4 = bitsOfV4(tail[2]!);
    if (!v4) return null;
    words = `${tail[1]}${parseInt(v4.slice(0, 16), 2).toString(16)}:${parseInt(v4.slice(16), 2).toString(16)}`;
  }
  const halves = words.split("::");
  if (halves.length > 2) return null;
  const read = (half: string) => (half === "" ? [] : half.split(":"));
  const [left, right] = [read(halves[0]!), read(halves[1] ?? "")];
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...left, ...Array<string>(halves.length === 2 ? missing : 0).fill("0"), ...right];
  if (!all.every((word) => /^[0-9a-f]{1,4}$/.test(word))) return null;
  return all.map((word) => parseInt(word, 16).toString(2).padStart(16, "0")).join("");
}
