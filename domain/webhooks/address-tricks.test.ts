import net from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { refusalOfUrl, type SendPolicy } from "./address";
import type { Lookup } from "./resolve";
import { sendDelivery } from "./send";
import { type Listener, listen, listenHttp } from "./testing";

/**
 * Every way we know to have a delivery sent inwards. Traps listen on every local address; besides, each attempt to
 * connect is recorded, and one that would leave the machine is refused.
 */

const nothingListed: SendPolicy = { allowedHosts: [] };
const accept = (socket: net.Socket) => {
  socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
};
let traps: Listener[] = [];
let port = 0;
const connectedTo: string[] = [];

beforeAll(async () => {
  const v4 = await listen(net.createServer(accept), "0.0.0.0");
  port = v4.port;
  const v6 = await listen(net.createServer(accept), "::", port).catch(() => undefined);
  traps = v6 ? [v4, v6] : [v4];
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  vi.spyOn(net.Socket.prototype, "connect").mockImplementation(function (this: net.Socket, ...args: unknown[]) {
    const { host = "" } = args.flat().find((one) => typeof one === "object" && one !== null) as { host?: string };
    connectedTo.push(host);
    if (LOCAL.some((start) => host.startsWith(start))) return connect.apply(this, args);
    setImmediate(() => this.destroy(Object.assign(new Error("connect"), { code: "ECONNREFUSED" })));
    return this;
  });
});
afterEach(() => {
  connectedTo.length = 0;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all(traps.map((trap) => trap.close()));
});

const LOCAL = ["127.", "0.", "::1", "::ffff:7f", "::"];
const trapped = () => traps.reduce((sum, trap) => sum + trap.connections, 0);
const send = (url: string, policy: SendPolicy, lookup?: Lookup, signal?: AbortSignal) =>
  sendDelivery({ url, headers: {}, body: "{}", policy, lookup, signal, deadlines: { totalMs: 2000 } });

/** Spellings of an address of this machine; each arrives at a trap when its host is listed, so each is a real attempt. */
const THIS_MACHINE = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "127.0.0.1.",
  "127.000.000.001",
  "127.0.0.0x1",
  "127.0x1",
  "2130706433",
  "0x7f000001",
  "0X7F000001",
  "0x7f.1",
  "0x7f.0.1",
  "0x7f.0.0.1",
  "0x7F.0x0.0x0.0x1",
  "0x7f.0.0.01",
  "0x000000007f.0.0.1",
  "017700000001",
  "0177.1",
  "0177.0.1",
  "0177.0.0.1",
  "0177.0x0.0.1",
  "00000177.00.00.01",
  "127.0.0.2",
  "127.8.8.8",
  "127.255.255.254",
  "0x7f.0x08.0x08.0x08",
  "2131232776",
  "0.0.0.0",
  "0",
  "0x0",
  "00",
  "0.0",
  "0.0.0",
  "0x0.0",
  "１２７.０.０.１",
  "127。0。0。1",
  "127｡0｡0｡1",
  "127．0．0．1",
  "①②⑦.⓪.⓪.①",
  "𝟭𝟮𝟳.𝟬.𝟬.𝟭",
  "¹²⁷.⁰.⁰.¹",
  "０ｘ７ｆ.1",
  "%31%32%37.0.0.1",
  "127%2e0%2e0%2e1",
  "%30x7f000001",
  "1\u00ad27.0.0.1",
  "12\u200b7.0.0.1",
];

const THIS_MACHINE_V6 = [
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[0000:0000:0000:0000:0000:0000:0000:0001]",
  "[::0:1]",
  "[0::1]",
  "[::0.0.0.1]",
  "[::]",
  "[0:0:0:0:0:0:0:0]",
  "[::0.0.0.0]",
  "[::ffff:127.0.0.1]",
  "[::FFFF:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:7f00:0001]",
  "[0::ffff:127.0.0.2]",
  "[::ffff:0.0.0.0]",
];

/** Addresses of other machines inside, or that lead inside through a translator or tunnel. */
const ELSEWHERE = [
  "10.0.0.1",
  "167772161",
  "0xa.1",
  "012.0.0.1",
  "172.16.0.1",
  "0xac.0x10.1",
  "172.31.255.254",
  "192.168.0.1",
  "192.168.1",
  "0300.0250.0.1",
  "0xc0a80001",
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "169.254.43518",
  "169.16689662",
  "169.254.170.2",
  "168.63.129.16",
  "100.100.100.200",
  "100.64.0.1",
  "192.0.0.192",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "4294967295",
  "0xffffffff",
  "[::127.0.0.1]",
  "[::7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[::ffff:10.0.0.1]",
  "[::ffff:a9fe:a9fe]",
  "[::ffff:169.254.169.254]",
  "[::ffff:8.8.8.8]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b::a9fe:a9fe]",
  "[64:ff9b::8.8.8.8]",
  "[64:ff9b:1::127.0.0.1]",
  "[64:ff9b:1:fffe::a00:1]",
  "[2002:7f00:1::]",
  "[2002:7f00:0001::1]",
  "[2002:a9fe:a9fe::]",
  "[2002:0a00:0001:0:0:0:0:1]",
  "[2002:808:808::]",
  "[2001::1]",
  "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
  "[2001:0:53aa:64c:0:fbff:80ff:fffe]",
  "[2001:db8::1]",
  "[2001:2::1]",
  "[2001:10::1]",
  "[2606:4700::5efe:127.0.0.1]",
  "[2606:4700::200:5efe:7f00:1]",
  "[fe80::5efe:127.0.0.1]",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[ff05::1:3]",
  "[100::1]",
  "[5f00::1]",
  "[3fff::1]",
  "[3ffe::1]",
  "[4000::1]",
  "[::2]",
  "[1::1]",
];

/** Hosts that are no addresses, or only to a parser that is not ours. */
const NAMES = [
  "localhost",
  "LOCALHOST",
  "LocalHost",
  "localhost.",
  "localhost..",
  "a.localhost",
  "127.0.0.1.localhost",
  "localhost.localdomain",
  "localhost6.localdomain6.local",
  "ip6-localhost",
  "ip6-loopback",
  "ｌｏｃａｌｈｏｓｔ",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "localhoſt",
  "loc\u00adalhost",
  "loc%61lhost",
  "%6c%6f%63%61%6c%68%6f%73%74",
  "metadata",
  "metadata.google.internal",
  "instance-data.ec2.internal",
  "kubernetes.default.svc.cluster.local",
  "host.docker.internal",
  "db.internal",
  "printer.local",
  "router.lan",
  "nas.home.arpa",
  "1.0.0.127.in-addr.arpa",
  "example.com.",
  "db",
  "-",
  "[::1%25lo]",
  "[fe80::1%25eth0]",
  "[::1%lo]",
  "[127.0.0.1]",
  "[v1.127]",
  "127.0.0.1.1",
  "256.0.0.1",
  "127.0.0.0x100",
  "0x7f.0.0.0.1",
  "08.0.0.1",
  "127..1",
  "127.0.0.1%00.example.com",
  "127.0.0.1%0d%0a.example.com",
  "example.com%00@127.0.0.1",
  "example.com%2f@127.0.0.1",
  "127.0.0.1%23.example.com",
  "example.com@127.0.0.1",
  "example.com:443@127.0.0.1",
  "example.com@localhost",
  "example.com@[::1]",
  "example.com%40127.0.0.1",
  "user:pass@127.0.0.1",
  ":@127.0.0.1",
  "@127.0.0.1",
  "a@b@127.0.0.1",
  "example.com\\@127.0.0.1",
  "127.0.0.1\\@example.com",
  "127.0.0.1\\.example.com",
  "\t127.0.0.1",
  "127.0.0.1 ",
  "127.0.\n0.1",
  "/127.0.0.1",
  "//127.0.0.1",
  "",
];

/** Whole URLs, `PORT` being the traps'. */
const URLS = [
  "http://127.0.0.1:PORT",
  "HTTP://127.0.0.1:PORT/",
  "hTTps://127.0.0.1:PORT/",
  "https:127.0.0.1:PORT/",
  "https:/127.0.0.1:PORT/",
  "https:\\\\127.0.0.1:PORT\\",
  "https:/\\127.0.0.1:PORT/",
  "//127.0.0.1:PORT/",
  "127.0.0.1:PORT/",
  " https://127.0.0.1:PORT/",
  "\u0000https://127.0.0.1:PORT/",
  "ht\ttps://127.0.0.1:PORT/",
  "https://127.0.0.1:PORT#@example.com/",
  "https://127.0.0.1:PORT?@example.com/",
  "https://127.0.0.1:PORT/@example.com/",
  "https://127.0.0.1:0000PORT/",
  "https://example.com:0/",
  "https://example.com:PORT@127.0.0.1:PORT/",
  "https://example.com#@127.0.0.1:PORT\r\nX: y",
  "http://example.com:PORT/",
  "ftp://127.0.0.1:PORT/",
  "file://127.0.0.1:PORT/etc/passwd",
  "file:///etc/passwd",
  "gopher://127.0.0.1:PORT/_POST",
  "dict://127.0.0.1:PORT/",
  "ws://127.0.0.1:PORT/",
  "wss://127.0.0.1:PORT/",
  "unix:///var/run/docker.sock",
  "http+unix://%2fvar%2frun%2fdocker.sock/",
  "jar:https://127.0.0.1:PORT!/",
  "blob:https://127.0.0.1:PORT/x",
  "view-source:https://127.0.0.1:PORT/",
  "javascript:fetch('https://127.0.0.1:PORT')",
  "data:text/html,x",
  "about:blank",
];

/** What the name of a destination, saved long ago, may be made to answer. */
const ANSWERS: [string, string[]][] = [
  ["loopback", ["127.0.0.1"]],
  ["another loopback", ["127.77.77.77"]],
  ["this machine by zero", ["0.0.0.0"]],
  ["private", ["10.1.2.3"]],
  ["metadata", ["169.254.169.254"]],
  ["shared", ["100.64.1.1"]],
  ["IPv6 loopback", ["::1"]],
  ["IPv6 nothing", ["::"]],
  ["mapped loopback", ["::ffff:127.0.0.1"]],
  ["mapped loopback in hex", ["::ffff:7f00:1"]],
  ["mapped public", ["::ffff:8.8.8.8"]],
  ["compatible loopback", ["::127.0.0.1"]],
  ["NAT64", ["64:ff9b::7f00:1"]],
  ["6to4", ["2002:7f00:1::"]],
  ["Teredo", ["2001:0:4136:e378:8000:63bf:80ff:fffe"]],
  ["unique local", ["fd12:3456::1"]],
  ["link local with a zone", ["fe80::1%lo"]],
  ["loopback with a zone", ["::1%1"]],
  ["multicast", ["224.0.0.251"]],
  ["public, then loopback", ["8.8.8.8", "127.0.0.1"]],
  ["loopback, then public", ["127.0.0.1", "8.8.8.8"]],
  ["public IPv4, inner IPv6", ["8.8.8.8", "::1"]],
  ["public IPv6, inner IPv4", ["2606:4700::1111", "10.0.0.1"]],
  ["public many times, loopback last", [...Array.from({ length: 60 }, (_, n) => `8.8.8.${n + 1}`), "127.0.0.1"]],
  ["an address in octal", ["0177.0.0.1"]],
  ["an address in hex", ["0x7f000001"]],
  ["an address as one number", ["2130706433"]],
  ["a shortened address", ["127.1"]],
  ["a name", ["localhost"]],
  ["nothing that could be an address", [""]],
  ["an address with a port", ["8.8.8.8:80"]],
  ["an address in brackets", ["[::1]"]],
];

/** The operator lists one host and port; everything beside it stays shut. */
const BESIDE: [listed: string, url: string][] = [
  ["127.0.0.1:1", "http://127.0.0.1:PORT/"],
  ["127.0.0.1:1", "https://127.0.0.1:PORT/"],
  ["127.0.0.1:1", "http://127.0.0.1:1@127.0.0.1:PORT/"],
  ["127.0.0.1:1", "http://127.0.0.1:1#@127.0.0.1:PORT/\\"],
  ["127.0.0.1:1", "http://0.0.0.0:PORT/"],
  ["127.0.0.1", "http://127.0.0.2:PORT/"],
  ["127.0.0.1", "http://[::1]:PORT/"],
  ["127.0.0.1", "http://[::ffff:127.0.0.1]:PORT/"],
  ["127.0.0.1", "http://localhost:PORT/"],
  ["[::1]:1", "http://[::1]:PORT/"],
  ["[::1]", "http://127.0.0.1:PORT/"],
  ["::1", "http://[::1]:PORT/"],
  ["localhost:1", "http://localhost:PORT/"],
  ["localhost", "http://localhost.:PORT/"],
  ["localhost", "http://a.localhost:PORT/"],
  ["localhost", "http://127.0.0.1:PORT/"],
  ["localhost", "http://localhost@127.0.0.1:PORT/"],
  ["hooks.test", "http://hooks.test.example:PORT/"],
  ["hooks.test", "http://x.hooks.test:PORT/"],
  ["*", "http://127.0.0.1:PORT/"],
  ["*.test", "http://hooks.test:PORT/"],
  [".test", "http://hooks.test:PORT/"],
  ["", "http://127.0.0.1:PORT/"],
  ["127.0.0.1:", "http://127.0.0.1:PORT/"],
  ["0x7f000001", "http://127.0.0.1:PORT/"],
  ["127.0.0.0/8", "http://127.0.0.1:PORT/"],
];

const PUBLIC = [
  "https://example.com/",
  "https://example.com:8443/hook?x=1#y",
  "https://EXAMPLE.com/",
  "https://ｅxample.com/",
  "https://例え.jp/",
  "https://localhost.example.com/",
  "https://127.0.0.1.nip.io/",
  "https://8.8.8.8/",
  "https://134744072/",
  "https://0x08080808/",
  "https://010.8.8.8/",
  "https://0x8.0x8.0x8.0x8/",
  "https://8.8.2056/",
  "https://８.８.８.８/",
  "https://8.8.8.8./",
  "https://[2606:4700::1111]/",
  "https://[2606:4700:0:0:0:0:0:1111]:8443/",
  "https://[2a00:1450:4001:81b::200e]/",
];

describe("an address trick", () => {
  const literals = [...THIS_MACHINE, ...THIS_MACHINE_V6, ...ELSEWHERE, ...NAMES];
  const urls = () =>
    [...literals.map((host) => `https://${host}:PORT/`), ...URLS].map((url) => url.replace("PORT", `${port}`));

  it("is one of nearly 300, and no two are the same", () => {
    const all = [...urls(), ...ANSWERS.map(([, answer]) => answer.join()), ...BESIDE.map((pair) => pair.join(" for "))];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(290);
  });

  it.each([...literals.map((host) => `https://${host}:PORT/`), ...URLS])(
    "%j is refused at save and at send",
    async (pattern) => {
      for (const url of [pattern, pattern.replace(/^https:/, "http:")].map((one) =>
        one.replaceAll("PORT", `${port}`),
      )) {
        expect(refusalOfUrl(url, nothingListed), url).not.toBeNull();
        const result = await send(url, nothingListed, async () => ["8.8.8.8"]);
        expect(result).toMatchObject({ kind: "failed", code: "address_refused" });
      }
      expect({ connectedTo, trapped: trapped() }).toEqual({ connectedTo: [], trapped: 0 });
    },
  );

  it.each(ANSWERS)("by DNS (%s) is refused at send", async (_, answer) => {
    const url = `https://hooks.example.com:${port}/`;
    expect(refusalOfUrl(url, nothingListed)).toBeNull();
    const result = await send(url, nothingListed, async () => answer);
    expect(result).toMatchObject({ kind: "failed", code: "address_refused" });
    expect({ connectedTo, trapped: trapped() }).toEqual({ connectedTo: [], trapped: 0 });
  });

  it.each([1, 2, 3, 5])("by DNS that turns inwards after %i answers never gets a connection inwards", async (turn) => {
    const url = `https://hooks.example.com:${port}/`;
    let asked = 0;
    const rebinding = async () => (++asked <= turn ? ["8.8.8.8", "8.8.4.4"] : ["127.0.0.1"]);
    for (let delivery = 1; delivery <= turn + 2; delivery++) {
      const result = await send(url, nothingListed, rebinding);
      // One answer per delivery, whatever happens afterwards: there is no second one to be fooled by.
      expect(asked).toBe(delivery);
      expect(result).toMatchObject({ code: delivery <= turn ? "connection_refused" : "address_refused" });
    }
    expect(connectedTo).toEqual(Array.from({ length: turn }, () => ["8.8.8.8", "8.8.4.4"]).flat());
    expect(trapped()).toBe(0);
  });

  it.each(BESIDE)("beside a listed host (%s) is refused: %s", async (listed, pattern) => {
    const url = pattern.replaceAll("PORT", `${port}`);
    const policy = { allowedHosts: [listed] };
    expect(refusalOfUrl(url, policy)).not.toBeNull();
    expect(await send(url, policy, async () => ["127.0.0.1"])).toMatchObject({
      kind: "failed",
      code: "address_refused",
    });
    expect({ connectedTo, trapped: trapped() }).toEqual({ connectedTo: [], trapped: 0 });
  });

  it.each([
    "http://127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "http://[::1]:PORT/",
    "http://0x7f.1:PORT/",
    "http://example.com@127.0.0.1:PORT/",
    "\\\\127.0.0.1:PORT\\",
  ])("by a redirect to %s is not followed", async (pattern) => {
    const location = pattern.replaceAll("PORT", `${port}`);
    for (const status of [300, 301, 302, 303, 307, 308]) {
      const receiver = await listenHttp((_, response) => {
        response.writeHead(status, {
          Location: location,
          Refresh: `0;url=${location}`,
          "Alt-Svc": `h2="127.0.0.1:${port}"`,
        });
        response.end(`<meta http-equiv="refresh" content="0;url=${location}">`);
      });
      const policy = { allowedHosts: [`127.0.0.1:${receiver.port}`] };
      expect(await send(`http://127.0.0.1:${receiver.port}/`, policy)).toMatchObject({ kind: "response", status });
      await receiver.close();
    }
    expect(connectedTo).toHaveLength(6);
    expect(trapped()).toBe(0);
  });

  it.each(PUBLIC)("is not what a public destination looks like: %s is accepted", async (url) => {
    expect(refusalOfUrl(url, nothingListed)).toBeNull();
    const result = await send(url, nothingListed, async () => ["8.8.4.4"]);
    expect(result).toMatchObject({ kind: "failed", code: "connection_refused" });
    const { hostname } = new URL(url);
    expect(connectedTo).toEqual([/^[\d.]+$|^\[/.test(hostname) ? hostname.replace(/^\[|\]$/g, "") : "8.8.4.4"]);
  });
});

describe("the traps", () => {
  it.each([...THIS_MACHINE, ...THIS_MACHINE_V6])("would be reached by %j, were its host listed", async (host) => {
    const url = `http://${host}:${port}/`;
    const isV6 = new URL(url).hostname.startsWith("[");
    if (isV6 && traps.length === 1) return;
    const before = trapped();
    const result = await send(url, { allowedHosts: [new URL(url).hostname] });
    expect(result).toMatchObject({ kind: "response", status: 200 });
    expect(trapped()).toBe(before + 1);
  });
});
