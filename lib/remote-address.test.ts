import { expect, it } from "vitest";
import { remoteAddressOf } from "./remote-address";

it.each<[trusted: number, forwarded: string | null, socket: string | undefined, expected: string | undefined]>([
  [0, "203.0.113.7", "127.0.0.1", "127.0.0.1"],
  [0, null, "::ffff:198.51.100.1", "198.51.100.1"],
  [0, null, undefined, undefined],
  [1, null, "10.0.0.1", "10.0.0.1"],
  [1, "203.0.113.7", "10.0.0.1", "203.0.113.7"],
  [1, "9.9.9.9, 203.0.113.7", "10.0.0.1", "203.0.113.7"],
  [1, "9.9.9.9,203.0.113.7 ", "10.0.0.1", "203.0.113.7"],
  [2, "9.9.9.9, 203.0.113.7, 10.0.0.2", "10.0.0.1", "203.0.113.7"],
  [2, "203.0.113.7", "10.0.0.1", "203.0.113.7"],
  [1, "2001:db8::7", "10.0.0.1", "2001:db8::7"],
  [1, "nonsense", "10.0.0.1", "10.0.0.1"],
  [1, "", "10.0.0.1", "10.0.0.1"],
])("behind %d trusted proxies, %j over a socket from %s is %s", (trusted, forwarded, socket, expected) => {
  expect(remoteAddressOf(forwarded, socket, trusted)).toBe(expected);
});
