"use server";

import {
  RegisterInput,
  ResendInput,
  register,
  resendCode,
  VerifyInput,
  verifyEmail,
} from "@/domain/access/registration";
import { visitorAction } from "@/lib/visitor";

export const registerAction = visitorAction(RegisterInput, register);
export const resendCodeAction = visitorAction(ResendInput, resendCode);

/** The key and the rest are in the console that opens next: nothing of it travels to the page that asked. */
export const verifyEmailAction = visitorAction(VerifyInput, async (input, from) => {
  await verifyEmail(input, from);
});
