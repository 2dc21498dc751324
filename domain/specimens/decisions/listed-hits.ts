import { Random, uuidOf } from "../random";

export interface Screened {
  key: string;
  entityType: "person" | "company";
  name: string;
  /** Given names, for people. */
  firstName: string | null;
  lastName: string;
  birthDate: string | null;
  countryName: string;
  alpha2: string;
  gender: string | null;
}

export type ReviewStatus = "Unreviewed" | "Confirmed Match" | "False Positive" | "Inconclusive";
type Dataset = "PEP" | "SANCTION" | "ADVERSE_MEDIA" | "WARNING";

const lists = {
  PEP: ["Register of Public Offices (demo)", "Civic Data Desk (demo)", "https://watchlists.example/public-offices"],
  SANCTION: [
    "Consolidated Restrictions List (demo)",
    "Council for Trade Restrictions (demo)",
    "https://watchlists.example/restrictions",
  ],
  WARNING: ["Unlicensed Firms Notices (demo)", "Markets Supervisor (demo)", "https://watchlists.example/notices"],
  ADVERSE_MEDIA: ["Press index (demo)", "Demo Press Desk", "https://press.example/archive"],
} as const;

const positions = [
  "Member of a regional assembly",
  "Deputy mayor",
  "Board member of a state-owned water utility",
  "Judge at an administrative court",
  "Adviser to a ministry of agriculture",
];

const headlines = [
  [
    "Harbour customs case widens to three more traders",
    "customs fraud",
    "A fictional newspaper names a person of this name among the traders questioned.",
  ],
  [
    "Cooperative's former treasurer to appear in court",
    "embezzlement",
    "A fictional newspaper reports that funds of a cooperative cannot be accounted for.",
  ],
  [
    "Regulator fines online lottery without a licence",
    "illegal gambling",
    "A fictional newspaper reports a fine against the operator and its manager.",
  ],
  [
    "Invoice mill uncovered in industrial park",
    "tax evasion",
    "A fictional newspaper reports invoices between firms that have no staff.",
  ],
] as const;

/** Contributions add up to the total; a part that the list does not give is left out of the weights. */
function breakdown(random: Random, similar: { name: number; dob: number | null; country: number }) {
  const weights = { name: 60, dob: similar.dob === null ? 0 : 25, country: 15 };
  const all = weights.name + weights.dob + weights.country;
  const share = (weight: number) => Number(((weight / all) * 100).toFixed(2));
  const part = (score: number, weight: number) => Number(((score * weight) / all).toFixed(2));
  const contributions = {
    name: part(similar.name, weights.name),
    dob: part(similar.dob ?? 0, weights.dob),
    country: part(similar.country, weights.country),
  };
  const total = Number((contributions.name + contributions.dob + contributions.country).toFixed(2));
  const compared = random.chance(0.25) ? "MISMATCH" : "NEUTRAL";
  return {
    name_score: similar.name,
    name_weight: 60,
    name_weight_normalized: share(weights.name),
    name_contribution: contributions.name,
    dob_score: similar.dob ?? 0,
    dob_weight: 25,
    dob_weight_normalized: share(weights.dob),
    dob_contribution: contributions.dob,
    country_score: similar.country,
    country_weight: 15,
    country_weight_normalized: share(weights.country),
    country_contribution: contributions.country,
    document_number_match_type: compared,
    document_number_effect: "none",
    total_score: total,
  };
}

function listedName(random: Random, who: Screened, exact: boolean) {
  if (exact) return who.name;
  if (who.entityType === "company")
    return `${who.name.split(" ").slice(0, 2).join(" ")} ${random.pick(["Trading", "Group", "Holdings"])}`;
  const [firstSurname = who.lastName] = who.lastName.split(/[ -]/);
  const initial = who.firstName ? `${who.firstName.split(" ")[0]}` : "";
  return random
    .pick([
      `${initial} ${firstSurname}`,
      `${initial} ${firstSurname[0]}. ${who.lastName}`,
      `${firstSurname} ${initial}`,
    ])
    .trim();
}

function riskView(random: Random, dataset: Dataset, alpha2: string) {
  const category = { PEP: "pep", SANCTION: "sanctions", WARNING: "warnings", ADVERSE_MEDIA: "adverse_media" }[dataset];
  const score = {
    PEP: random.int(35, 60),
    SANCTION: random.int(85, 100),
    WARNING: random.int(45, 65),
    ADVERSE_MEDIA: random.int(40, 75),
  }[dataset];
  const level = score > 80 ? "High" : score > 50 ? "Medium" : "Low";
  const part = (value: number, weightage: number, scores: Record<string, number>) => ({
    score: value,
    weightage,
    risk_level: value > 80 ? "High" : value > 50 ? "Medium" : "Low",
    risk_scores: scores,
  });
  const view = {
    crimes: part(
      dataset === "ADVERSE_MEDIA" ? score : 0,
      20,
      dataset === "ADVERSE_MEDIA" ? { financial_crime: score } : {},
    ),
    countries: part(random.int(5, 30), 20, { [alpha2]: random.int(5, 30) }),
    categories: part(score, 50, { [category]: score }),
    custom_list: {},
  };
  return { view, score, level };
}

export interface HitWish {
  count: number;
  review: ReviewStatus;
  /** The screened person is the listed one. */
  exact?: boolean;
  dataset?: Dataset;
}

export function listedHits(who: Screened, seenOn: Date, wish: HitWish) {
  return Array.from({ length: wish.count }, (_, index) => {
    const random = new Random(`hit/${who.key}/${index}`);
    const dataset =
      wish.dataset ??
      random.weighted(
        who.entityType === "company"
          ? ([
              ["WARNING", 4],
              ["ADVERSE_MEDIA", 4],
              ["SANCTION", 1],
            ] as const)
          : ([
              ["PEP", 5],
              ["ADVERSE_MEDIA", 3],
              ["SANCTION", 1],
              ["WARNING", 1],
            ] as const),
      );
    const [list, publisher, source] = lists[dataset];
    const name = listedName(random, who, wish.exact === true);
    const year = who.birthDate
      ? Number(who.birthDate.slice(0, 4)) + (wish.exact ? 0 : random.pick([-11, -4, -2, 3, 7, 16]))
      : null;
    const sameCountry = wish.exact || random.chance(0.7);
    const scores = breakdown(random, {
      name: wish.exact ? 100 : random.int(68, 92),
      dob: year === null ? null : wish.exact ? 100 : random.pick([0, 0, 20, 40]),
      country: sameCountry ? 100 : 0,
    });
    const { view, score: riskScore, level } = riskView(random, dataset, who.alpha2);
    const position = random.pick(positions);
    const [headline, crime, summary] = random.pick(headlines);
    const url = `${source}/${uuidOf(`hit/${who.key}/${index}`).slice(0, 8)}`;
    const born =
      year === null
        ? null
        : wish.exact
          ? who.birthDate
          : `${year}-${random.pattern("0#").replace("00", "10")}-1${random.int(0, 9)}`;
    const listed = {
      matched_name: name,
      aliases: [
        `${name.split(" ")[0]} "${random.pick(["Chico", "Rex", "Lino", "Maya"])}" ${name.split(" ").slice(1).join(" ")}`.trim(),
      ],
      list_name: list,
      publisher,
      source_url: url,
      description:
        dataset === "PEP"
          ? position
          : dataset === "SANCTION"
            ? "Asset freeze and travel ban, fictional programme 7"
            : "Notice to the public, fictional",
      date_of_birth: born,
      place_of_birth: who.countryName,
      education: [],
      other_sources: [],
    };
    const published = new Date(seenOn.getTime() - random.int(200, 2400) * 86_400_000).toISOString();
    return {
      id: uuidOf(`hit/${who.key}/${index}`),
      url,
      match: wish.review === "Confirmed Match",
      score: Number((scores.total_score / 100).toFixed(2)),
      target: dataset === "SANCTION",
      caption: name,
      datasets: [dataset],
      features: { name_similarity: Number((scores.name_score / 100).toFixed(2)) },
      rca_name: "",
      first_seen: published.slice(0, 19),
      last_seen: new Date(seenOn.getTime() - random.int(2, 40) * 86_400_000).toISOString().slice(0, 19),
      match_score: Math.round(scores.total_score),
      risk_score: riskScore,
      review_status: wish.review,
      properties: {
        name: [name],
        alias: listed.aliases,
        notes: [`Fictional entry of the demo; ${level.toLowerCase()} risk.`],
        title: dataset === "PEP" ? position : null,
        gender: who.gender === "M" ? ["male"] : who.gender === "F" ? ["female"] : [],
        country: [sameCountry ? who.countryName : "Elsewhere"],
        firstName: who.firstName ? [name.split(" ")[0]] : [],
        lastName: who.entityType === "person" ? [name.split(" ").at(-1)] : [],
        position: dataset === "PEP" ? [position] : [],
        birthDate: born ? [born] : [],
        birthPlace: who.entityType === "person" ? [who.countryName] : [],
        nationality: who.entityType === "person" ? [who.alpha2] : [],
        education: [],
      },
      score_breakdown: scores,
      risk_view: view,
      pep_matches: dataset === "PEP" ? [{ ...listed, pep_position: position }] : [],
      sanction_matches:
        dataset === "SANCTION"
          ? [{ ...listed, programme: "Fictional programme 7", reason: "Demonstration entry" }]
          : [],
      warning_matches: dataset === "WARNING" ? [listed] : [],
      linked_entities:
        dataset === "PEP" && random.chance(0.4)
          ? [{ name: `${name.split(" ").at(-1)} Family Foundation (demo)`, relation: "Founder", datasets: ["PEP"] }]
          : [],
      adverse_media_details:
        dataset === "ADVERSE_MEDIA"
          ? {
              sentiment: "negative",
              entity_type: who.entityType,
              sentiment_score: random.number(-0.95, -0.4),
              adverse_keywords: { [crime]: random.int(1, 5) },
            }
          : null,
      adverse_media_matches:
        dataset === "ADVERSE_MEDIA"
          ? [
              {
                country: who.alpha2,
                summary,
                headline,
                sentiment: "negative",
                source_url: url,
                adverse_keywords: [crime],
                sentiment_score: random.number(-0.95, -0.4),
                publication_date: published.slice(0, 10),
              },
            ]
          : [],
      additional_information: { flag_summary: dataset === "SANCTION" ? ["Listed on one restrictions list"] : [] },
    };
  });
}
