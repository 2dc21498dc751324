"use server";

import { z } from "zod";
import { addPartner, lookUpApplication } from "@/domain/partners/partners";
import { PolicyInput, savePolicy, TrialInput, tryPolicy } from "@/domain/partners/policies";
import { SettleTrustInput, setTrustDefault, settleTrustRequest, TrustInput } from "@/domain/partners/trust";
import { action } from "@/lib/action";

const TRUST_PATHS = ["/partners", "/partners/[applicationId]"];
const ApplicationOrClientId = z.object({ applicationId: z.string().trim().min(1).max(100) });

export const lookUpApplicationAction = action(ApplicationOrClientId, lookUpApplication);
export const addPartnerAction = action(ApplicationOrClientId, addPartner, ["/partners"]);
export const setTrustDefaultAction = action(TrustInput, setTrustDefault, TRUST_PATHS);
export const settleTrustAction = action(SettleTrustInput, settleTrustRequest, TRUST_PATHS);
export const savePolicyAction = action(PolicyInput, savePolicy, ["/partners/[applicationId]"]);
export const tryPolicyAction = action(TrialInput, tryPolicy);
