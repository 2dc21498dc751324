"use server";

import { z } from "zod";
import { addPartner, lookUpApplication, setTrustDefault, TrustInput } from "@/domain/partners/partners";
import { PolicyInput, savePolicy, TrialInput, tryPolicy } from "@/domain/partners/policies";
import { action } from "@/lib/action";

const ApplicationOrClientId = z.object({ applicationId: z.string().trim().min(1).max(100) });

export const lookUpApplicationAction = action(ApplicationOrClientId, lookUpApplication);
export const addPartnerAction = action(ApplicationOrClientId, addPartner, ["/partners"]);
export const setTrustDefaultAction = action(TrustInput, setTrustDefault, ["/partners", "/partners/[applicationId]"]);
export const savePolicyAction = action(PolicyInput, savePolicy, ["/partners/[applicationId]"]);
export const tryPolicyAction = action(TrialInput, tryPolicy);
