import {
  type Field,
  header,
  label,
  onTable,
  printedDate,
  rows,
  type Specimen,
  specimenMarks,
  zone,
} from "./card-parts";
import { faceSvg } from "./face";
import { portraitBody, signaturePath } from "./photo";
import { traitsOf } from "./traits";

const width = 880;
const height = 620;

/** The page of a passport that names its holder. */
export function passportPage(specimen: Specimen) {
  const { person, document } = specimen;
  const { theme, alpha3 } = person.country;
  const native = document.kind.script === "both" ? person.native : null;
  const span = 570;
  const half = (span - 24) / 2;
  const content: Field[][] = [
    [
      { label: "Type", value: document.kind.code, width: 60, small: true },
      { label: "Code", value: person.country.mrzCode, width: 80, small: true },
      { label: label(specimen, "number"), value: document.number, width: span - 188, mono: true },
    ],
    [
      {
        label: label(specimen, "surname"),
        value: native?.lastName ?? person.lastName.toUpperCase(),
        below: native ? person.lastName.toUpperCase() : null,
        width: span,
      },
    ],
    [
      {
        label: label(specimen, "given"),
        value: native?.firstName ?? person.firstName?.toUpperCase() ?? "—",
        below: native ? (person.firstName?.toUpperCase() ?? null) : null,
        width: span,
      },
    ],
    [
      { label: label(specimen, "nationality"), value: alpha3, width: half, small: true },
      { label: label(specimen, "birth"), value: printedDate(specimen, person.birthDate), width: half, small: true },
    ],
    [
      { label: label(specimen, "sex"), value: person.gender, width: 100, small: true },
      {
        label: label(specimen, "birthPlace"),
        value: person.birthPlace.latin.toUpperCase(),
        width: half - 30,
        small: true,
      },
      ...(document.personalNumber
        ? [
            {
              label: label(specimen, "personalNumber"),
              value: document.personalNumber,
              width: half - 118,
              small: true,
              mono: true,
            },
          ]
        : []),
    ],
    [
      {
        label: label(specimen, "issued"),
        value: printedDate(specimen, document.issuedOn),
        width: half * 0.62,
        small: true,
      },
      {
        label: label(specimen, "expires"),
        value: printedDate(specimen, document.expiresOn),
        width: half * 0.62,
        small: true,
      },
      { label: label(specimen, "authority"), value: document.kind.authority, width: half * 0.62, small: true },
    ],
  ];
  const traits = traitsOf(person);
  // Arabic names end where the second picture would be.
  const ghost =
    person.country.language === "ar"
      ? ""
      : `<g transform="translate(${width - 128} 226) scale(0.25)" opacity="0.22">${faceSvg(traits, { smile: 0.1, clothes: traits.clothes })}</g>`;
  const body = `${header(specimen, width)}
<svg x="36" y="124" width="222" height="278" viewBox="0 0 400 500">${portraitBody(person)}</svg>
<rect x="36" y="124" width="222" height="278" fill="none" stroke="${theme.primary}" stroke-width="2"/>
<g transform="translate(34 410)">${signaturePath(person, "#20304e")}</g>
${rows(284, 132, 24, theme, content)}${ghost}
${document.mrz ? zone(document.mrz.mrz_string.split("\n"), 0, 512, width, 31, 41) : ""}
${specimenMarks(width, height, { x: width - 268, y: 480 })}`;
  return onTable(`${person.key}/page`, width, height, theme, body);
}
