import type { DemoEcosystem } from "../ecosystems";
import { workflowsOf } from "./workflows";

export const exchange: DemoEcosystem = {
  key: "exchange",
  name: "On-ramp and exchange",
  story:
    "Onrampia sells the first coins and verifies the buyer. Bitharrow takes the buyer over as a trader, and its own team looks at every record before it counts.",
  organisations: [
    {
      key: "onrampia",
      name: "Onrampia",
      legalName: "Onrampia Payments FZ-LLC",
      country: "AE",
      role: "issuer",
      applications: [
        {
          key: "onrampia-sandbox",
          name: "Card purchases",
          environment: "sandbox",
          workflows: workflowsOf("onrampia-sandbox", ["full", "essential", "people", "company"]),
        },
      ],
      members: [
        { email: "salma.haddad@onrampia.example", name: "Salma Haddad", role: "owner", locale: "en" },
        { email: "viktor.lysenko@onrampia.example", name: "Viktor Lysenko", role: "developer", locale: "en" },
        { email: "anil.menon@onrampia.example", name: "Anil Menon", role: "compliance_officer", locale: "en" },
      ],
    },
    {
      key: "bitharrow",
      name: "Bitharrow",
      legalName: "Bitharrow Exchange K.K.",
      country: "JP",
      role: "receiver",
      applications: [
        {
          key: "bitharrow-sandbox",
          name: "Trading accounts",
          environment: "sandbox",
          workflows: workflowsOf("bitharrow-sandbox", ["essential", "full", "people", "company"]),
        },
      ],
      members: [
        { email: "haruka.ono@bitharrow.example", name: "Haruka Ono", role: "owner", locale: "en" },
        { email: "ken.amadi@bitharrow.example", name: "Ken Amadi", role: "compliance_officer", locale: "en" },
      ],
    },
  ],
  relations: [{ issuer: "onrampia-sandbox", receiver: "bitharrow-sandbox", trustDefault: false }],
};
