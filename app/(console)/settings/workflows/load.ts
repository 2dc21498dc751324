import { getTranslations } from "next-intl/server";
import type { Actor } from "@/domain/actor";
import { listQuestionnaires } from "@/domain/questionnaires/manage";
import { WORKFLOW_FEATURE_NAMES } from "@/domain/workflows/rules";
import type { FeatureNames, QuestionnaireChoice } from "./edited";

/** A workflow asks one of these; more than a person would look through is no list to choose from. */
const MOST = 200;

export async function loadQuestionnaireChoices(actor: Actor): Promise<QuestionnaireChoice[]> {
  if (!actor.privileges.has("read:questionnaires")) return [];
  const { rows } = await listQuestionnaires(actor, { limit: MOST, offset: 0, status: "published" });
  return rows.map(({ id, title }) => ({ id, title }));
}

export async function featureNames(): Promise<FeatureNames> {
  const t = await getTranslations("sharing.features");
  return Object.fromEntries(WORKFLOW_FEATURE_NAMES.map((name) => [name, t(name)])) as FeatureNames;
}
