import { degrees, type PDFDocument, type PDFFont, type PDFPage, PDFDocument as Pdf, rgb, StandardFonts } from "pdf-lib";
import type { SpecimenMedium } from "../medium";
import { asciiOf } from "../people/transliterate";

export type Color = readonly [number, number, number];
export const ink: Color = [0.11, 0.13, 0.17];
export const grey: Color = [0.42, 0.45, 0.5];

export const colorOf = (hex: string): Color => [
  Number.parseInt(hex.slice(1, 3), 16) / 255,
  Number.parseInt(hex.slice(3, 5), 16) / 255,
  Number.parseInt(hex.slice(5, 7), 16) / 255,
];

/** The standard fonts know Latin-1 only; the rest loses its marks. */
export function latin1(text: string) {
  return [...text.normalize("NFC")]
    .map((sign) =>
      sign <= "\u00ff" || "–—‘’“”•€".includes(sign) ? sign : asciiOf(sign).replace(/[^\u0020-\u00ff]/g, ""),
    )
    .join("");
}

export interface Line {
  size?: number;
  bold?: boolean;
  color?: Color;
  align?: "left" | "right" | "center";
  maxWidth?: number;
}

/** An A4 page counted from its upper left corner, in points. */
export class Page {
  constructor(
    readonly page: PDFPage,
    private readonly regular: PDFFont,
    private readonly strong: PDFFont,
  ) {}

  text(x: number, y: number, content: string, line: Line = {}) {
    const font = line.bold ? this.strong : this.regular;
    const words = latin1(content);
    let size = line.size ?? 10;
    const natural = font.widthOfTextAtSize(words, size);
    if (line.maxWidth && natural > line.maxWidth) size = (size * line.maxWidth) / natural;
    const width = font.widthOfTextAtSize(words, size);
    const left = line.align === "right" ? x - width : line.align === "center" ? x - width / 2 : x;
    this.page.drawText(words, { x: left, y: 842 - y, size, font, color: rgb(...(line.color ?? ink)) });
  }

  paragraph(x: number, y: number, content: string, width: number, size = 10, leading = 1.5) {
    let line = "";
    let top = y;
    for (const word of latin1(content).split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (this.regular.widthOfTextAtSize(longer, size) > width) {
        this.text(x, top, line, { size });
        top += size * leading;
        line = word;
      } else line = longer;
    }
    this.text(x, top, line, { size });
    return top + size * leading;
  }

  box(x: number, y: number, width: number, height: number, color: Color, opacity = 1) {
    this.page.drawRectangle({ x, y: 842 - y - height, width, height, color: rgb(...color), opacity });
  }

  rule(x: number, y: number, width: number, color: Color = [0.8, 0.82, 0.85]) {
    this.page.drawLine({
      start: { x, y: 842 - y },
      end: { x: x + width, y: 842 - y },
      thickness: 0.8,
      color: rgb(...color),
    });
  }

  disc(x: number, y: number, radius: number, color: Color, opacity = 1) {
    this.page.drawCircle({ x, y: 842 - y, size: radius, color: rgb(...color), opacity });
  }

  /** A path drawn on a canvas whose y axis points down. */
  path(d: string, x: number, y: number, scale: number, color: Color) {
    this.page.drawSvgPath(d, { x, y: 842 - y, scale, borderColor: rgb(...color), borderWidth: 1.6 });
  }

  specimen(statement = "SPECIMEN - FICTIONAL DOCUMENT") {
    this.page.drawText("SPECIMEN", {
      x: 92,
      y: 240,
      size: 104,
      font: this.strong,
      color: rgb(0.7, 0.13, 0.17),
      opacity: 0.1,
      rotate: degrees(48),
    });
    this.box(0, 822, 595, 20, [0.7, 0.13, 0.17]);
    this.text(297, 836, statement, { size: 9, bold: true, color: [1, 1, 1], align: "center" });
  }
}

export interface Sheet {
  title: string;
  producer: string;
  createdOn: Date;
}

/** The same bytes for the same content: nothing in it depends on when it is made. */
export async function pdf(
  sheet: Sheet,
  draw: (newPage: () => Page, document: PDFDocument) => Promise<void> | void,
): Promise<SpecimenMedium> {
  const document = await Pdf.create({ updateMetadata: false });
  const regular = await document.embedFont(StandardFonts.Helvetica);
  const strong = await document.embedFont(StandardFonts.HelveticaBold);
  document.setTitle(latin1(sheet.title));
  document.setProducer("Aval demo");
  document.setCreator(latin1(sheet.producer));
  document.setCreationDate(sheet.createdOn);
  document.setModificationDate(sheet.createdOn);
  await draw(() => new Page(document.addPage([595, 842]), regular, strong), document);
  return { contentType: "application/pdf", bytes: await document.save() };
}
