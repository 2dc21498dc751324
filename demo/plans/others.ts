import { type ApplicationPlan, approved, declined, fine, inReview, type UserPlan, unfinished } from "./plan";

const asStarted = (status: string, bundle: UserPlan["bundle"], steps: number): UserPlan => ({
  ...unfinished.find((plan) => plan.status === status)!,
  bundle,
  steps,
  earlierAttempt: false,
});

/** Takes the first of each kind of trouble that the application's workflows can meet. */
function troubles(bundle: UserPlan["bundle"]): UserPlan[] {
  const fits = (plan: UserPlan) => plan.bundle === bundle;
  return [
    ...inReview.filter(fits).slice(0, 1),
    ...declined.filter(fits).slice(0, 1),
    asStarted("In Progress", bundle, 1),
  ];
}

/** The issuers of the other five ecosystems: a handful of sessions each, so that every organisation has something to show. */
export const otherPlans: ApplicationPlan[] = [
  {
    application: "halcyra-sandbox",
    environment: "sandbox",
    prefix: "hal-t",
    officers: ["caio.brandt@halcyra.example"],
    countries: [
      ["BRA", 9],
      ["PRT", 2],
    ],
    users: [
      ...approved("halcyra", 9, [
        ["address", 2],
        ["full", 1],
      ]),
      ...troubles("address"),
      asStarted("Not Started", "address", 0),
    ],
    companies: [fine("laranjal")],
  },
  {
    application: "halcyra-live",
    environment: "live",
    prefix: "hal",
    officers: ["caio.brandt@halcyra.example"],
    countries: [
      ["BRA", 9],
      ["PRT", 1],
    ],
    users: [
      ...approved("halcyra-live", 8, [
        ["address", 2],
        ["full", 1],
      ]),
      ...troubles("full").slice(0, 1),
    ],
    companies: [fine("engenho")],
  },
  {
    application: "clinicaro-sandbox",
    environment: "sandbox",
    prefix: "clin",
    officers: ["mei.tanaka@clinicaro.example"],
    countries: [
      ["USA", 8],
      ["MEX", 2],
    ],
    users: [
      ...approved("clinicaro", 8, [
        ["essential", 2],
        ["address", 1],
      ]),
      ...troubles("essential"),
    ],
    companies: [fine("juniper-dental"), fine("mill-road-vets"), fine("dogwood-smiles")],
  },
  {
    application: "bazarillo-mexico",
    environment: "sandbox",
    prefix: "baz",
    officers: ["alba.corral@bazarillo.example"],
    countries: [
      ["MEX", 6],
      ["ESP", 2],
      ["BRA", 2],
      ["NGA", 2],
    ],
    users: [
      ...approved("bazarillo", 15, [
        ["address", 3],
        ["essential", 1],
      ]),
      ...troubles("address"),
      asStarted("Awaiting User", "address", 3),
    ],
    companies: [fine("bugambilia"), fine("cenzontle")],
  },
  {
    application: "onrampia-sandbox",
    environment: "sandbox",
    prefix: "onr",
    officers: ["anil.menon@onrampia.example"],
    countries: [
      ["ARE", 4],
      ["EGY", 3],
      ["IND", 3],
      ["JPN", 2],
      ["CHN", 2],
      ["UKR", 2],
    ],
    users: [
      ...approved("onrampia", 12, [
        ["full", 2],
        ["essential", 1],
      ]),
      ...troubles("full"),
      asStarted("Abandoned", "essential", 1),
    ],
    companies: [fine("sidra")],
  },
  {
    application: "austerholm-sandbox",
    environment: "sandbox",
    prefix: "aus",
    officers: ["olaf.reimers@austerholm.example"],
    countries: [["DEU", 1]],
    users: [],
    companies: [fine("eichengrund"), fine("moorhof", "companyPlus")],
  },
  {
    application: "marisquet-sandbox",
    environment: "sandbox",
    prefix: "mar",
    officers: ["claire.vasseur@marisquet.example"],
    countries: [["FRA", 1]],
    users: [],
    companies: [
      fine("grand-cerisier", "companyPlus"),
      { company: "vieux-pressoir", bundle: "company", status: "In Review", problem: "KYB_DOCUMENT_ADDRESS_MISMATCH" },
    ],
  },
  {
    application: "porto-alva-sandbox",
    environment: "sandbox",
    prefix: "pav",
    officers: ["rui.sarmento@porto-alva.example"],
    countries: [["PRT", 1]],
    users: [],
    companies: [fine("serra-do-vento")],
  },
  {
    application: "wislana-sandbox",
    environment: "sandbox",
    prefix: "wis",
    officers: ["agata.borowska@wislana.example"],
    countries: [["POL", 1]],
    users: [],
    companies: [fine("lipowa", "companyPlus")],
  },
];
