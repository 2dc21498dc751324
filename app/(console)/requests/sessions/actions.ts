"use server";

import { approvePullRequest, declinePullRequest } from "@/domain/pull-requests/answer";
import { requestSession } from "@/domain/pull-requests/request";
import { ApproveInput, DeclineInput, PullInput } from "@/domain/pull-requests/rules";
import { action } from "@/lib/action";

const PATHS = ["/requests"];
const only = ({ id, state }: { id: string; state: string }) => ({ id, state });

export const requestSessionAction = action(
  PullInput,
  async (actor, input) => only(await requestSession(actor, input)),
  PATHS,
);
export const approvePullAction = action(
  ApproveInput,
  async (actor, input) => only(await approvePullRequest(actor, input)),
  [...PATHS, "/share-tokens"],
);
export const declinePullAction = action(
  DeclineInput,
  async (actor, input) => only(await declinePullRequest(actor, input)),
  PATHS,
);
