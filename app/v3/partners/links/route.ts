import { z } from "zod";
import { createPartnerLink, listPartnerLinks, type PartnerLink } from "@/domain/partners/links";
import { LinkBody, LinkRow, NewLinkAnswer, toLink } from "@/domain/partners/wire";
import { route } from "@/lib/route";

/** Ours: links to pair by. */
export const GET = route({
  method: "GET",
  path: "/v3/partners/links/",
  summary: "List links to pair by",
  privilege: "read:partners",
  responds: {
    status: 200,
    description: "Those that still pair, newest first, at most 50; never their secrets.",
    schema: z.object({ results: z.array(LinkRow) }),
  },
  run: (actor) => listPartnerLinks(actor),
  answer: (links: PartnerLink[]) => ({ results: links.map(toLink) }),
});

export const POST = route({
  method: "POST",
  path: "/v3/partners/links/",
  summary: "Create a link to pair by",
  description: "Good for 7 days and for one pairing, with whoever holds it. Only a digest of it is stored.",
  privilege: "write:partners",
  body: LinkBody,
  bodyExample: { as: "issuer" },
  responds: { status: 201, description: "Created.", schema: NewLinkAnswer },
  run: (actor, { body }) => createPartnerLink(actor, body),
  answer: (link: PartnerLink & { url: string }) => ({ ...toLink(link), url: link.url }),
});
