import { type Obj, objs, text } from "@/components/record/values";
import { BLOCKS } from "@/domain/sessions/blocks";
import type { SessionKind } from "@/domain/sessions/rules";

export interface RecordPart {
  /** Anchor on the page. */
  id: string;
  /** Key of the block in the record. */
  key: string;
  feature: string;
  title: string;
  status: string | null;
  block: Obj;
}

/** What the analyst reads first in each kind; a feature that is not named comes after. */
const ORDER: Record<SessionKind, readonly string[]> = {
  user: ["ID_VERIFICATION", "FACE_MATCH", "LIVENESS", "NFC", "AML", "DATABASE_VALIDATION", "POA"],
  business: ["KYB_REGISTRY", "KYB_KEY_PEOPLE", "KYB_DOCUMENTS", "AML"],
};

/** The blocks that ran, one part per node. */
export function partsOf(kind: SessionKind, content: Obj, nameOf: (feature: string) => string): RecordPart[] {
  const place = (feature: string) => {
    const at = ORDER[kind].indexOf(feature);
    return at < 0 ? ORDER[kind].length : at;
  };
  return BLOCKS.toSorted((one, other) => place(one.feature) - place(other.feature)).flatMap(({ key, feature }) => {
    const blocks = objs(content[key]);
    const name = nameOf(kind === "business" && feature === "AML" ? "KYB_COMPANY_AML" : feature);
    return blocks.map((block, index) => ({
      id: `${feature.toLowerCase().replaceAll("_", "-")}${index > 0 ? `-${index + 1}` : ""}`,
      key,
      feature,
      title: blocks.length > 1 ? `${name} ${index + 1}/${blocks.length}` : name,
      status: text(block.status),
      block,
    }));
  });
}
