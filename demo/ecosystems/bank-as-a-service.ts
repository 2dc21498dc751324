import type { DemoEcosystem } from "../ecosystems";
import { workflowsOf } from "./workflows";

export const bankAsAService: DemoEcosystem = {
  key: "bank-as-a-service",
  name: "Sponsor bank and fintech programme",
  story:
    "Tessarine Bank holds the licence and verifies every customer. Pocketwren runs a card programme on top of it and must hold its own record of the same people and companies.",
  organisations: [
    {
      key: "tessarine",
      name: "Tessarine Bank",
      legalName: "Banco Tessarine, S.A.",
      ecosystemRole: "Sponsor bank",
      country: "ES",
      role: "issuer",
      applications: [
        {
          key: "tessarine-sandbox",
          name: "Customer onboarding",
          environment: "sandbox",
          workflows: workflowsOf("tessarine-sandbox", [
            "essential",
            "address",
            "full",
            "people",
            "company",
            "companyPlus",
          ]),
        },
      ],
      members: [
        { email: "ines.calderon@tessarine.example", name: "Inés Calderón", role: "owner", locale: "en" },
        { email: "marc.ferrer@tessarine.example", name: "Marc Ferrer", role: "admin", locale: "es" },
        { email: "nuria.solana@tessarine.example", name: "Nuria Solana", role: "compliance_officer", locale: "es" },
        { email: "david.okafor@tessarine.example", name: "David Okafor", role: "compliance_officer", locale: "en" },
        { email: "pau.ribes@tessarine.example", name: "Pau Ribes", role: "developer", locale: "es" },
        { email: "auditoria@tessarine.example", name: "Elvira Montes", role: "reader", locale: "es" },
      ],
    },
    {
      key: "pocketwren",
      name: "Pocketwren",
      legalName: "Pocketwren Cards Ltd",
      ecosystemRole: "Card programme",
      country: "GB",
      role: "receiver",
      applications: [
        {
          key: "pocketwren-sandbox",
          name: "Card programme",
          environment: "sandbox",
          workflows: workflowsOf("pocketwren-sandbox", ["essential", "full", "people", "company"]),
        },
      ],
      members: [
        { email: "tom.ashdown@pocketwren.example", name: "Tom Ashdown", role: "owner", locale: "en" },
        { email: "priya.raman@pocketwren.example", name: "Priya Raman", role: "admin", locale: "en" },
        { email: "lena.marsh@pocketwren.example", name: "Lena Marsh", role: "compliance_officer", locale: "en" },
        { email: "joao.teles@pocketwren.example", name: "João Teles", role: "developer", locale: "pt-BR" },
        { email: "audit@pocketwren.example", name: "Grace Holloway", role: "reader", locale: "en" },
      ],
    },
    {
      key: "quillmoor",
      name: "Quillmoor Mutual",
      legalName: "Quillmoor Mutual Society",
      country: "IE",
      role: "both",
      applications: [
        {
          key: "quillmoor-sandbox",
          name: "Member onboarding",
          environment: "sandbox",
          workflows: workflowsOf("quillmoor-sandbox", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "orla.keane@quillmoor.example", name: "Orla Keane", role: "owner", locale: "en" },
        { email: "declan.roe@quillmoor.example", name: "Declan Roe", role: "compliance_officer", locale: "en" },
      ],
    },
  ],
  relations: [{ issuer: "tessarine-sandbox", receiver: "pocketwren-sandbox", trustDefault: false }],
};
