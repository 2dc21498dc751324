import { notFound } from "next/navigation";
import { Verification, verificationMetadata } from "@/app/session/verification";
import { LANGUAGES } from "@/domain/sessions/rules";

type Props = { params: Promise<{ language: string; token: string }> };

async function given(params: Props["params"]) {
  const { language, token } = await params;
  if (!(LANGUAGES as readonly string[]).includes(language)) notFound();
  return { language, token };
}

export async function generateMetadata({ params }: Props) {
  const { language, token } = await given(params);
  return verificationMetadata(token, language);
}

/** The same page in the language that the address names (contract section 0.2). */
export default async function VerificationPage({ params }: Props) {
  return <Verification {...(await given(params))} />;
}
