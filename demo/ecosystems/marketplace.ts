import type { DemoEcosystem } from "../ecosystems";
import { workflowsOf } from "./workflows";

export const marketplace: DemoEcosystem = {
  key: "marketplace",
  name: "Marketplace with regional branches",
  story:
    "Bazarillo verifies a seller once, in Mexico. Its Iberian application and its branch companies in Brazil and West Africa open the same seller's shop without a second selfie.",
  organisations: [
    {
      key: "bazarillo",
      name: "Bazarillo",
      legalName: "Bazarillo Comercio, S.A. de C.V.",
      country: "MX",
      role: "both",
      applications: [
        {
          key: "bazarillo-mexico",
          name: "Vendedores México",
          environment: "sandbox",
          workflows: workflowsOf("bazarillo-mexico", ["address", "essential", "people", "company"]),
        },
        {
          key: "bazarillo-iberia",
          name: "Vendedores Iberia",
          environment: "sandbox",
          workflows: workflowsOf("bazarillo-iberia", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "ximena.duarte@bazarillo.example", name: "Ximena Duarte", role: "owner", locale: "es" },
        { email: "rodrigo.paz@bazarillo.example", name: "Rodrigo Paz", role: "admin", locale: "es" },
        { email: "alba.corral@bazarillo.example", name: "Alba Corral", role: "compliance_officer", locale: "es" },
        { email: "hugo.nieto@bazarillo.example", name: "Hugo Nieto", role: "developer", locale: "es" },
      ],
    },
    {
      key: "bazarillo-brasil",
      name: "Bazarillo Brasil",
      legalName: "Bazarillo do Brasil Comércio Ltda.",
      country: "BR",
      role: "receiver",
      applications: [
        {
          key: "bazarillo-brasil-sandbox",
          name: "Vendedores Brasil",
          environment: "sandbox",
          workflows: workflowsOf("bazarillo-brasil-sandbox", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "thais.arruda@bazarillo-brasil.example", name: "Thaís Arruda", role: "owner", locale: "pt-BR" },
        {
          email: "igor.vidal@bazarillo-brasil.example",
          name: "Igor Vidal",
          role: "compliance_officer",
          locale: "pt-BR",
        },
      ],
    },
    {
      key: "bazarillo-west-africa",
      name: "Bazarillo West Africa",
      legalName: "Bazarillo West Africa Limited",
      country: "NG",
      role: "receiver",
      applications: [
        {
          key: "bazarillo-west-africa-sandbox",
          name: "West Africa sellers",
          environment: "sandbox",
          workflows: workflowsOf("bazarillo-west-africa-sandbox", ["essential", "people", "company"]),
        },
      ],
      members: [
        { email: "ada.nwosu@bazarillo-wa.example", name: "Ada Nwosu", role: "owner", locale: "en" },
        { email: "femi.balogun@bazarillo-wa.example", name: "Femi Balogun", role: "reader", locale: "en" },
      ],
    },
  ],
  relations: [
    { issuer: "bazarillo-mexico", receiver: "bazarillo-iberia", trustDefault: true },
    { issuer: "bazarillo-mexico", receiver: "bazarillo-brasil-sandbox", trustDefault: true },
    { issuer: "bazarillo-mexico", receiver: "bazarillo-west-africa-sandbox", trustDefault: false },
  ],
};
