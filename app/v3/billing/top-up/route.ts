import { z } from "zod";
import { TOP_UP_MAX_DOLLARS, TOP_UP_MIN_DOLLARS } from "@/domain/billing/rules";
import { requestTopUp } from "@/domain/billing/top-up";
import type { TopUp } from "@/domain/billing/usage";
import type { WireContext } from "@/domain/sessions/wire";
import { route } from "@/lib/route";

const Link = z.preprocess(
  (value) => (value === "" ? null : value),
  z
    .url({ protocol: /^https?$/, error: "Enter a valid URL." })
    .max(2_000)
    .nullish(),
);

/** Contract section 7. */
export const POST = route({
  method: "POST",
  path: "/v3/billing/top-up/",
  summary: "Ask for a top-up of the account",
  description: "Answers the page on which it is settled. Nothing is credited before that.",
  privilege: "write:billing",
  body: z.object({
    amount_in_dollars: z
      .number({
        error: (issue) =>
          issue.code === "invalid_type" && issue.input !== undefined ? "A valid number is required." : undefined,
      })
      .min(TOP_UP_MIN_DOLLARS)
      .max(TOP_UP_MAX_DOLLARS)
      .refine(
        (amount) => Number.isInteger(Math.round(amount * 1e6) / 1e4),
        "Ensure that there are no more than 2 decimal places.",
      ),
    success_url: Link,
    cancel_url: Link,
  }),
  responds: {
    status: 200,
    description: "Where it is settled.",
    schema: z.object({ checkout_session_id: z.string(), checkout_session_url: z.string() }),
  },
  idempotent: true,
  run: (actor, { body }) =>
    requestTopUp(actor, {
      amountInDollars: body.amount_in_dollars,
      successUrl: body.success_url,
      cancelUrl: body.cancel_url,
    }),
  answer: (topUp: TopUp, context: WireContext) => ({
    checkout_session_id: topUp.id,
    checkout_session_url: `${context.baseUrl}/settings/usage/top-ups/${topUp.id}`,
  }),
});
