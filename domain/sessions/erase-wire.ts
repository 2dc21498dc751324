import { z } from "zod";
import type { ErasedSession } from "./erase";

/** Contract section 4.4. */
export const Erased = z.object({
  session_id: z.uuid(),
  session_number: z.int(),
  face_retention_outcome: z.enum(["retained_with_user", "deleted", "none", "ineligible_no_vendor_user"]),
  biometric_template_uuid: z.null(),
});

export const toErased = (erased: ErasedSession): z.input<typeof Erased> => ({
  session_id: erased.sessionId,
  session_number: erased.sessionNumber,
  face_retention_outcome: erased.faceOutcome,
  biometric_template_uuid: null,
});
