export const SIDES = ["both", "issuer", "receiver"] as const;
export type Side = (typeof SIDES)[number];

/** `verifier` is a file of docs/webhooks/receivers, whose code the prompt carries. */
export const PROMPT_LANGUAGES = {
  typescript: { name: "TypeScript", verifier: "verify.mjs" },
  python: { name: "Python", verifier: "verify.py" },
  go: { name: "Go", verifier: "verify.go" },
  php: { name: "PHP", verifier: "verify.php" },
  perl: { name: "Perl", verifier: "verify.pl" },
  other: { name: "another language", verifier: null },
} as const;
export type PromptLanguage = keyof typeof PROMPT_LANGUAGES;
