import { setImmediate as nextTurn } from "node:timers/promises";
import { BLOCKS, blocksOf } from "../sessions/blocks";
import type { ImportRecord, SessionView } from "../sessions/read";
import type { Picture, Sheet, Tone } from "./sheet";
import { factsOf, humanise, moment, objectOf, objectsOf, shown } from "./values";

export interface ReportMedium {
  blobId: string;
  kind: string;
  contentType: string;
  byteLength: number;
  /** SHA-256 of what is stored, hex. */
  digest: string;
  /** Absent for what is no picture, and for a picture that cannot be shown. */
  picture?: { bytes: Buffer; width: number; height: number };
}

export interface ReportContext {
  view: SessionView;
  media: ReportMedium[];
  applicationName: string;
  organisationName: string;
  requestedBy: string;
  now: Date;
}

export const TITLES: Record<string, string> = {
  ID_VERIFICATION: "Identity document",
  NFC: "Document chip",
  LIVENESS: "Liveness",
  FACE_MATCH: "Face match",
  KYB_REGISTRY: "Company registry",
  KYB_KEY_PEOPLE: "Key people",
  KYB_DOCUMENTS: "Company documents",
  POA: "Proof of address",
  AML: "AML screening",
  DATABASE_VALIDATION: "Database validation",
  PHONE: "Phone",
  EMAIL_VERIFICATION: "E-mail",
  IP_ANALYSIS: "Connection and location",
  QUESTIONNAIRE: "Questionnaire",
  DOCUMENT_AI: "Other documents",
};

export const toneOf = (status: string): Tone =>
  status === "Approved" ? "good" : status === "Declined" ? "bad" : status === "In Review" ? "doubtful" : "plain";

/** Whom a session is about, as a report calls them. */
export const nameOf = ({ session, card }: SessionView): string =>
  (session.kind === "business" ? card.companyName : card.fullName) ?? "Name not given";

export const NOTICE = { sandbox: "SANDBOX", live: undefined } as const;

/** Sets a session's record: who, what was decided on which grounds, where it comes from. */
export async function setSession(sheet: Sheet, context: ReportContext): Promise<void> {
  const { view, now } = context;
  const { session } = view;
  const name = nameOf(view);
  const kind = session.kind === "business" ? "Business verification (KYB)" : "Identity verification (KYC)";
  sheet.masthead(kind.toUpperCase(), name, { text: session.status, tone: toneOf(session.status) });
  sheet.facts(
    present([
      ["Session number", String(session.sessionNumber)],
      ["Session", session.id],
      ["Application", `${context.applicationName}, ${context.organisationName}`],
      ["Your reference", session.vendorData],
      ["Workflow", view.workflow && `${view.workflow.label}, version ${session.workflowVersion}`],
      ["Country", session.country],
      ["Created", moment(session.createdAt)],
      ["Finished", moment(session.finishedAt)],
      ["Report made", moment(now)],
      ["Requested by", context.requestedBy],
    ]),
  );
  provenance(sheet, context);
  overview(sheet, view);
  for (const block of blocksOf(session.kind)) {
    const items = objectsOf((view.body as Record<string, unknown>)[block.key]);
    for (const [index, item] of items.entries()) {
      // Setting takes a while; whoever else asks the server something is answered in between.
      await nextTurn();
      const title = TITLES[block.feature] ?? humanise(block.feature);
      const status = String(item.status ?? "");
      const hasPictures = picturesIn(item, context.media).length > 0;
      sheet.section(
        items.length > 1 ? `${title} ${index + 1}` : title,
        { text: status, tone: toneOf(status) },
        hasPictures ? 200 : undefined,
      );
      blockItem(sheet, context, block.feature, item);
      warnings(sheet, item);
    }
  }
  omittedBlocks(sheet, view);
  await nextTurn();
  people(sheet, view);
  history(sheet, view);
  mediaIndex(sheet, context.media);
}

function provenance(sheet: Sheet, { view, applicationName }: ReportContext): void {
  sheet.section("Where this comes from");
  const from = view.provenance;
  if (!from) {
    const external = view.session.externalReference;
    sheet.paragraph(
      external
        ? `This verification was brought into ${applicationName} from its own vendor, who knows it as ${external}.`
        : `This verification was made for ${applicationName}. It was not imported from another company.`,
    );
    return;
  }
  const issuer = from.sourceApplication;
  sheet.paragraph(
    `This is a copy of a verification that ${issuer ? `${issuer.organisationName} (${issuer.name})` : "another company"} made and shared. ` +
      "What is on the following pages is what it handed over; decisions made since then are listed at the end.",
  );
  sheet.space(4);
  sheet.facts(
    present([
      ["Issuer", issuer && `${issuer.organisationName}, ${issuer.name}`],
      ["Issuer's application", from.sourceApplicationId],
      ["Original session", from.sourceSessionId],
      ["Issuer's decision", from.sourceStatus],
      ["Verified", moment(from.sourceFinishedAt)],
      ["Share token", from.shareTokenId],
      ["Imported", moment(from.import?.importedAt)],
      ["Imported by", from.import?.importedByLabel],
      [
        "Trust asked for",
        from.import && (from.import.trustRequested === null ? "not said" : yes(from.import.trustRequested)),
      ],
      [
        "Trust in effect",
        from.import &&
          `${yes(from.import.trustEffective)} (${from.import.trustReasons.map(humanise).join(", ").toLowerCase()})`,
      ],
      ["Receiver's policy", from.import && policyLine(from.import)],
      ["Landed as", from.import?.landingStatus],
      ["Not shared", notShared(view).join(", ") || null],
    ]),
  );
  if (from.chain.length > 1) {
    sheet.subheading("From hand to hand");
    sheet.table(
      [
        { title: "Step", share: 1 },
        { title: "Company", share: 5 },
        { title: "Session there", share: 6 },
      ],
      from.chain.map((link, index) => [
        String(index + 1),
        [link.organisationName, link.applicationName].filter(Boolean).join(", ") || link.applicationId,
        link.sessionId,
      ]),
    );
  }
}

function policyLine({ policyVersion, policyReasons }: ImportRecord): string | null {
  if (policyVersion === null) return null;
  const objections = policyReasons.map(({ code }) => humanise(code).toLowerCase()).join(", ");
  return `version ${policyVersion}: ${objections || "passed"}`;
}

const titleOf = (feature: string) => TITLES[feature] ?? humanise(feature);

/** What the clone came without: blocks, and media. */
function notShared({ session: { omitted } }: SessionView): string[] {
  if (!omitted) return [];
  return [...omitted.features.map(({ feature }) => titleOf(feature)), ...(omitted.media ? ["Media"] : [])];
}

/** A reader of the report must not take what was not shared for what was not done. */
function omittedBlocks(sheet: Sheet, view: SessionView): void {
  for (const { feature, applicationId } of view.session.omitted?.features ?? []) {
    const by = view.provenance?.chain.find((link) => link.applicationId === applicationId)?.organisationName;
    sheet.section(titleOf(feature), { text: "Not shared", tone: "plain" });
    sheet.paragraph(
      `${by ?? "The issuer"} did this check and left it out of the share. Its data and media stayed there.`,
    );
  }
}

const yes = (flag: boolean) => (flag ? "yes" : "no");

function overview(sheet: Sheet, view: SessionView): void {
  const rows = BLOCKS.flatMap((block) =>
    objectsOf((view.body as Record<string, unknown>)[block.key]).map((item) => {
      const found = objectsOf(item.warnings);
      const serious = found.filter((warning) => warning.log_type !== "information").length;
      return [
        TITLES[block.feature] ?? humanise(block.feature),
        String(item.status ?? ""),
        serious === 0 ? "none" : String(serious),
        shown(item.score) ?? "",
      ];
    }),
  );
  rows.push(...(view.session.omitted?.features ?? []).map(({ feature }) => [titleOf(feature), "Not shared", "", ""]));
  if (rows.length === 0) return;
  sheet.section("Checks at a glance");
  sheet.table(
    [
      { title: "Check", share: 5 },
      { title: "Result", share: 3 },
      { title: "Warnings", share: 2 },
      { title: "Score", share: 2 },
    ],
    rows,
  );
}

type Item = Record<string, unknown>;

function blockItem(sheet: Sheet, { media }: ReportContext, feature: string, item: Item): void {
  const pictures = picturesIn(item, media);
  if (pictures.length > 0) sheet.pictures(pictures, 2, feature === "LIVENESS" || feature === "FACE_MATCH" ? 130 : 170);
  // What has a table of its own, or a name that goes without saying.
  const { company, registry: _registry, submitted: _submitted, ...rest } = item;
  sheet.facts([...factsOf(objectOf(company)), ...factsOf(rest)]);
  if (feature === "AML") hits(sheet, item);
  if (feature === "QUESTIONNAIRE") answers(sheet, item);
  if (feature === "KYB_KEY_PEOPLE") parties(sheet, item);
  if (feature === "KYB_DOCUMENTS" || feature === "DOCUMENT_AI") documents(sheet, item);
}

function picturesIn(item: unknown, media: ReportMedium[]): Picture[] {
  const byReference = new Map(media.map((medium) => [`media:${medium.blobId}`, medium]));
  const seen = new Set<string>();
  const pictures: Picture[] = [];
  const walk = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, name);
    else if (value !== null && typeof value === "object")
      for (const [key, inner] of Object.entries(value)) walk(inner, key === "matches" ? "" : key);
    else if (typeof value === "string") {
      const medium = byReference.get(value);
      if (!medium?.picture || seen.has(value)) return;
      seen.add(value);
      pictures.push({ ...medium.picture, caption: humanise(name || medium.kind) });
    }
  };
  walk(item, "");
  return pictures;
}

function warnings(sheet: Sheet, item: Item): void {
  const rows = objectsOf(item.warnings).map((warning) => [
    shown(warning.log_type) ?? "",
    shown(warning.risk) ?? "",
    shown(warning.long_description) ?? shown(warning.short_description) ?? "",
  ]);
  if (rows.length === 0) return;
  sheet.subheading("Warnings");
  sheet.table(
    [
      { title: "Kind", share: 2 },
      { title: "Risk", share: 4 },
      { title: "What it means", share: 7 },
    ],
    rows,
  );
}

function hits(sheet: Sheet, item: Item): void {
  const rows = objectsOf(item.hits).map((hit) => [
    shown(hit.caption) ?? String(hit.id ?? ""),
    Array.isArray(hit.datasets) ? hit.datasets.join(", ") : "",
    shown(hit.match_score) ?? "",
    shown(hit.risk_score) ?? "",
    shown(hit.review_status) ?? "Unreviewed",
  ]);
  if (rows.length === 0) return;
  sheet.subheading("Listed hits");
  sheet.table(
    [
      { title: "Listed as", share: 5 },
      { title: "Lists", share: 4 },
      { title: "Match", share: 2 },
      { title: "Risk", share: 2 },
      { title: "Reviewer says", share: 3 },
    ],
    rows,
  );
}

function answers(sheet: Sheet, item: Item): void {
  const rows = objectsOf(item.sections).flatMap((section) =>
    objectsOf(section.items).map((question): [string, string] => {
      const answer = objectOf(question.answer);
      const value = answer.text ?? answer.value ?? question.answer;
      const choice = objectsOf(question.choices).find((one) => one.value === value);
      return [
        shown(question.title) ?? "",
        shown(choice?.label) ?? shown(value) ?? (Array.isArray(value) ? value.join(", ") : "–"),
      ];
    }),
  );
  if (rows.length > 0)
    sheet.table(
      [
        { title: "Question", share: 1 },
        { title: "Answer", share: 1 },
      ],
      rows,
    );
}

const partiesOf = (item: Item) => {
  const registry = objectOf(item.registry);
  return [
    ...objectsOf(registry.officers),
    ...objectsOf(registry.beneficial_owners),
    ...objectsOf(objectOf(item.submitted).parties),
  ];
};

function parties(sheet: Sheet, item: Item): void {
  const rows = partiesOf(item).map((party) => {
    const roles = (Array.isArray(party.roles) ? party.roles : []).map((role) => {
      const { role: name, ownership_percent: share } =
        typeof role === "string" ? { role, ownership_percent: null } : role;
      return `${humanise(String(name))}${share === null || share === undefined ? "" : ` (${share} %)`}`;
    });
    return [
      shown(party.name) ?? shown(party.full_name) ?? "",
      roles.join(", "),
      shown(party.entity_type) ?? "",
      party.is_skipped === true ? "skipped" : (shown(party.kyc_session_status) ?? "–"),
    ];
  });
  if (rows.length === 0) return;
  sheet.table(
    [
      { title: "Name", share: 4 },
      { title: "Roles", share: 5 },
      { title: "Kind", share: 2 },
      { title: "Verification", share: 3 },
    ],
    rows,
  );
}

function documents(sheet: Sheet, item: Item): void {
  const rows = objectsOf(item.items).map((document) => [
    shown(document.document_type) ?? "Document",
    shown(document.group) ?? "",
    shown(document.status) ?? "",
  ]);
  if (rows.length > 0)
    sheet.table(
      [
        { title: "Document", share: 5 },
        { title: "Group", share: 4 },
        { title: "Result", share: 3 },
      ],
      rows,
    );
}

function people(sheet: Sheet, view: SessionView): void {
  if (view.children.length === 0) return;
  sheet.section("Verifications of its key people");
  sheet.table(
    [
      { title: "Session", share: 6 },
      { title: "Number", share: 2 },
      { title: "Status", share: 3 },
    ],
    view.children.map((child) => [
      child.sessionId,
      child.sessionNumber ? `#${child.sessionNumber}` : "",
      child.status ?? "erased",
    ]),
  );
}

function history(sheet: Sheet, view: SessionView): void {
  const vendor = objectsOf(view.body.reviews).map((review) => [
    shown(review.created_at) ?? "",
    shown(review.user) ?? "",
    shown(review.new_status) ?? "",
    shown(review.comment) ?? "",
  ]);
  const own = view.reviews.map((review) => [
    moment(review.createdAt) ?? "",
    review.actorKind === "member" || (review.actorKind === "system" && review.actorLabel !== "system")
      ? review.actorLabel
      : review.actorKind === "system"
        ? "System"
        : "API Client",
    review.newStatus ?? humanise(review.action),
    [review.reasonCode && humanise(review.reasonCode), review.changedFields?.map(humanise).join(", "), review.comment]
      .filter(Boolean)
      .join(" – "),
  ]);
  if (vendor.length + own.length === 0) return;
  sheet.section("Decisions and notes");
  sheet.table(
    [
      { title: "When", share: 4 },
      { title: "Who", share: 5 },
      { title: "What", share: 3 },
      { title: "Why", share: 7 },
    ],
    [...vendor, ...own],
  );
}

function mediaIndex(sheet: Sheet, media: ReportMedium[]): void {
  if (media.length === 0) return;
  sheet.section("Media of this record");
  sheet.paragraph("By its digest each of them can be told from any other, in this report and in every copy.", {
    size: 8.5,
  });
  sheet.space(4);
  sheet.table(
    [
      { title: "Medium", share: 4 },
      { title: "Type", share: 3 },
      { title: "Size", share: 2 },
      { title: "SHA-256", share: 10 },
    ],
    media.map((medium) => [
      humanise(medium.kind) + (medium.contentType.startsWith("image/") && !medium.picture ? " (cannot be shown)" : ""),
      medium.contentType,
      `${Math.max(1, Math.round(medium.byteLength / 1024))} KB`,
      medium.digest,
    ]),
  );
}

export function present(pairs: [string, string | null | undefined][]): [string, string][] {
  return pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
}
