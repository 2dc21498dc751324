import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The documented programs that check a signature: what is shown is the very file. */
export const RECEIVERS = [
  { language: "JavaScript", file: "verify.mjs", run: "node verify.mjs" },
  { language: "Python", file: "verify.py", run: "python3 verify.py" },
  { language: "Go", file: "verify.go", run: "go run verify.go" },
  { language: "PHP", file: "verify.php", run: "php verify.php" },
  { language: "Perl", file: "verify.pl", run: "perl verify.pl" },
] as const;

export type ReceiverProgram = (typeof RECEIVERS)[number] & { code: string };

export const FOLDER = "docs/webhooks/receivers";

export const receiverPrograms = (): Promise<ReceiverProgram[]> =>
  Promise.all(
    RECEIVERS.map(async (receiver) => ({
      ...receiver,
      code: await readFile(join(/* turbopackIgnore: true */ process.cwd(), FOLDER, receiver.file), "utf8"),
    })),
  );
