import { plainAddress } from "@/domain/access/addresses";
import { env } from "@/env";

/** Set by the server process from the socket, or from the proxies it trusts, whatever the client sent. */
export const REMOTE_ADDRESS_HEADER = "x-aval-remote-address";

/**
 * The address that the outermost trusted proxy saw, or that of the socket. What stands further left in X-Forwarded-For
 * was written by whoever came to that proxy and says nothing.
 */
export function remoteAddressOf(
  forwardedFor: string | null | undefined,
  socketAddress: string | undefined,
  trustedProxies = env().AVAL_TRUSTED_PROXIES,
): string | undefined {
  const hops = (trustedProxies > 0 ? (forwardedFor ?? "") : "")
    .split(",")
    .map((hop) => hop.trim())
    .filter(Boolean);
  return plainAddress(hops.at(-trustedProxies) ?? hops.at(0)) ?? plainAddress(socketAddress);
}
