import type { DemoEcosystem } from "../ecosystems";
import { workflowsOf } from "./workflows";

export const verticalSaas: DemoEcosystem = {
  key: "vertical-saas",
  name: "Vertical SaaS and partner bank",
  story:
    "Clinicaro sells software to dental and veterinary clinics and verifies each clinic and its owners. Larkhollow Bank opens their accounts from the same record.",
  organisations: [
    {
      key: "clinicaro",
      name: "Clinicaro",
      legalName: "Clinicaro Software Inc.",
      country: "US",
      role: "issuer",
      applications: [
        {
          key: "clinicaro-sandbox",
          name: "Clinic payments",
          environment: "sandbox",
          workflows: workflowsOf("clinicaro-sandbox", ["essential", "address", "people", "company"]),
        },
      ],
      members: [
        { email: "dana.whitlow@clinicaro.example", name: "Dana Whitlow", role: "owner", locale: "en" },
        { email: "luis.parra@clinicaro.example", name: "Luis Parra", role: "developer", locale: "es" },
        { email: "mei.tanaka@clinicaro.example", name: "Mei Tanaka", role: "compliance_officer", locale: "en" },
      ],
    },
    {
      key: "larkhollow",
      name: "Larkhollow Bank",
      legalName: "Larkhollow Bank, N.A.",
      country: "US",
      role: "receiver",
      applications: [
        {
          key: "larkhollow-sandbox",
          name: "Small business accounts",
          environment: "sandbox",
          workflows: workflowsOf("larkhollow-sandbox", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "walter.pruitt@larkhollow.example", name: "Walter Pruitt", role: "owner", locale: "en" },
        { email: "sonia.beckett@larkhollow.example", name: "Sonia Beckett", role: "compliance_officer", locale: "en" },
      ],
    },
  ],
  relations: [{ issuer: "clinicaro-sandbox", receiver: "larkhollow-sandbox", trustDefault: false }],
};
