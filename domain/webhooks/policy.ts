import { env } from "@/env";
import { DomainError } from "../errors";
import { refusalOfUrl, type SendPolicy, type UrlRefusal } from "./address";

/** Our own test receiver, on whatever host this server has. */
export const testReceiverUrl = (applicationId: string, token: string) =>
  `${env().publicUrl}/test-receiver/${applicationId}/${token}`;

/** What the operator allows; the built-in receiver may be reached although it is ourselves. */
export function sendPolicy(url: string): SendPolicy {
  const allowedHosts = env().webhookHosts;
  const ours = `${env().publicUrl}/test-receiver/`;
  return url.startsWith(ours) ? { allowedHosts: [...allowedHosts, new URL(ours).host] } : { allowedHosts };
}

const NOT_PUBLIC = "This address is not on the public internet and cannot be used.";
const NOT_A_HOST = "This host name is only known inside a network and cannot be used.";

const SENTENCES: Record<UrlRefusal, string> = {
  url_invalid: "Enter a valid URL.",
  scheme_not_https: "The URL must start with https://.",
  credentials_in_url: "The URL may not contain a user name or password.",
  port_not_allowed: "This port cannot be used.",
  host_invalid: "The host name is not valid.",
  host_trailing_dot: "The host name may not end in a dot.",
  host_single_label: NOT_A_HOST,
  host_local_name: NOT_A_HOST,
  address_invalid: "The address is not valid.",
  address_unspecified: NOT_PUBLIC,
  address_loopback: NOT_PUBLIC,
  address_private: NOT_PUBLIC,
  address_link_local: NOT_PUBLIC,
  address_shared: NOT_PUBLIC,
  address_metadata: NOT_PUBLIC,
  address_multicast: NOT_PUBLIC,
  address_broadcast: NOT_PUBLIC,
  address_documentation: NOT_PUBLIC,
  address_benchmark: NOT_PUBLIC,
  address_reserved: NOT_PUBLIC,
  address_embeds_ipv4: NOT_PUBLIC,
  address_tunnel: NOT_PUBLIC,
};

/**
 * The URL as it is stored: parsed, so that one place has one spelling.
 * @throws invalid_input on `url`, with the reason's code
 */
export function vettedUrl(given: string): string {
  const refusal = refusalOfUrl(given, sendPolicy(given));
  if (refusal) {
    throw new DomainError("invalid_input", SENTENCES[refusal], {
      fields: { url: [SENTENCES[refusal]] },
      more: { refusal },
    });
  }
  const url = new URL(given);
  url.hash = "";
  return url.href;
}
