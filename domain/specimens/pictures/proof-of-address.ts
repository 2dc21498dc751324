import type { SpecimenMedium } from "../medium";
import type { Person } from "../people/person";
import { Random } from "../random";
import { colorOf, grey, ink, type Page, pdf } from "./pdf-page";
import { png } from "./raster";
import { text } from "./text";

export interface AddressProof {
  person: Person;
  issuer: string;
  kind: "UTILITY_BILL" | "BANK_STATEMENT";
  /** As printed; not always the person's name. */
  name: string;
  issuedOn: string;
  account: string;
}

const words = {
  en: {
    titles: ["Electricity and water bill", "Account statement"],
    heads: ["Customer", "Service address", "Issued", "Account", "Amount due", "Balance"],
    items: ["Electricity", "Water", "Standing charge", "Tax"],
  },
  es: {
    titles: ["Factura de suministro", "Extracto de cuenta"],
    heads: ["Titular", "Dirección del suministro", "Fecha", "Cuenta", "Total a pagar", "Saldo"],
    items: ["Electricidad", "Agua", "Término fijo", "Impuestos"],
  },
  pt: {
    titles: ["Fatura de serviços", "Extrato de conta"],
    heads: ["Titular", "Endereço do serviço", "Data", "Conta", "Total a pagar", "Saldo"],
    items: ["Eletricidade", "Água", "Tarifa fixa", "Impostos"],
  },
  fr: {
    titles: ["Facture d'énergie", "Relevé de compte"],
    heads: ["Titulaire", "Adresse de fourniture", "Date", "Compte", "Montant dû", "Solde"],
    items: ["Électricité", "Eau", "Abonnement", "Taxes"],
  },
  de: {
    titles: ["Rechnung Strom und Wasser", "Kontoauszug"],
    heads: ["Kunde", "Lieferanschrift", "Datum", "Konto", "Rechnungsbetrag", "Saldo"],
    items: ["Strom", "Wasser", "Grundpreis", "Steuer"],
  },
};

async function nativeStrip(person: Person) {
  if (!person.native) return null;
  const { language } = person.country;
  const name = text(0, 30, person.native.fullName, { size: 26, bold: true, maxWidth: 600 });
  const address = person.address.native ? text(0, 66, person.address.native, { size: 20, maxWidth: 600 }) : "";
  return png(
    `<svg xmlns="http://www.w3.org/2000/svg" width="620" height="84" viewBox="0 0 620 84">${name}${address}</svg>`,
    language,
  );
}

function consumption(page: Page, random: Random, color: ReturnType<typeof colorOf>) {
  page.text(48, 520, "kWh", { size: 8, color: grey });
  for (let month = 0; month < 12; month++) {
    const height = random.int(18, 78);
    page.box(54 + month * 26, 604 - height, 16, height, color, month === 11 ? 1 : 0.4);
    page.text(62 + month * 26, 618, String(month + 1), { size: 7, color: grey, align: "center" });
  }
  page.rule(48, 605, 320);
}

function lines(page: Page, random: Random, labels: [string, string][], currency: string, total: string) {
  let y = 330;
  let sum = 0;
  page.rule(48, y - 14, 499);
  for (const [left, right] of labels) {
    const amount = random.number(4, 140);
    sum += amount;
    page.text(48, y, left);
    page.text(330, y, right, { color: grey });
    page.text(547, y, amount.toFixed(2), { align: "right" });
    page.rule(48, y + 8, 499);
    y += 24;
  }
  page.box(330, y - 6, 217, 30, [0.94, 0.95, 0.97]);
  page.text(342, y + 13, total, { bold: true });
  page.text(537, y + 13, `${sum.toFixed(2)} ${currency}`, { bold: true, align: "right" });
}

/** A one-page bill or bank statement addressed to the person. */
export async function proofOfAddress(proof: AddressProof): Promise<SpecimenMedium> {
  const { person } = proof;
  const { country, address } = person;
  const random = new Random(`bill/${person.key}`);
  const strip = await nativeStrip(person);
  const issued = new Date(`${proof.issuedOn}T08:00:00Z`);
  const { titles, heads, items } = words[country.language as keyof typeof words] ?? words.en;
  const [customer, place, date, account, due, balance] = heads;
  const title = titles[proof.kind === "UTILITY_BILL" ? 0 : 1]!;
  const color = colorOf(country.theme.primary);

  return pdf({ title, producer: proof.issuer, createdOn: issued }, async (newPage, document) => {
    const page = newPage();
    page.box(0, 0, 595, 92, color, 0.1);
    page.box(0, 92, 595, 3, color);
    page.disc(70, 47, 22, color);
    page.disc(78, 40, 11, colorOf(country.theme.accent));
    page.text(106, 44, proof.issuer, { size: 19, bold: true, color });
    page.text(106, 63, title, { size: 11, color: grey });
    page.text(547, 44, proof.issuedOn, { size: 11, align: "right" });
    page.text(547, 63, `${date}`, { size: 9, color: grey, align: "right" });

    page.text(48, 136, customer!, { size: 9, color: grey });
    page.text(48, 156, proof.name, { size: 15, bold: true, maxWidth: 300 });
    page.text(48, 186, place!, { size: 9, color: grey });
    page.text(48, 203, [address.street1, address.street2].filter(Boolean).join(", "), { maxWidth: 300 });
    page.text(48, 218, `${address.postalCode} ${address.city}, ${address.region}`, { maxWidth: 300 });
    page.text(48, 233, country.name);
    if (strip) {
      const picture = await document.embedPng(strip);
      page.page.drawImage(picture, { x: 48, y: 842 - 292, width: 310, height: 42 });
    }
    page.box(382, 122, 165, 96, [0.96, 0.97, 0.98]);
    page.text(394, 142, account!, { size: 9, color: grey });
    page.text(394, 158, proof.account, { bold: true, maxWidth: 142 });
    page.text(394, 184, date!, { size: 9, color: grey });
    page.text(394, 200, proof.issuedOn, { bold: true });

    if (proof.kind === "UTILITY_BILL") {
      lines(
        page,
        random,
        [
          [items[0]!, `${random.int(120, 390)} kWh`],
          [items[1]!, `${random.int(4, 19)} m3`],
          [items[2]!, `${random.int(28, 31)} d`],
          [items[3]!, "21 %"],
        ],
        country.currency,
        due!,
      );
      consumption(page, random, color);
    } else {
      const counterparts = [...country.utilities, ...country.internetProviders, ...country.carriers];
      lines(
        page,
        random,
        counterparts.slice(0, 6).map((name, index) => {
          const booked = new Date(issued.getTime() - (6 - index) * 4 * 86_400_000);
          return [name, booked.toISOString().slice(0, 10)];
        }),
        country.currency,
        balance!,
      );
    }
    page.rule(48, 780, 499);
    page.text(48, 796, `${proof.issuer} · ${proof.issuer.toLowerCase().replace(/[^a-z]+/g, "-")}.example`, {
      size: 8,
      color: ink,
    });
    page.specimen();
  });
}

/** The payslip or tax notice that a questionnaire or a document check asks for. */
export function incomeDocument(person: Person, employer: string, month: Date): Promise<SpecimenMedium> {
  const random = new Random(`income/${person.key}`);
  const color = colorOf(person.country.theme.accent);
  return pdf({ title: "Payslip", producer: employer, createdOn: month }, (newPage) => {
    const page = newPage();
    page.box(0, 0, 595, 74, color, 0.18);
    page.text(48, 44, employer, { size: 18, bold: true });
    page.text(547, 44, `Payslip ${month.toISOString().slice(0, 7)}`, { size: 12, align: "right" });
    page.text(48, 112, person.fullName, { size: 14, bold: true, maxWidth: 340 });
    page.text(48, 130, person.address.formatted, { size: 9, color: grey, maxWidth: 499 });
    const gross = random.int(2100, 6400);
    const rows: [string, number][] = [
      ["Base salary", gross],
      ["Allowance", random.int(40, 220)],
      ["Social insurance", -Math.round(gross * 0.07)],
      ["Income tax", -Math.round(gross * 0.17)],
    ];
    rows.forEach(([label, amount], index) => {
      const y = 190 + index * 28;
      page.text(48, y, label);
      page.text(547, y, amount.toFixed(2), { align: "right" });
      page.rule(48, y + 10, 499);
    });
    const net = rows.reduce((sum, [, amount]) => sum + amount, 0);
    page.box(300, 300, 247, 32, [0.94, 0.95, 0.97]);
    page.text(312, 321, "Net pay", { bold: true });
    page.text(537, 321, `${net.toFixed(2)} ${person.country.currency}`, { bold: true, align: "right" });
    page.specimen();
  });
}
