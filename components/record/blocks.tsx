import type { ReactNode } from "react";
import { ProofOfAddress } from "./blocks/address";
import { Chip, FaceMatch, Liveness } from "./blocks/biometrics";
import { CompanyDocuments } from "./blocks/company-documents";
import { Connection } from "./blocks/connection";
import { Email, Phone } from "./blocks/contact";
import { DatabaseCheck } from "./blocks/database";
import { DocumentAi } from "./blocks/document-ai";
import { Identity } from "./blocks/identity";
import { KeyPeople } from "./blocks/key-people";
import { Questionnaire } from "./blocks/questionnaire";
import { Registry } from "./blocks/registry";
import { Screening } from "./blocks/screening";
import type { BlockProps } from "./record-context";

const views: Record<string, (props: BlockProps) => ReactNode> = {
  id_verifications: Identity,
  nfc_verifications: Chip,
  liveness_checks: Liveness,
  face_matches: FaceMatch,
  registry_checks: Registry,
  key_people_checks: KeyPeople,
  document_verifications: CompanyDocuments,
  poa_verifications: ProofOfAddress,
  aml_screenings: Screening,
  database_validations: DatabaseCheck,
  phone_verifications: Phone,
  email_verifications: Email,
  ip_analyses: Connection,
  questionnaire_responses: Questionnaire,
  document_ai_documents: DocumentAi,
};

/** The data of one feature block, in the shape that suits it. */
export function BlockView({ name, ...props }: BlockProps & { name: string }) {
  const View = views[name];
  return View ? <View {...props} /> : null;
}
