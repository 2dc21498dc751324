import type { DemoEcosystem, DemoMember, DemoOrganisation, DemoRelation } from "../ecosystems";
import { workflowsOf } from "./workflows";

function member(
  key: string,
  name: string,
  legalName: string,
  country: string,
  members: DemoMember[],
): DemoOrganisation {
  const application = `${key}-sandbox`;
  const workflows = workflowsOf(application, ["company", "companyPlus", "people"]);
  return {
    key,
    name,
    legalName,
    country,
    role: "both",
    applications: [{ key: application, name: "Supplier file", environment: "sandbox", workflows }],
    members,
  };
}

const organisations = [
  member("austerholm", "Austerholm Leasing", "Austerholm Leasing GmbH", "DE", [
    { email: "jutta.brinkmann@austerholm.example", name: "Jutta Brinkmann", role: "owner", locale: "en" },
    { email: "olaf.reimers@austerholm.example", name: "Olaf Reimers", role: "compliance_officer", locale: "en" },
  ]),
  member("marisquet", "Marisquet Factoring", "Marisquet Affacturage SAS", "FR", [
    { email: "claire.vasseur@marisquet.example", name: "Claire Vasseur", role: "owner", locale: "en" },
    { email: "yanis.collet@marisquet.example", name: "Yanis Collet", role: "admin", locale: "en" },
  ]),
  member("porto-alva", "Porto Alva Trade Credit", "Porto Alva Seguros de Crédito, S.A.", "PT", [
    { email: "leonor.teixeira@porto-alva.example", name: "Leonor Teixeira", role: "owner", locale: "pt-BR" },
    { email: "rui.sarmento@porto-alva.example", name: "Rui Sarmento", role: "compliance_officer", locale: "pt-BR" },
  ]),
  member("wislana", "Wislana Credit", "Wiślana Kredyt sp. z o.o.", "PL", [
    { email: "agata.borowska@wislana.example", name: "Agata Borowska", role: "owner", locale: "en" },
    { email: "tomasz.gorny@wislana.example", name: "Tomasz Górny", role: "reader", locale: "en" },
  ]),
];

const relations: DemoRelation[] = organisations.flatMap((issuer) =>
  organisations
    .filter((receiver) => receiver !== issuer)
    .map((receiver) => ({
      issuer: `${issuer.key}-sandbox`,
      receiver: `${receiver.key}-sandbox`,
      trustDefault: issuer.key === "austerholm",
    })),
);

export const consortium: DemoEcosystem = {
  key: "consortium",
  name: "KYB consortium",
  story:
    "Four lenders finance the same suppliers. Whoever verified a company first shares its file with the other members, with the people behind it.",
  organisations,
  relations,
};
