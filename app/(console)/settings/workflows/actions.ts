"use server";

import { z } from "zod";
import { FourEyesInput, setWorkflowFourEyes } from "@/domain/workflows/four-eyes";
import { archiveWorkflow, createWorkflow, draftWorkflow, updateWorkflow } from "@/domain/workflows/manage";
import type { WorkflowView } from "@/domain/workflows/read";
import { CreateWorkflowInput, DraftWorkflowInput } from "@/domain/workflows/rules";
import { action } from "@/lib/action";

const PATH = ["/settings/workflows"];
const saved = ({ workflow, version }: WorkflowView) => ({ id: workflow.id, version: version.version });

export const createWorkflowAction = action(
  CreateWorkflowInput,
  async (actor, input) => saved(await createWorkflow(actor, input)),
  PATH,
);

/** As a new version, or the draft that is there. */
export const publishWorkflowAction = action(
  DraftWorkflowInput,
  async (actor, input) => saved(await updateWorkflow(actor, { ...input, status: "published" })),
  PATH,
);

export const draftWorkflowAction = action(
  DraftWorkflowInput,
  async (actor, input) => saved(await draftWorkflow(actor, input)),
  PATH,
);

export const setFourEyesAction = action(FourEyesInput, setWorkflowFourEyes, PATH);

const Named = z.object({ id: z.uuid() });

export const makeDefaultAction = action(
  Named,
  async (actor, { id }) => saved(await updateWorkflow(actor, { id, isDefault: true })),
  PATH,
);

/** A workflow, or a draft by its version's id. */
export const archiveWorkflowAction = action(Named, archiveWorkflow, PATH);
