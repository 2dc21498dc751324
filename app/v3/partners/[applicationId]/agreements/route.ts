import { z } from "zod";
import { proposeAgreement } from "@/domain/agreements/propose";
import { type AgreementView, readAgreements } from "@/domain/agreements/read";
import { AgreementAnswer, fromTerms, TERMS_EXAMPLE, TermsBody, toAgreement } from "@/domain/agreements/wire";
import { SIDES } from "@/domain/partners/relation-rules";
import { route } from "@/lib/route";

const Params = z.object({ applicationId: z.uuid() });

/** Ours: what two applications have agreed on, each way for itself. */
export const GET = route({
  method: "GET",
  path: "/v3/partners/{applicationId}/agreements/",
  summary: "Read the agreements with a partner",
  description:
    "One for each direction in which the two share, or might. `in_force` is what mints and redemptions are held to; `text` is what both sides signed, and its SHA-256 is `hash`. Agreements are signed in the console, by a named member of each side: there is no call for it.",
  privilege: "read:partners",
  params: Params,
  responds: {
    status: 200,
    description: "The agreements.",
    schema: z.object({ agreements: z.array(AgreementAnswer) }),
  },
  run: (actor, { params }) => readAgreements(actor, { partnerApplicationId: params.applicationId }),
  answer: (agreements: AgreementView[]) => ({ agreements: agreements.map(toAgreement) }),
});

export const POST = route({
  method: "POST",
  path: "/v3/partners/{applicationId}/agreements/",
  summary: "Propose a version of an agreement",
  description:
    "Both sides sign it in the console; until both have, what is in force stays so. A proposal that waits already is overtaken by it. People propose: send a member's access token, API keys do not have the privilege.",
  privilege: "write:partners",
  params: Params,
  body: z.object({
    as: z.enum(SIDES).describe("What you are in it."),
    terms: TermsBody,
    expected_version: z
      .int()
      .min(0)
      .nullish()
      .describe("The newest version you read, 0 for none; another one meanwhile is a 409 `stale_version`."),
  }),
  bodyExample: { as: "issuer", terms: TERMS_EXAMPLE, expected_version: 0 },
  responds: { status: 201, description: "The agreement with the proposed version.", schema: AgreementAnswer },
  errors: ["conflict", "stale_version"],
  run: (actor, { params, body }) =>
    proposeAgreement(actor, {
      partnerApplicationId: params.applicationId,
      as: body.as,
      terms: fromTerms(body.terms),
      expectedVersion: body.expected_version ?? undefined,
    }),
  answer: toAgreement,
});
