import { Verification, verificationMetadata } from "../verification";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props) {
  return verificationMetadata((await params).token, null);
}

/** Open to whoever holds the link: the token is all that is asked for. */
export default async function VerificationPage({ params }: Props) {
  return <Verification token={(await params).token} language={null} />;
}
