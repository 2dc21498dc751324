import type { Company, Stake } from "../companies/company";
import type { SpecimenMedium } from "../medium";
import { type Color, colorOf, grey, type Page, pdf } from "./pdf-page";

export type CompanyDocument =
  | "CERTIFICATE_OF_INCORPORATION"
  | "TRADE_REGISTER_EXTRACT"
  | "ARTICLES_OF_ASSOCIATION"
  | "SHAREHOLDER_REGISTER"
  | "BOARD_RESOLUTION";

export interface CompanyPaper {
  company: Company;
  type: CompanyDocument;
  issuedOn: Date;
  /** What the paper says where it differs from the registry. */
  printedName?: string;
  printedAddress?: string;
}

const titles: Record<CompanyDocument, string> = {
  CERTIFICATE_OF_INCORPORATION: "Certificate of incorporation",
  TRADE_REGISTER_EXTRACT: "Extract from the register",
  ARTICLES_OF_ASSOCIATION: "Articles of association (extract)",
  SHAREHOLDER_REGISTER: "Register of shareholders",
  BOARD_RESOLUTION: "Resolution of the board",
};

function head(page: Page, paper: CompanyPaper, color: Color) {
  const { company } = paper;
  page.box(0, 0, 595, 6, color);
  page.disc(297, 70, 26, color, 0.9);
  page.disc(309, 62, 14, colorOf(company.country.theme.accent), 0.9);
  page.text(297, 124, `${company.country.registry.name} (demo)`, { size: 11, color: grey, align: "center" });
  page.text(297, 156, titles[paper.type], { size: 22, bold: true, align: "center", maxWidth: 480 });
  page.rule(190, 172, 215, color);
}

function facts(page: Page, y: number, pairs: readonly (readonly [string, string])[]) {
  let top = y;
  for (const [label, value] of pairs) {
    page.text(72, top, label, { size: 9, color: grey });
    page.text(236, top, value, { size: 11, bold: true, maxWidth: 288 });
    page.rule(72, top + 10, 451);
    top += 28;
  }
  return top;
}

function shareholders(page: Page, y: number, stakes: Stake[], depth = 0): number {
  let top = y;
  for (const { holder, percent } of stakes) {
    const x = 72 + depth * 22;
    const name = holder.kind === "person" ? holder.person.fullName : holder.name;
    const detail =
      holder.kind === "person" ? holder.person.country.name : `${holder.country.name} · ${holder.registrationNumber}`;
    page.text(x, top, name, { size: 11, bold: depth === 0, maxWidth: 250 });
    page.text(x, top + 14, detail, { size: 8, color: grey });
    page.box(360, top - 4, percent, 9, [0.55, 0.62, 0.7]);
    page.text(523, top + 3, `${percent.toFixed(2)} %`, { align: "right" });
    page.rule(72, top + 22, 451);
    top += 38;
    if (holder.kind === "company") top = shareholders(page, top, holder.stakes, depth + 1);
  }
  return top;
}

function sign(page: Page, paper: CompanyPaper, y: number) {
  const { company } = paper;
  page.text(72, y, `${company.address.city}, ${paper.issuedOn.toISOString().slice(0, 10)}`, { color: grey });
  page.path(
    "M0 20C10 -8 24 -6 20 12S34 30 44 6S60 -4 58 14S80 22 92 4S110 18 130 8",
    360,
    y + 18,
    1,
    [0.12, 0.18, 0.32],
  );
  page.rule(350, y + 46, 173);
  page.text(436, y + 60, company.officers[0]!.person.fullName, {
    size: 9,
    color: grey,
    align: "center",
    maxWidth: 173,
  });
}

function registered(paper: CompanyPaper) {
  const { company } = paper;
  return [
    ["Company name", paper.printedName ?? company.name],
    ["Registration number", company.registrationNumber],
    ["Legal form", company.legalForm],
    ["Date of incorporation", company.incorporatedOn],
    ["Registered office", paper.printedAddress ?? company.address.formatted],
    ["Registered capital", `${company.capital.toLocaleString("en-US")} ${company.country.currency}`],
    ["Object", company.nature],
  ] as const;
}

function articles(page: Page, next: () => Page, company: Company) {
  const clauses = [
    ["Name and seat", `The company bears the name ${company.name}. Its seat is in ${company.address.city}.`],
    [
      "Object",
      `The object of the company is: ${company.nature.toLowerCase()}, and all business that serves this object.`,
    ],
    [
      "Capital",
      `The capital is ${company.capital.toLocaleString("en-US")} ${company.country.currency}, fully paid up, divided among the holders named in the register of shareholders.`,
    ],
    [
      "Management",
      `The company is represented by ${company.officers[0]!.person.fullName}, alone, without limit of amount.`,
    ],
    [
      "Meetings",
      "The holders meet once a year within six months of the end of the financial year. One hundredth of the capital has one vote.",
    ],
    ["Transfer", "A share passes to a third party only with the consent of holders of half of the capital."],
    ["Liquidation", "On liquidation what remains is divided in proportion to the shares."],
  ] as const;
  let sheet = page;
  let y = 214;
  clauses.forEach(([title, words], index) => {
    if (index === 4) {
      sheet.specimen();
      sheet = next();
      y = 80;
    }
    sheet.text(72, y, `Article ${index + 1}. ${title}`, { size: 12, bold: true });
    y = sheet.paragraph(72, y + 20, words, 451, 11) + 22;
  });
  return { sheet, y };
}

/** One or two pages that show what the registry also says. */
export function companyDocument(paper: CompanyPaper): Promise<SpecimenMedium> {
  const { company, type } = paper;
  const color = colorOf(company.country.theme.primary);
  return pdf({ title: titles[type], producer: company.country.registry.name, createdOn: paper.issuedOn }, (newPage) => {
    let page = newPage();
    head(page, paper, color);
    let y = 214;
    if (type === "SHAREHOLDER_REGISTER") {
      page.text(72, 204, company.name, { size: 12, bold: true });
      y = shareholders(page, 240, company.stakes);
    } else if (type === "ARTICLES_OF_ASSOCIATION") {
      ({ sheet: page, y } = articles(page, newPage, company));
    } else if (type === "BOARD_RESOLUTION") {
      const [first] = company.officers;
      y = page.paragraph(
        72,
        y,
        `The board of ${company.name}, number ${company.registrationNumber}, met and resolved that ${first!.person.fullName} may open accounts, accept terms and sign on behalf of the company, alone, until this resolution is withdrawn.`,
        451,
        12,
      );
      y = facts(
        page,
        y + 24,
        company.officers.map(({ person, role }) => [role.replaceAll("_", " "), person.fullName] as const),
      );
    } else {
      y = facts(page, y, registered(paper));
      if (type === "TRADE_REGISTER_EXTRACT")
        y = facts(
          page,
          y + 16,
          company.officers.map(
            ({ person, role, appointedOn }) =>
              [`${role.replaceAll("_", " ")} since ${appointedOn}`, person.fullName] as const,
          ),
        );
      else
        y = page.paragraph(
          72,
          y + 24,
          `It is certified that the company named above was entered in the register on ${company.incorporatedOn} and is in existence.`,
          451,
          11,
        );
    }
    sign(page, paper, Math.min(y + 40, 720));
    page.specimen();
  });
}
