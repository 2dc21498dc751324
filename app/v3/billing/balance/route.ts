import { z } from "zod";
import { formatUnits } from "@/domain/billing/rules";
import { type Balance, readBalance } from "@/domain/billing/usage";
import { route } from "@/lib/route";

/** Contract section 7. Nothing refills by itself here: no means of payment is kept. */
export const GET = route({
  method: "GET",
  path: "/v3/billing/balance/",
  summary: "Retrieve the account's balance",
  description:
    "Decimal strings in US dollars. An account is an organisation's applications of one environment together.",
  privilege: "read:billing",
  responds: {
    status: 200,
    description: "The balance.",
    schema: z.object({
      balance: z.string(),
      auto_refill_enabled: z.boolean(),
      auto_refill_amount: z.string(),
      auto_refill_threshold: z.string(),
    }),
  },
  run: (actor) => readBalance(actor),
  answer: ({ balance }: Balance) => ({
    balance: formatUnits(balance),
    auto_refill_enabled: false,
    auto_refill_amount: formatUnits(0),
    auto_refill_threshold: formatUnits(0),
  }),
});
