import { describe, expect, it } from "vitest";
import { contentTypeOf, MEDIA_FIELDS, MEDIA_KINDS, treeOf } from "./media-kinds";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

describe("what bytes are, whatever they claim to be", () => {
  it.each([
    ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF")],
    ["image/png", bytes([0x89], "PNG\r\n\x1a\n")],
    ["image/webp", bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
    ["application/pdf", bytes("%PDF-1.7\n")],
    ["video/mp4", bytes([0, 0, 0, 0x20], "ftypisom")],
    ["video/webm", bytes([0x1a, 0x45, 0xdf, 0xa3])],
  ])("%s", (type, content) => {
    expect(contentTypeOf(content)).toBe(type);
  });

  it.each([
    ["nothing", bytes("")],
    ["one byte", bytes([0xff])],
    ["HTML", bytes("<!doctype html><script>1</script>")],
    ["SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>')],
    ["XML", bytes("<?xml version='1.0'?>")],
    ["JavaScript", bytes("alert(1)")],
    ["GIF", bytes("GIF89a/*")],
    ["ZIP", bytes("PK\x03\x04")],
    ["ELF", bytes([0x7f], "ELF")],
    ["a RIFF that is no WebP", bytes("RIFF", [1, 2, 3, 4], "WAVE")],
    ["a PDF with something before it", bytes("\n%PDF-1.7")],
    ["HTML with a PDF inside", bytes("<script>%PDF-")],
  ])("%s is not accepted", (_, content) => {
    expect(contentTypeOf(content)).toBeNull();
  });
});

describe("the key tree of a medium", () => {
  it("is biometric for everything that shows a face on purpose, and general for documents", () => {
    expect(MEDIA_KINDS.filter((kind) => treeOf(kind) === "biometric")).toEqual([
      "portrait",
      "selfie",
      "liveness_reference",
      "liveness_video",
      "chip_portrait",
    ]);
  });

  it("is known for every field of the contract", () => {
    for (const kind of Object.values(MEDIA_FIELDS)) expect(MEDIA_KINDS).toContain(kind);
  });
});
