"use server";

import { z } from "zod";
import { CloseInput, closeAgreement } from "@/domain/agreements/close";
import { ProposeInput, proposeAgreement } from "@/domain/agreements/propose";
import { SignInput, signAgreement } from "@/domain/agreements/sign";
import { AutomationsInput } from "@/domain/automations/rules";
import { setAutomations } from "@/domain/automations/settings";
import {
  acceptPartnerLink,
  createPartnerLink,
  LinkInput,
  LinkSecret,
  readPartnerLink,
  revokePartnerLink,
} from "@/domain/partners/links";
import { InviteInput, invitePartner, StepInput, stepRelation } from "@/domain/partners/pairing";
import { lookUpApplication } from "@/domain/partners/partners";
import { PolicyInput, savePolicy, TrialInput, tryPolicy } from "@/domain/partners/policies";
import { SettleTrustInput, setTrustDefault, settleTrustRequest, TrustInput } from "@/domain/partners/trust";
import { action } from "@/lib/action";

// One is enough: the page that the act was done on is read again as well.
const PATHS = ["/partners"];
const ApplicationOrClientId = z.object({ applicationId: z.string().trim().min(1).max(100) });

export const lookUpApplicationAction = action(ApplicationOrClientId, lookUpApplication);
export const invitePartnerAction = action(InviteInput, invitePartner, PATHS);
export const stepRelationAction = action(StepInput, stepRelation, PATHS);
export const createLinkAction = action(LinkInput, createPartnerLink, PATHS);
export const revokeLinkAction = action(z.object({ linkId: z.uuid() }), revokePartnerLink, PATHS);
export const readLinkAction = action(LinkSecret, readPartnerLink);
export const acceptLinkAction = action(LinkSecret, acceptPartnerLink, PATHS);
export const setTrustDefaultAction = action(TrustInput, setTrustDefault, PATHS);
export const settleTrustAction = action(SettleTrustInput, settleTrustRequest, PATHS);
// The screen reads its page again; what the acts answer would only go along with it.
export const proposeAgreementAction = action(
  ProposeInput,
  async (actor, input) => {
    await proposeAgreement(actor, input);
  },
  PATHS,
);
export const signAgreementAction = action(
  SignInput,
  async (actor, input) => {
    await signAgreement(actor, input);
  },
  PATHS,
);
export const closeAgreementAction = action(
  CloseInput,
  async (actor, input) => {
    await closeAgreement(actor, input);
  },
  PATHS,
);
export const setAutomationAction = action(
  AutomationsInput,
  async (actor, input) => {
    await setAutomations(actor, input);
  },
  PATHS,
);
export const savePolicyAction = action(PolicyInput, savePolicy, PATHS);
export const tryPolicyAction = action(TrialInput, tryPolicy);
