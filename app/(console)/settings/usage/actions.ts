"use server";

import { z } from "zod";
import { cancelTopUp, requestTopUp, settleTopUp, TopUpInput } from "@/domain/billing/top-up";
import { action } from "@/lib/action";

const PATH = ["/settings/usage"];
const Named = z.object({ id: z.uuid() });

export const requestTopUpAction = action(
  TopUpInput.pick({ amountInDollars: true }),
  async (actor, input) => ({ id: (await requestTopUp(actor, input)).id }),
  PATH,
);

export const settleTopUpAction = action(
  Named,
  async (actor, input) => ({ status: (await settleTopUp(actor, input)).status }),
  PATH,
);

export const cancelTopUpAction = action(
  Named,
  async (actor, input) => ({ status: (await cancelTopUp(actor, input)).status }),
  PATH,
);
