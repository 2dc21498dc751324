import { Random } from "../random";
import {
  type Field,
  header,
  label,
  onTable,
  printedDate,
  printedNumber,
  rows,
  type Specimen,
  specimenMarks,
  zone,
} from "./card-parts";
import { faceSvg } from "./face";
import { emblem } from "./motif";
import { portraitBody, signaturePath } from "./photo";
import { text, wrap } from "./text";
import { traitsOf } from "./traits";

const width = 856;
const height = 540;

function names(specimen: Specimen, fieldWidth: number): Field[][] {
  const { person, document } = specimen;
  const { native } = person;
  if (document.kind.script === "native" && native)
    return [[{ label: label(specimen, "name"), value: native.fullName, width: fieldWidth }]];
  const withNative = document.kind.script === "both" ? native : null;
  const surname: Field = {
    label: label(specimen, "surname"),
    value: withNative?.lastName ?? person.lastName.toUpperCase(),
    below: withNative ? person.lastName.toUpperCase() : null,
    width: fieldWidth,
  };
  const given: Field = {
    label: label(specimen, "given"),
    value: withNative?.firstName ?? person.firstName?.toUpperCase() ?? "—",
    below: withNative ? (person.firstName?.toUpperCase() ?? null) : null,
    width: fieldWidth,
  };
  return [[surname], [given]];
}

function nationality({ person, document }: Specimen) {
  if (document.kind.script !== "native") return person.country.alpha3;
  return (
    { EGY: person.gender === "F" ? "مصرية" : "مصري", JPN: "日本", CHN: "中国" }[person.country.alpha3] ??
    person.country.alpha3
  );
}

function sex({ person, document }: Specimen) {
  if (document.kind.script !== "native" || person.gender === "X") return person.gender;
  const spelled = { ja: ["女", "男"], zh: ["女", "男"], ar: ["أنثى", "ذكر"] }[
    person.country.language as "ja" | "zh" | "ar"
  ];
  return spelled?.[person.gender === "F" ? 0 : 1] ?? person.gender;
}

/** The front of an identity card or of a driving licence. */
export function cardFront(specimen: Specimen) {
  const { person, document } = specimen;
  const { theme } = person.country;
  const right = theme.layout === "right";
  const portrait = { x: right ? width - 250 : 38, y: 124, w: 212, h: 265 };
  const x = right ? 40 : 280;
  const span = 536;
  const half = (span - 24) / 2;
  const third = (span - 48) / 3;

  const content: Field[][] = [
    ...names(specimen, span),
    [
      { label: label(specimen, "sex"), value: sex(specimen), width: third * 0.7, small: true },
      { label: label(specimen, "nationality"), value: nationality(specimen), width: third * 0.9, small: true },
      {
        label: label(specimen, "birth"),
        value: printedDate(specimen, person.birthDate),
        width: third * 1.4,
        small: true,
      },
    ],
    [
      { label: label(specimen, "issued"), value: printedDate(specimen, document.issuedOn), width: half, small: true },
      { label: label(specimen, "expires"), value: printedDate(specimen, document.expiresOn), width: half, small: true },
    ],
  ];
  if (document.kind.showsAddress && document.kind.script === "native" && person.address.native)
    content.splice(2, 0, [
      { label: label(specimen, "address"), value: person.address.native, width: span, small: true },
    ]);
  if (document.kind.type === "Driver's License" && document.kind.showsAddress && document.kind.script !== "native")
    content.splice(2, 0, [
      { label: label(specimen, "address"), value: person.address.short, width: span, small: true },
    ]);

  const ghostX = right ? 486 : width - 124;
  const traits = traitsOf(person);
  const ghost = `<g transform="translate(${ghostX} 398) scale(0.235)" opacity="0.3">${faceSvg(traits, { smile: 0.1, clothes: traits.clothes })}</g>`;
  const number = `${text(portrait.x + portrait.w / 2, 412, label(specimen, "number"), { size: 12, fill: theme.primary, anchor: "middle", maxWidth: portrait.w })}
${text(portrait.x + portrait.w / 2, 438, printedNumber(specimen), { size: 25, mono: true, anchor: "middle", maxWidth: portrait.w })}`;
  const chip = document.mrz
    ? `<g transform="translate(${right ? 300 : 520} 420)"><rect width="62" height="48" rx="9" fill="#d9b75c" stroke="#8f7431" stroke-width="2"/><path d="M0 17H20V31H0M62 17H42V31H62M20 0V48M42 0V48M20 24H42" stroke="#8f7431" stroke-width="2" fill="none"/></g>`
    : "";

  const band =
    theme.layout === "band"
      ? `<rect y="96" width="268" height="${height - 96}" fill="${theme.primary}" fill-opacity="0.16"/>`
      : "";
  const body = `${header(specimen, width)}${band}
<svg x="${portrait.x}" y="${portrait.y}" width="${portrait.w}" height="${portrait.h}" viewBox="0 0 400 500">${portraitBody(person)}</svg>
<rect x="${portrait.x}" y="${portrait.y}" width="${portrait.w}" height="${portrait.h}" fill="none" stroke="${theme.primary}" stroke-width="2"/>
${number}${rows(x, 134, 24, theme, content)}${chip}
<g transform="translate(${x} 410)">${signaturePath(person, "#20304e")}<path d="M0 72H240" stroke="#0004"/></g>${ghost}
${specimenMarks(width, height, { x: right ? 40 : 280, y: 500 })}`;
  return onTable(`${person.key}/front`, width, height, theme, body);
}

function barcode(specimen: Specimen) {
  const random = new Random(`barcode/${specimen.person.key}`);
  let d = "";
  for (let row = 0; row < 9; row++) {
    for (let x = 0; x < 780; ) {
      const bar = random.int(2, 9);
      d += `M${x} ${row * 13}h${bar}v13h${-bar}z`;
      x += bar + random.int(2, 7);
    }
  }
  return `<g transform="translate(38 372)"><rect x="-14" y="-12" width="808" height="141" fill="#fff" fill-opacity="0.9"/><path d="${d}" fill="#16181d"/></g>`;
}

function categories(specimen: Specimen) {
  const { theme } = specimen.person.country;
  const held = ["AM", "B", "BE", "C1"].slice(0, 2 + (specimen.document.number.length % 3));
  return held
    .map(
      (category, index) =>
        `<g transform="translate(${460 + (index % 2) * 186} ${142 + Math.floor(index / 2) * 66})"><rect width="172" height="54" rx="6" fill="#fff" fill-opacity="0.7" stroke="${theme.primary}"/>${text(14, 36, category, { size: 24, bold: true, fill: theme.primary })}${text(66, 35, printedDate(specimen, specimen.document.expiresOn), { size: 15, maxWidth: 98 })}</g>`,
    )
    .join("");
}

export function cardBack(specimen: Specimen) {
  const { person, document } = specimen;
  const { theme, language } = person.country;
  const isNative = document.kind.script === "native";
  const span = document.kind.type === "Driver's License" ? 400 : 500;
  const place = isNative ? (person.birthPlace.native ?? person.birthPlace.latin) : person.birthPlace.latin;
  const address = isNative ? (person.address.native ?? person.address.formatted) : person.address.formatted;
  const lines = document.kind.showsAddress ? wrap(address, span / 19, 2) : [];
  const content: Field[][] = [
    [{ label: label(specimen, "birthPlace"), value: place, width: span, small: true }],
    ...(lines.length > 0
      ? [[{ label: label(specimen, "address"), value: lines[0]!, below: lines[1] ?? null, width: span, small: true }]]
      : []),
    [
      { label: label(specimen, "authority"), value: document.kind.authority, width: span / 2 - 10, small: true },
      ...(document.personalNumber
        ? [
            {
              label: label(specimen, "personalNumber"),
              value: document.personalNumber,
              width: span / 2 - 10,
              small: true,
              mono: true,
            },
          ]
        : []),
    ],
  ];
  const side =
    document.kind.type === "Driver's License" ? categories(specimen) : emblem(theme, width - 170, 172, 104, 0.5);
  const bottom = document.mrz ? zone(document.mrz.mrz_string.split("\n"), 0, 352, width, 43, 52) : barcode(specimen);
  const body = `<rect width="${width}" height="46" fill="${theme.primary}" fill-opacity="0.85"/>
${text(width - 40, 31, document.number, { size: 20, mono: true, fill: "#fff", anchor: "end" })}
${rows(40, 96, 20, theme, content)}${side}${bottom}
${specimenMarks(width, height, { x: language === "ar" && isNative ? 300 : 40, y: 11 })}`;
  return onTable(`${person.key}/back`, width, height, theme, body);
}
