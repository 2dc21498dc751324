import type { DemoEcosystem } from "../ecosystems";
import { workflowsOf } from "./workflows";

export const neobank: DemoEcosystem = {
  key: "neobank",
  name: "Neobank and broker",
  story:
    "Customers of Halcyra open an investment account at Corretora Meridova in one tap. The two sister brands trust each other's decisions.",
  organisations: [
    {
      key: "halcyra",
      name: "Halcyra",
      legalName: "Halcyra Instituição de Pagamento S.A.",
      country: "BR",
      role: "issuer",
      applications: [
        {
          key: "halcyra-sandbox",
          name: "Conta digital (testes)",
          environment: "sandbox",
          workflows: workflowsOf("halcyra-sandbox", ["address", "full", "people", "company"]),
        },
        {
          key: "halcyra-live",
          name: "Conta digital",
          environment: "live",
          workflows: workflowsOf("halcyra-live", ["address", "full", "people", "company"]),
        },
      ],
      members: [
        { email: "beatriz.lacerda@halcyra.example", name: "Beatriz Lacerda", role: "owner", locale: "pt-BR" },
        { email: "caio.brandt@halcyra.example", name: "Caio Brandt", role: "compliance_officer", locale: "pt-BR" },
        { email: "davi.munhoz@halcyra.example", name: "Davi Munhoz", role: "developer", locale: "pt-BR" },
      ],
    },
    {
      key: "meridova",
      name: "Corretora Meridova",
      legalName: "Meridova Corretora de Valores Ltda.",
      country: "BR",
      role: "receiver",
      applications: [
        {
          key: "meridova-sandbox",
          name: "Conta de investimento (testes)",
          environment: "sandbox",
          workflows: workflowsOf("meridova-sandbox", ["essential", "people", "company"]),
        },
        {
          key: "meridova-live",
          name: "Conta de investimento",
          environment: "live",
          workflows: workflowsOf("meridova-live", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "renata.quadros@meridova.example", name: "Renata Quadros", role: "owner", locale: "pt-BR" },
        { email: "ivo.salles@meridova.example", name: "Ivo Salles", role: "compliance_officer", locale: "pt-BR" },
      ],
    },
  ],
  relations: [
    { issuer: "halcyra-sandbox", receiver: "meridova-sandbox", trustDefault: true },
    { issuer: "halcyra-live", receiver: "meridova-live", trustDefault: true },
  ],
};
