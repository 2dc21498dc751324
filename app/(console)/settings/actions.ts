"use server";

import { revalidatePath } from "next/cache";
import { ApplicationSettings, updateApplication } from "@/domain/access/settings";
import { action } from "@/lib/action";

export const updateApplicationAction = action(ApplicationSettings, async (actor, input) => {
  await updateApplication(actor, input);
  // The frame shows name and environment on every page.
  revalidatePath("/", "layout");
});
