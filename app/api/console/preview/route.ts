import { invalidField } from "@/domain/errors";
import { type Preview, previewImport } from "@/domain/imports/preview";
import { ImportInput } from "@/domain/imports/rules";
import { consoleRead } from "@/lib/console-read";

export type PreviewAnswer = { preview: Preview | null };

/** A look ahead, for the screen that redeems. Not an action: those wait for each other, and an import waits for nobody. */
export const POST = consoleRead(async (actor, request): Promise<PreviewAnswer> => {
  const { data } = ImportInput.safeParse(await request.json().catch(() => null));
  if (!data) throw invalidField("share_token", "This is no request for a preview.");
  return { preview: (await previewImport(actor, data)).preview };
});
