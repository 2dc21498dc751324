import type { SpecimenSource } from "@/domain/specimens/medium";

export interface DemoSession {
  /** Stable and unique over all ecosystems. */
  key: string;
  applicationKey: string;
  workflowKey: string;
  kind: "user" | "business";
  /** Session status in Title Case. */
  status: string;
  /**
   * The decision in the contract's shape, less what the store assigns (`session_id`, `session_number`, `workflow_id`).
   * Media fields hold `media:<name>`, `kyc_session_id` holds `session:<key of the child>`.
   */
  decision: Record<string, unknown>;
  media: Record<string, SpecimenSource>;
  vendorData: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}
