import type { Theme } from "../countries/country";
import type { IdentityDocument } from "../people/document";
import type { Person } from "../people/person";
import { Random } from "../random";
import { labelsOf } from "./labels";
import { emblem, motif } from "./motif";
import { isArabic, text, xml } from "./text";

export interface Specimen {
  person: Person;
  document: IdentityDocument;
}

const arabicDigits = (value: string) => value.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[Number(digit)]!);

/** As the document prints it. */
export function printedDate({ person, document }: Specimen, date: string) {
  const [year, month, day] = date.split("-");
  const { alpha3, language } = person.country;
  if (language === "ja" || language === "zh") return `${year}年${month}月${day}日`;
  if (alpha3 === "USA") return `${month}/${day}/${year}`;
  if (["de", "pl", "uk"].includes(language)) return `${day}.${month}.${year}`;
  if (document.kind.script === "native") return arabicDigits(`${year}/${month}/${day}`);
  return `${day}/${month}/${year}`;
}

export const printedNumber = ({ document, person }: Specimen) =>
  document.kind.script === "native" && person.country.language === "ar"
    ? arabicDigits(document.number)
    : document.number;

export interface Field {
  label: string;
  value: string;
  /** The Latin spelling below a native one. */
  below?: string | null;
  width: number;
  mono?: boolean;
  small?: boolean;
}

/** Arabic stands at the right end of its field, the Latin spelling at the left. */
function bilingualField(x: number, y: number, theme: Theme, { label, value, below, width, mono, small }: Field) {
  const [own = "", english = ""] = label.split(" / ");
  const size = small ? 17 : 21;
  const latin = isArabic(value) ? below : value;
  const half = width * 0.52;
  return (
    text(x, y, english, { size: 12.5, fill: theme.primary, maxWidth: half }) +
    text(x + width, y, own, { size: 13.5, fill: theme.primary, anchor: "end", maxWidth: width - half }) +
    (latin
      ? text(x, y + (small ? 20 : 24), latin, {
          size,
          bold: !mono,
          mono: mono === true,
          maxWidth: isArabic(value) ? half : width,
        })
      : "") +
    (isArabic(value)
      ? text(x + width, y + (small ? 20 : 25), value, {
          size,
          bold: true,
          anchor: "end",
          maxWidth: latin ? width - half : width,
        })
      : "")
  );
}

export function field(x: number, y: number, theme: Theme, whole: Field) {
  const { label, value, below, width, mono, small } = whole;
  if (isArabic(label) && label.includes(" / ")) return bilingualField(x, y, theme, whole);
  const rtl = isArabic(label);
  const anchor = rtl ? "end" : "start";
  const at = rtl ? x + width : x;
  const size = small ? 17 : 21;
  return (
    text(at, y, label, { size: rtl ? 14 : 12.5, fill: theme.primary, anchor, maxWidth: width }) +
    text(at, y + (small ? 20 : 24), value, { size, bold: !mono, mono: mono === true, anchor, maxWidth: width }) +
    (below ? text(at, y + (small ? 38 : 44), below, { size: small ? 14 : 16, anchor, maxWidth: width }) : "")
  );
}

export const rowHeight = (row: Field[]) => (row.some((each) => each.below && !isArabic(each.value)) ? 75 : 56);

export function rows(x: number, y: number, gap: number, theme: Theme, content: Field[][]) {
  let top = y;
  let drawn = "";
  for (const row of content) {
    let left = x;
    for (const each of row) {
      drawn += field(left, top, theme, each);
      left += each.width + gap;
    }
    top += rowHeight(row);
  }
  return drawn;
}

export function label(specimen: Specimen, word: Exclude<keyof ReturnType<typeof labelsOf>["own"], "country">) {
  const { own, english } = labelsOf(specimen.person.country);
  if (specimen.document.kind.script === "native") return own[word];
  return english && english[word] !== own[word] ? `${own[word]} / ${english[word]}` : own[word];
}

/** The diagonal word over everything and the plain statement in a corner. */
export function specimenMarks(width: number, height: number, note: { x: number; y: number }) {
  const angle = ((Math.atan2(-height, width) * 180) / Math.PI) * 0.75;
  return `<g transform="translate(${width / 2} ${height / 2}) rotate(${angle.toFixed(1)})"><text y="46" text-anchor="middle" font-family="Noto Sans" font-weight="700" font-size="${(width / 6.4).toFixed(0)}" letter-spacing="10" fill="#b3202c" fill-opacity="0.13">SPECIMEN</text></g>
<g transform="translate(${note.x} ${note.y})"><rect width="236" height="24" rx="4" fill="#b3202c"/>${text(118, 17, "SPECIMEN · NOT A REAL DOCUMENT", { size: 12, bold: true, fill: "#ffffff", anchor: "middle" })}</g>`;
}

/**
 * Rounded paper with its fine lines; the picture around it is a table top. The table is laid over the card as a frame:
 * clipping the card would cost a layer of the whole picture.
 */
export function onTable(name: string, width: number, height: number, theme: Theme, content: string) {
  const random = new Random(`table/${name}`);
  const [dark, light] = random.pick([
    ["#3a3f4a", "#525966"],
    ["#8a7156", "#a68c6d"],
    ["#c9c4ba", "#dcd8cf"],
    ["#566a68", "#6d827f"],
    ["#b3a58f", "#c9bda8"],
    ["#2e3440", "#454d5c"],
  ] as const);
  const margin = 24;
  const w = width + margin * 2;
  const h = height + margin * 2;
  const angle = random.number(-1.3, 1.3, 2);
  const r = 26;
  const hole = `M${r} 0H${width - r}A${r} ${r} 0 0 1 ${width} ${r}V${height - r}A${r} ${r} 0 0 1 ${width - r} ${height}H${r}A${r} ${r} 0 0 1 0 ${height - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
  const shadow = `M${width} ${r + 8}V${height - r}A${r} ${r} 0 0 1 ${width - r} ${height}H${r}L${r + 6} ${height + 8}H${width - r + 5}A${r} ${r} 0 0 0 ${width + 5} ${height - r + 8}V${r + 14}Z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="${Math.round((h * 900) / w)}" viewBox="0 0 ${w} ${h}">
<defs><linearGradient id="table" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient>
<linearGradient id="paper" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#ffffff"/><stop offset="0.55" stop-color="${theme.paper}"/><stop offset="1" stop-color="${theme.accent}" stop-opacity="0.35"/></linearGradient></defs>
<rect width="${w}" height="${h}" fill="#fff"/>
<g transform="rotate(${angle} ${w / 2} ${h / 2}) translate(${margin} ${margin})"><rect width="${width}" height="${height}" fill="url(#paper)"/>
${motif(theme, width, height, 0.16)}${content}
<path fill-rule="evenodd" fill="url(#table)" d="M-80 -80H${width + 80}V${height + 80}H-80Z${hole}"/><path fill="#000" fill-opacity="0.28" d="${shadow}"/></g></svg>`;
}

export function header(specimen: Specimen, width: number) {
  const { country } = specimen.person;
  const { theme } = country;
  const { own, english } = labelsOf(country);
  const title = specimen.document.kind.title;
  const englishTitle =
    specimen.document.kind.type === "Passport" ? "PASSPORT" : specimen.document.kind.type.toUpperCase();
  const arabic = isArabic(own.country);
  const both =
    english && !arabic && own.country !== country.name.toUpperCase()
      ? `${own.country}  ·  ${country.name.toUpperCase()}`
      : country.name.toUpperCase();
  const latinTitle = isArabic(title) ? englishTitle : english ? `${title} / ${englishTitle}` : title;
  const room = width - 260;
  return `<rect width="${width}" height="96" fill="${theme.primary}" fill-opacity="0.1"/><rect y="96" width="${width}" height="3" fill="${theme.primary}"/>
${emblem(theme, 62, 49, 33)}
${text(112, 42, both, { size: 19, bold: true, fill: theme.primary, spacing: 1, maxWidth: arabic ? room / 2 : room })}
${text(112, 76, latinTitle, { size: 25, bold: true, maxWidth: isArabic(title) ? room / 2 : room })}
${arabic ? text(width - 140, 42, own.country, { size: 19, bold: true, fill: theme.primary, anchor: "end" }) : ""}
${isArabic(title) ? text(width - 140, 78, title, { size: 25, bold: true, anchor: "end" }) : ""}
<rect x="${width - 112}" y="28" width="80" height="44" rx="8" fill="none" stroke="${theme.primary}" stroke-width="2.5"/>${text(width - 72, 60, country.alpha3, { size: 27, bold: true, fill: theme.primary, anchor: "middle" })}`;
}

export function zone(lines: string[], x: number, y: number, width: number, size: number, leading: number) {
  const height = lines.length * leading + 26;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff" fill-opacity="0.86"/>${lines
    .map(
      (line, index) =>
        `<text x="${x + width / 2}" y="${y + 6 + (index + 1) * leading}" text-anchor="middle" xml:space="preserve" font-family="Noto Sans Mono" font-size="${size}" fill="#111">${xml(line)}</text>`,
    )
    .join("")}`;
}
