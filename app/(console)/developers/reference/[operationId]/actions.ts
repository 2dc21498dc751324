"use server";

import { z } from "zod";
import { isKeyOfAnother } from "@/domain/access/api-keys";
import { action } from "@/lib/action";

/** A key of another application is not sent by mistake from this one's screen. */
export const checkKeyAction = action(z.object({ key: z.string().max(200) }), isKeyOfAnother);
