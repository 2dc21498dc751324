import { BlockList, isIP } from "node:net";

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`; an IPv4 address in IPv6 clothes is the IPv4 address it is. */
export function isAddressIn(ranges: readonly string[], address: string | undefined): boolean {
  const plain = plainAddress(address);
  if (!plain) return false;
  const family = familyOf(plain);
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", length] = range.split("/");
    const kind = familyOf(network);
    if (length === undefined) list.addAddress(network, kind);
    else list.addSubnet(network, Number(length), kind);
  }
  return list.check(plain, family);
}

/** Without the zone of a link-local address and without the IPv6 prefix that a dual-stack socket shows IPv4 peers with. */
export function plainAddress(address: string | undefined): string | undefined {
  const bare = address?.trim().replace(/%.*$/, "");
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare ?? "")?.[1];
  const plain = mapped ?? bare;
  return plain && isIP(plain) ? plain : undefined;
}

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");
