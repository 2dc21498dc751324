"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { FourEyesInput, setFourEyesOnTrust } from "@/domain/access/four-eyes";
import { OrganisationChanges, updateOrganisation } from "@/domain/access/organisations";
import { ApplicationAbout, createApplication, describeApplication, NewApplication } from "@/domain/access/provision";
import { action } from "@/lib/action";

// The frame shows organisations and applications on every page.
const everywhere = () => revalidatePath("/", "layout");

export const updateOrganisationAction = action(OrganisationChanges, async (actor, input) => {
  await updateOrganisation(actor, input);
  everywhere();
});

export const setFourEyesAction = action(FourEyesInput, setFourEyesOnTrust, ["/settings/organization"]);

export const createApplicationAction = action(NewApplication, async (actor, input) => {
  const { application, key } = await createApplication(actor, input, "console");
  everywhere();
  return { id: application.id, name: application.name, clientId: application.clientId, key };
});

export const describeApplicationAction = action(
  ApplicationAbout.extend({ id: z.uuid() }),
  async (actor, { id, ...about }) => {
    await describeApplication(actor, id, about);
    everywhere();
  },
);
