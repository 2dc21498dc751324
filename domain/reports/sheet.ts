import PDFDocument from "pdfkit";
import { FONT_NAMES, fontFile, type Weight } from "./fonts";
import { linesOf, settable, visualRuns } from "./text";

const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = { left: 48, right: 48, top: 64, bottom: 60 };
export const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
const FLOOR = PAGE.height - MARGIN.bottom;

export const INK = "#14181f";
export const MUTED = "#5b6472";
export const RULE = "#d9dde3";
export const ACCENT = "#1f4e79";
export const TONES = { good: "#17663a", bad: "#9b1c1c", doubtful: "#8a5a00", plain: "#3a4352" } as const;
export type Tone = keyof typeof TONES;

export interface TextStyle {
  size?: number;
  weight?: Weight;
  color?: string;
}

export interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
  caption: string;
}

export interface SheetOptions {
  title: string;
  /** On top of every page after the first, until a chapter has its own. */
  header: string;
  footer: string;
  /** In a band on every page: what this must not be taken for. */
  notice?: string;
  createdAt: Date;
}

/** A4 pages that fill from the top; every part starts a new page rather than being torn where it can be kept whole. */
export class Sheet {
  private readonly document: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];
  private readonly done: Promise<Buffer>;
  private y: number = MARGIN.top;

  constructor(private readonly options: SheetOptions) {
    this.document = new PDFDocument({
      size: "A4",
      margin: 0,
      bufferPages: true,
      lang: "en",
      displayTitle: true,
      pdfVersion: "1.7",
      info: {
        Title: settable(options.title),
        Author: "Aval",
        Creator: "Aval",
        Producer: "Aval",
        CreationDate: options.createdAt,
      },
      font: undefined,
    });
    for (const name of FONT_NAMES) this.document.registerFont(name, fontFile(name));
    this.document.on("data", (chunk: Buffer) => this.chunks.push(chunk));
    this.done = new Promise((resolve, reject) => {
      this.document.on("end", () => resolve(Buffer.concat(this.chunks)));
      this.document.on("error", reject);
    });
  }

  /** Widths per point of size. Shaping is what takes time, and a report says the same words again and again. */
  private readonly widths = new Map<string, number>();

  private measure(size: number) {
    return (text: string, font: string) => {
      const key = `${font}|${text}`;
      let width = this.widths.get(key);
      if (width === undefined) {
        width = this.document.font(font).fontSize(1000).widthOfString(text, { features: [] }) / 1000;
        this.widths.set(key, width);
      }
      return width * size;
    };
  }

  /** Starts a new page when less than this is left of the present one. */
  keep(height: number): void {
    if (this.y + height > FLOOR) this.newPage();
  }

  private newPage(): void {
    this.document.addPage({ size: "A4", margin: 0 });
    this.y = MARGIN.top;
  }

  private bookmarks: PDFKit.PDFOutline | undefined;
  private readonly chapters: { fromPage: number; header: string }[] = [];

  /** A new page, and from here on another line on top; sections are bookmarked below it. */
  chapter(header: string): void {
    this.newPage();
    const fromPage = this.document.bufferedPageRange().count - 1;
    this.chapters.push({ fromPage, header });
    this.bookmarks = this.document.outline.addItem(settable(header));
  }

  private headerOf(page: number): string {
    return this.chapters.findLast(({ fromPage }) => fromPage <= page)?.header ?? this.options.header;
  }

  space(height: number): void {
    this.y += height;
  }

  private lines(text: string, width: number, { size = 9, weight = "regular" }: TextStyle): string[] {
    return linesOf(settable(text), weight, width, this.measure(size));
  }

  private setLine(
    line: string,
    x: number,
    baseline: number,
    { size = 9, weight = "regular", color = INK }: TextStyle,
  ): void {
    let at = x;
    for (const run of visualRuns(line, weight)) {
      this.document.font(run.font).fontSize(size).fillColor(color);
      this.document.text(run.text, at, baseline, { lineBreak: false, baseline: "alphabetic", features: [] });
      at += this.measure(size)(run.text, run.font);
    }
  }

  private widthOf(text: string, { size = 9, weight = "regular" }: TextStyle): number {
    return visualRuns(settable(text), weight).reduce((sum, run) => sum + this.measure(size)(run.text, run.font), 0);
  }

  /** @returns the height that was used */
  private setLines(lines: string[], x: number, top: number, style: TextStyle): number {
    const size = style.size ?? 9;
    const leading = size * 1.45;
    for (const [index, line] of lines.entries()) this.setLine(line, x, top + size + index * leading, style);
    return lines.length * leading;
  }

  paragraph(text: string, style: TextStyle = {}, width = WIDTH): void {
    const size = style.size ?? 9;
    for (const line of this.lines(text, width, style)) {
      this.keep(size * 1.45);
      this.setLine(line, MARGIN.left, this.y + size, style);
      this.y += size * 1.45;
    }
  }

  /** The head of the report: a large name, and beside it what was decided. */
  masthead(kicker: string, name: string, badge: { text: string; tone: Tone }): void {
    this.setLine(settable(kicker), MARGIN.left, this.y + 9, { size: 9, weight: "bold", color: ACCENT });
    const badgeStyle: TextStyle = { size: 11, weight: "bold", color: "#ffffff" };
    const badgeWidth = this.widthOf(badge.text, badgeStyle) + 20;
    const right = PAGE.width - MARGIN.right;
    this.document.roundedRect(right - badgeWidth, this.y + 16, badgeWidth, 24, 4).fill(TONES[badge.tone]);
    this.setLine(badge.text, right - badgeWidth + 10, this.y + 32, badgeStyle);
    this.y += 18;
    const width = WIDTH - badgeWidth - 16;
    const large: TextStyle = { size: 20, weight: "bold" };
    const style = this.lines(name, width, large).length <= 2 ? large : { ...large, size: 12 };
    this.y += this.setLines(this.lines(name, width, style), MARGIN.left, this.y, style);
    this.y += 6;
    this.rule(ACCENT, 1.2);
    this.y += 8;
  }

  private rule(color: string = RULE, thickness = 0.6): void {
    this.document
      .moveTo(MARGIN.left, this.y)
      .lineTo(PAGE.width - MARGIN.right, this.y)
      .lineWidth(thickness)
      .strokeColor(color)
      .stroke();
  }

  section(title: string, aside?: { text: string; tone: Tone }, followedBy = 36): void {
    this.keep(35 + followedBy);
    this.y += 12;
    (this.bookmarks ?? this.document.outline).addItem(settable(title));
    this.setLine(settable(title), MARGIN.left, this.y + 12, { size: 12, weight: "bold", color: ACCENT });
    if (aside) {
      const style: TextStyle = { size: 9, weight: "bold", color: TONES[aside.tone] };
      this.setLine(aside.text, PAGE.width - MARGIN.right - this.widthOf(aside.text, style), this.y + 12, style);
    }
    this.y += 17;
    this.rule();
    this.y += 6;
  }

  subheading(text: string): void {
    this.keep(40);
    this.y += 4;
    const style: TextStyle = { size: 9.5, weight: "bold", color: TONES.plain };
    this.y += this.setLines(this.lines(text, WIDTH, style), MARGIN.left, this.y, style) + 2;
  }

  /** Labels and values in two columns; a pair that needs the room gets the whole width. */
  facts(pairs: [label: string, value: string][], area: { x: number; width: number; columns: 1 | 2 } = FULL): void {
    const gap = 18;
    const column = area.columns === 2 ? (area.width - gap) / 2 : area.width;
    const labelWidth = Math.min(150, column * 0.42);
    const cellOf = (label: string, value: string, width: number) => {
      const labels = this.lines(label, labelWidth - 8, { size: 8.5, color: MUTED });
      const values = this.lines(value, width - labelWidth, { size: 9 });
      return { labels, values, height: Math.max(labels.length * 8.5, values.length * 9) * 1.45 + 2 };
    };
    const set = (cell: ReturnType<typeof cellOf>, x: number) => {
      // The half point brings both onto one baseline.
      this.setLines(cell.labels, x, this.y + 0.5, { size: 8.5, color: MUTED });
      this.setLines(cell.values, x + labelWidth, this.y, { size: 9 });
    };
    const waiting: ReturnType<typeof cellOf>[] = [];
    const flush = () => {
      for (let at = 0; at < waiting.length; at += area.columns) {
        const row = waiting.slice(at, at + area.columns);
        const height = Math.max(...row.map((cell) => cell.height));
        this.keep(height);
        for (const [index, cell] of row.entries()) set(cell, area.x + index * (column + gap));
        this.y += height;
      }
      waiting.length = 0;
    };
    for (const [label, value] of pairs) {
      const cell = cellOf(label, value, column);
      if (area.columns === 1 || cell.values.length <= 2) {
        waiting.push(cell);
        continue;
      }
      flush();
      const wide = cellOf(label, value, area.width);
      // A value of many lines may run over pages.
      if (wide.height > FLOOR - MARGIN.top) {
        this.setLines(wide.labels, area.x, this.y, { size: 8.5, color: MUTED });
        for (const line of wide.values) {
          this.keep(13.05);
          this.setLines([line], area.x + labelWidth, this.y, { size: 9 });
          this.y += 13.05;
        }
        continue;
      }
      this.keep(wide.height);
      set(wide, area.x);
      this.y += wide.height;
    }
    flush();
  }

  table(columns: { title: string; share: number }[], rows: string[][]): void {
    const total = columns.reduce((sum, column) => sum + column.share, 0);
    const widths = columns.map((column) => (WIDTH * column.share) / total);
    const style: TextStyle = { size: 8.5 };
    const head = () => {
      this.document.rect(MARGIN.left, this.y, WIDTH, 16).fill("#eef1f5");
      let x = MARGIN.left + 4;
      for (const [index, column] of columns.entries()) {
        this.setLine(column.title, x, this.y + 11, { size: 8, weight: "bold", color: MUTED });
        x += widths[index]!;
      }
      this.y += 19;
    };
    this.keep(50);
    head();
    for (const row of rows) {
      const cells = row.map((cell, index) => this.lines(cell, widths[index]! - 8, style));
      const height = Math.max(...cells.map((lines) => lines.length)) * 8.5 * 1.45 + 5;
      if (this.y + height > FLOOR) {
        this.newPage();
        head();
      }
      let x = MARGIN.left + 4;
      for (const [index, lines] of cells.entries()) {
        this.setLines(lines, x, this.y, style);
        x += widths[index]!;
      }
      this.y += height;
      this.document
        .moveTo(MARGIN.left, this.y - 2)
        .lineTo(MARGIN.left + WIDTH, this.y - 2)
        .lineWidth(0.4)
        .strokeColor(RULE)
        .stroke();
    }
    this.y += 4;
  }

  /** Pictures in a row, each as large as its place allows. */
  pictures(pictures: Picture[], perRow = 2, maxHeight = 170): void {
    const gap = 14;
    const width = (WIDTH - gap * (perRow - 1)) / perRow;
    for (let at = 0; at < pictures.length; at += perRow) {
      const row = pictures.slice(at, at + perRow).map((picture) => {
        const scale = Math.min(width / picture.width, maxHeight / picture.height, 1.5);
        return { ...picture, w: picture.width * scale, h: picture.height * scale };
      });
      const height = Math.max(...row.map((picture) => picture.h));
      this.keep(height + 20);
      for (const [index, picture] of row.entries()) {
        const x = MARGIN.left + index * (width + gap);
        this.document.image(picture.bytes, x, this.y, { width: picture.w, height: picture.h });
        this.document.rect(x, this.y, picture.w, picture.h).lineWidth(0.5).strokeColor(RULE).stroke();
        const [caption] = this.lines(picture.caption, width, { size: 8 });
        this.setLine(caption ?? "", x, this.y + height + 11, { size: 8, color: MUTED });
      }
      this.y += height + 20;
    }
  }

  /** Numbers the pages and ends. */
  finish(): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(page);
      const right = PAGE.width - MARGIN.right;
      if (page > 0) this.setLine(settable(this.headerOf(page)), MARGIN.left, 36, { size: 8, color: MUTED });
      if (this.options.notice) {
        const style: TextStyle = { size: 8, weight: "bold", color: "#ffffff" };
        const width = this.widthOf(this.options.notice, style) + 16;
        this.document.rect(right - width, 24, width, 16).fill(TONES.doubtful);
        this.setLine(this.options.notice, right - width + 8, 35, style);
      }
      this.document
        .moveTo(MARGIN.left, PAGE.height - 44)
        .lineTo(right, PAGE.height - 44)
        .lineWidth(0.5)
        .strokeColor(RULE)
        .stroke();
      this.setLine(settable(this.options.footer), MARGIN.left, PAGE.height - 32, { size: 7.5, color: MUTED });
      const number = `Page ${page + 1} of ${count}`;
      this.setLine(number, right - this.widthOf(number, { size: 7.5 }), PAGE.height - 32, { size: 7.5, color: MUTED });
    }
    this.document.end();
    return this.done;
  }
}

const FULL = { x: MARGIN.left, width: WIDTH, columns: 2 as const };
