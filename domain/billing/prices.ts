import { env } from "@/env";
import { type Prices, parseUnits } from "./rules";

/** What this installation charges its accounts. */
export const currentPrices = (): Prices => ({
  kyc: parseUnits(env().AVAL_PRICE_KYC),
  kyb: parseUnits(env().AVAL_PRICE_KYB),
  freeKycPerMonth: env().AVAL_FREE_KYC_PER_MONTH,
});
