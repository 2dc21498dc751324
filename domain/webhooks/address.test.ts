import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isListed, refusalOfAddress, refusalOfUrl, type UrlRefusal } from "./address";

/** First and last address inside, and the neighbours outside when those are public. */
const RANGES: [UrlRefusal, string, string, string?, string?][] = [
  ["address_unspecified", "0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
  ["address_private", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["address_shared", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["address_metadata", "100.100.100.200", "100.100.100.200"],
  ["address_loopback", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["address_metadata", "168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"],
  ["address_link_local", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["address_metadata", "169.254.169.254", "169.254.169.254"],
  ["address_metadata", "169.254.170.2", "169.254.170.2"],
  ["address_private", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["address_reserved", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["address_metadata", "192.0.0.192", "192.0.0.192"],
  ["address_documentation", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["address_reserved", "192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0"],
  ["address_reserved", "192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0"],
  ["address_tunnel", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["address_private", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["address_reserved", "192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0"],
  ["address_benchmark", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["address_documentation", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["address_documentation", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["address_multicast", "224.0.0.0", "233.251.255.255", "223.255.255.255"],
  ["address_documentation", "233.252.0.0", "233.252.0.255"],
  ["address_multicast", "233.252.1.0", "239.255.255.255"],
  ["address_reserved", "240.0.0.0", "255.255.255.254"],
  ["address_broadcast", "255.255.255.255", "255.255.255.255"],
  ["address_unspecified", "::", "::"],
  ["address_loopback", "::1", "::1"],
  ["address_tunnel", "64:ff9b::", "64:ff9b::ffff:ffff"],
  ["address_tunnel", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["address_reserved", "64:ff9b:2::", "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_reserved", "100::", "100::ffff:ffff:ffff:ffff"],
  ["address_reserved", "101::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2000::"],
  ["address_tunnel", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_benchmark", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  ["address_reserved", "2001:3::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2001:200::"],
  [
    "address_documentation",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
  ],
  [
    "address_tunnel",
    "2002::",
    "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2003::",
  ],
  ["address_reserved", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", undefined, "2620:4f:8001::"],
  ["address_reserved", "3ffe::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_documentation", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "3fff:1000::"],
  ["address_reserved", "4000::", "5fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_reserved", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_private", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_metadata", "fd00:ec2::254", "fd00:ec2::254"],
  ["address_link_local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_private", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["address_multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

const NOT_ADDRESSES = [
  "",
  " 1.1.1.1",
  "1.1.1.1 ",
  "1.1.1",
  "1.1.1.1.1",
  "01.1.1.1",
  "0x1.1.1.1",
  "256.1.1.1",
  "1.1.1.-1",
  "1.1.1.1/32",
  "16843009",
  "0x01010101",
  "١.١.١.١",
  "1。1。1。1",
  "localhost",
  "2606:4700::1111%eth0",
  "2606:4700::1111%25eth0",
  "[2606:4700::1111]",
  "2606:4700::1111]/@[::1",
  "2606:4700:::1111",
  "2606:4700::1::1",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "2606:4700::11111",
  "2606:4700::g",
  ":",
];

const none = { allowedHosts: [] };
const demo = { allowedHosts: ["127.0.0.1:4000", "localhost", "[::1]:4000", "hooks.internal", "10.0.0.7:443"] };

describe("an address", () => {
  it.each(RANGES)("%s: %s to %s, and not beyond", (code, first, last, before, after) => {
    expect(refusalOfAddress(first)).toBe(code);
    expect(refusalOfAddress(last)).toBe(code);
    if (before) expect(refusalOfAddress(before)).toBeNull();
    if (after) expect(refusalOfAddress(after)).toBeNull();
  });

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "18.203.201.92",
    "223.255.255.255",
    "2606:4700::1111",
    "2A00:1450::1",
    "2400:cb00:2048:1::c629:d7a2",
  ])("%s is public", (ip) => {
    expect(refusalOfAddress(ip)).toBeNull();
  });

  it.each(NOT_ADDRESSES)("%j is none", (text) => {
    expect(refusalOfAddress(text)).toBe("address_invalid");
  });

  it("inside another is refused for what it is, and a public one for where it stands", () => {
    for (const form of [
      (v4: string) => `::${v4}`,
      (v4: string) => `::ffff:${v4}`,
      (v4: string) => `::ffff:0:${v4}`,
      (v4: string) => `2606:4700::5efe:${v4}`,
      (v4: string) => `2606:4700::200:5efe:${v4}`,
    ]) {
      expect(refusalOfAddress(form("127.0.0.1"))).toBe("address_loopback");
      expect(refusalOfAddress(form("169.254.169.254"))).toBe("address_metadata");
      expect(refusalOfAddress(form("192.168.1.1"))).toBe("address_private");
      expect(refusalOfAddress(form("8.8.8.8"))).toBe("address_embeds_ipv4");
    }
  });

  it("is judged alike in every spelling", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const long = groups.map((one) => one.toString(16).padStart(4, "0")).join(":");
        const short = new URL(`http://[${long}]/`).hostname.slice(1, -1);
        expect(refusalOfAddress(long.toUpperCase())).toBe(refusalOfAddress(short));
      }),
    );
  });

  it("that the platform's own block list refuses is refused here", () => {
    const blocked = new BlockList();
    for (const [net, bits] of [
      ["0.0.0.0", 8],
      ["10.0.0.0", 8],
      ["100.64.0.0", 10],
      ["127.0.0.0", 8],
      ["169.254.0.0", 16],
      ["172.16.0.0", 12],
      ["192.168.0.0", 16],
      ["198.18.0.0", 15],
      ["224.0.0.0", 3],
    ] as const)
      blocked.addSubnet(net, bits);
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        if (blocked.check(ip)) expect(refusalOfAddress(ip)).not.toBeNull();
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("a destination's URL", () => {
  it.each([
    "https://example.com",
    "https://example.com/",
    "https://hooks.example.com:8443/didit?tenant=7#top",
    "https://EXAMPLE.com/Path",
    "https://sub_domain.example.co.uk/",
    "https://xn--wgv71a119e.jp/",
    "https://日本語.jp/受信",
    "https://localhost.example.com/",
    "https://internal.example.com/",
    "https://127.0.0.1.nip.io/",
    "https://8.8.8.8/",
    "https://8.8.8.8:8443/",
    "https://[2606:4700::1111]/",
    "https://example.com:22/",
  ])("%s may be saved", (url) => {
    expect(refusalOfUrl(url, none)).toBeNull();
  });

  it.each<[UrlRefusal, string]>([
    ["url_invalid", ""],
    ["url_invalid", "example.com"],
    ["url_invalid", "/hooks"],
    ["url_invalid", "//example.com"],
    ["url_invalid", "https://"],
    ["url_invalid", "https:///example.com"],
    ["url_invalid", "https:example.com"],
    ["url_invalid", "https:\\\\example.com"],
    ["url_invalid", "https://example.com\\@127.0.0.1/"],
    ["url_invalid", " https://example.com"],
    ["url_invalid", "https://exa\tmple.com"],
    ["url_invalid", "https://example.com/a b"],
    ["url_invalid", "https://example.com/\r\nHost: x"],
    ["url_invalid", "https://example.com:65536/"],
    ["url_invalid", "https://exa mple.com/"],
    ["url_invalid", "https://[::1/"],
    ["url_invalid", "https://1.2.3.4.5/"],
    ["url_invalid", `https://example.com/${"a".repeat(2048)}`],
    ["scheme_not_https", "http://example.com/"],
    ["scheme_not_https", "ftp://example.com/"],
    ["scheme_not_https", "file:///etc/passwd"],
    ["scheme_not_https", "javascript:alert(1)"],
    ["scheme_not_https", "data:text/plain,x"],
    ["scheme_not_https", "http://127.0.0.1/"],
    ["credentials_in_url", "https://user:secret@example.com/"],
    ["credentials_in_url", "https://user@example.com/"],
    ["credentials_in_url", "https://@example.com/"],
    ["credentials_in_url", "https://example.com@127.0.0.1/"],
    ["port_not_allowed", "https://example.com:0/"],
    ["host_invalid", "https://a..example.com/"],
    ["host_invalid", "https://-a.example.com/"],
    ["host_invalid", `https://${"a".repeat(64)}.example.com/`],
    ["host_invalid", `https://${"abcdefgh.".repeat(30)}example.com/`],
    ["host_trailing_dot", "https://example.com./"],
    ["host_trailing_dot", "https://localhost./"],
    ["host_single_label", "https://receiver/"],
    ["host_single_label", "https://com/"],
    ["host_local_name", "https://localhost/"],
    ["host_local_name", "https://LOCALHOST:8443/"],
    ["host_local_name", "https://api.localhost/"],
    ["host_local_name", "https://localhost.localdomain/"],
    ["host_local_name", "https://printer.local/"],
    ["host_local_name", "https://metadata.google.internal/"],
    ["host_local_name", "https://nas.home.arpa/"],
    ["host_local_name", "https://router.lan/"],
    ["address_loopback", "https://127.0.0.1/"],
    ["address_private", "https://10.0.0.7/"],
    ["address_loopback", "https://[::1]/"],
  ])("%s: %s", (code, url) => {
    expect(refusalOfUrl(url, none)).toBe(code);
  });

  it.each([
    "http://127.0.0.1:4000/hook",
    "https://127.0.0.1:4000/hook",
    "http://2130706433:4000/",
    "http://localhost/",
    "http://localhost:1234/",
    "http://[::1]:4000/",
    "http://[0:0:0:0:0:0:0:1]:4000/",
    "http://hooks.internal:8080/",
    "https://10.0.0.7/",
    "https://10.0.0.7:443/",
  ])("%s may be saved where the operator lists its host", (url) => {
    expect(refusalOfUrl(url, demo)).toBeNull();
  });

  it.each<[UrlRefusal, string]>([
    ["scheme_not_https", "http://127.0.0.1:4001/"],
    ["scheme_not_https", "http://127.0.0.1/"],
    ["address_loopback", "https://127.0.0.1/"],
    ["address_loopback", "https://127.0.0.2:4000/"],
    ["address_loopback", "https://[::1]:4001/"],
    ["address_loopback", "https://[::ffff:127.0.0.1]:4000/"],
    ["scheme_not_https", "http://10.0.0.7/"],
    ["host_local_name", "https://x.hooks.internal/"],
    ["host_trailing_dot", "https://hooks.internal./"],
    ["credentials_in_url", "http://user@localhost/"],
    ["port_not_allowed", "http://localhost:0/"],
    ["scheme_not_https", "ftp://localhost/"],
  ])("and no other host or port is opened by that (%s: %s)", (code, url) => {
    expect(refusalOfUrl(url, demo)).toBe(code);
  });

  it("matches a listed host with its effective port", () => {
    const policy = { allowedHosts: ["a.test:80", "b.test:443"] };
    expect(isListed(new URL("http://a.test/"), policy)).toBe(true);
    expect(isListed(new URL("https://a.test/"), policy)).toBe(false);
    expect(isListed(new URL("https://b.test/"), policy)).toBe(true);
    expect(isListed(new URL("http://b.test:443/"), policy)).toBe(true);
  });

  it("never makes the check throw, and what passes is https to a public name or address", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }).map((host) => `https://${host}/`),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, (url) => {
        if (refusalOfUrl(url, none) === null) expect(new URL(url).protocol).toBe("https:");
      }),
      { numRuns: 3000 },
    );
  });
});
