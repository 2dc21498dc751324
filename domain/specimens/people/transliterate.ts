/** The recommended replacements of ICAO 9303-3, section 6, for the letters that the demo's names use. */
const replacements: Record<string, string> = {
  Ä: "AE",
  Æ: "AE",
  Å: "AA",
  Ö: "OE",
  Ø: "OE",
  Œ: "OE",
  Ü: "UE",
  ẞ: "SS",
  ß: "SS",
  Þ: "TH",
  Ð: "D",
  Đ: "D",
  Ł: "L",
  İ: "I",
  ı: "I",
};

function letter(sign: string) {
  return replacements[sign] ?? replacements[sign.toUpperCase()] ?? sign.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Latin letters without marks; case and punctuation stay. */
export function asciiOf(text: string) {
  return [...text.normalize("NFC")]
    .map((sign) => {
      const plain = letter(sign);
      return sign === sign.toLowerCase()
        ? plain.toLowerCase()
        : plain.length > 1
          ? plain[0] + plain.slice(1).toLowerCase()
          : plain;
    })
    .join("");
}

/** A name as a machine-readable zone spells it: A to Z, one filler between parts, apostrophes left out. */
export function mrzName(text: string) {
  return [...text.normalize("NFC")]
    .map(letter)
    .join("")
    .toUpperCase()
    .replace(/['’.,]/g, "")
    .replace(/[^A-Z]+/g, "<")
    .replace(/^<+|<+$/g, "");
}
