import { join } from "node:path";
import { renderAsync } from "@resvg/resvg-js";
import sharp from "sharp";
import type { Country } from "../countries/country";
import type { SpecimenMedium } from "../medium";

// Whatever bundles this, it is run from the root of the repository.
const folder = join(/* turbopackIgnore: true */ process.cwd(), "domain", "specimens", "fonts");

const base = ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansMono-Regular.ttf"];
const extra: Partial<Record<Country["language"], string[]>> = {
  ar: ["NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"],
  ja: ["NotoSansCJKjp-Regular.otf"],
  zh: ["NotoSansCJKsc-Regular.otf"],
};

function fontFiles(language: Country["language"] | null) {
  if (!language) return [];
  return [...base, ...(extra[language] ?? [])].map((file) => join(/* turbopackIgnore: true */ folder, file));
}

export interface RasterOptions {
  /** The language of its text; null when there is none. */
  language: Country["language"] | null;
  quality?: number;
  /** A picture taken with a moving hand. */
  blur?: number;
}

async function pixels(svg: string, language: RasterOptions["language"]) {
  const image = await renderAsync(svg, {
    font: { fontFiles: fontFiles(language), loadSystemFonts: false, defaultFontFamily: "Noto Sans" },
    textRendering: 1,
  });
  return sharp(image.pixels, { raw: { width: image.width, height: image.height, channels: 4 } }).removeAlpha();
}

export async function jpeg(svg: string, options: RasterOptions): Promise<SpecimenMedium> {
  let image = await pixels(svg, options.language);
  if (options.blur) image = image.blur(options.blur);
  const bytes = await image.jpeg({ quality: options.quality ?? 66 }).toBuffer();
  return { contentType: "image/jpeg", bytes: new Uint8Array(bytes) };
}

/** Text in a script that the standard fonts of a PDF lack, as a picture with a clear ground. */
export async function png(svg: string, language: Country["language"]): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { fontFiles: fontFiles(language), loadSystemFonts: false, defaultFontFamily: "Noto Sans" },
  });
  return new Uint8Array(image.asPng());
}

export async function greyscale(media: SpecimenMedium): Promise<SpecimenMedium> {
  const bytes = await sharp(media.bytes).resize({ height: 400 }).greyscale().jpeg({ quality: 68 }).toBuffer();
  return { contentType: "image/jpeg", bytes: new Uint8Array(bytes) };
}
