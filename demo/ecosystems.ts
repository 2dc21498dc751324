import { bankAsAService } from "./ecosystems/bank-as-a-service";
import { consortium } from "./ecosystems/consortium";
import { exchange } from "./ecosystems/exchange";
import { marketplace } from "./ecosystems/marketplace";
import { neobank } from "./ecosystems/neobank";
import { verticalSaas } from "./ecosystems/vertical-saas";

export interface DemoWorkflow {
  key: string;
  label: string;
  kind: "user" | "business";
  /** In the vocabulary of a decision's `features[]`. */
  features: string[];
  isDefault: boolean;
}

export interface DemoApplication {
  key: string;
  name: string;
  environment: "sandbox" | "live";
  workflows: DemoWorkflow[];
}

export interface DemoMember {
  email: string;
  name: string;
  role: "owner" | "admin" | "compliance_officer" | "developer" | "reader";
  locale: "en" | "pt-BR" | "es";
}

export interface DemoOrganisation {
  key: string;
  name: string;
  legalName: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  role: "issuer" | "receiver" | "both";
  /** What it says it is to its partners. */
  ecosystemRole?: string;
  applications: DemoApplication[];
  members: DemoMember[];
}

export interface DemoRelation {
  issuer: string;
  receiver: string;
  trustDefault: boolean;
}

export interface DemoEcosystem {
  key: string;
  name: string;
  story: string;
  organisations: DemoOrganisation[];
  /** Between application keys. */
  relations: DemoRelation[];
}

/** The first one is the primary: its pair is what scripts and tests work with. */
export const ecosystems: readonly DemoEcosystem[] = [
  bankAsAService,
  neobank,
  verticalSaas,
  marketplace,
  exchange,
  consortium,
];

export interface CastMember {
  organisation: string;
  application: string;
  /** Who signs in for this organisation. */
  email: string;
}

/** `stranger` shares with nobody: it is there to be refused. */
export const primaryCast: Readonly<Record<"issuer" | "receiver" | "stranger", CastMember>> = {
  issuer: { organisation: "tessarine", application: "tessarine-sandbox", email: "ines.calderon@tessarine.example" },
  receiver: { organisation: "pocketwren", application: "pocketwren-sandbox", email: "tom.ashdown@pocketwren.example" },
  stranger: { organisation: "quillmoor", application: "quillmoor-sandbox", email: "orla.keane@quillmoor.example" },
};
