import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { PROMPT_LANGUAGES, type PromptLanguage, SIDES } from "@/lib/prompt-choices";

export const LANGUAGES = Object.keys(PROMPT_LANGUAGES) as PromptLanguage[];

/** What was chosen is the address: a prompt can be come back to. */
export const integrateSearchParams = {
  side: parseAsStringLiteral(SIDES).withDefault("both"),
  language: parseAsStringLiteral(LANGUAGES).withDefault("typescript"),
  stack: parseAsString.withDefault(""),
  partner: parseAsString.withDefault(""),
};

export const loadIntegrateSearch = createLoader(integrateSearchParams);
