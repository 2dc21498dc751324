export const MEDIA_KINDS = [
  "document_front",
  "document_back",
  "document_video",
  "portrait",
  "selfie",
  "liveness_reference",
  "liveness_video",
  "chip_portrait",
  "signature",
  "proof_of_address",
  "company_document",
  "questionnaire_file",
  "other",
] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** GDPR Art. 9: what identifies a face hangs on its own key tree. */
const BIOMETRIC: ReadonlySet<MediaKind> = new Set([
  "portrait",
  "selfie",
  "liveness_reference",
  "liveness_video",
  "chip_portrait",
]);

export function treeOf(kind: MediaKind): "general" | "biometric" {
  return BIOMETRIC.has(kind) ? "biometric" : "general";
}

/** Which keys of the contract's blocks hold media (sections 3.6 and 3.7), and what kind. */
export const MEDIA_FIELDS: Record<string, MediaKind> = {
  portrait_image: "portrait",
  registry_portrait: "portrait",
  portrait: "portrait",
  front_image: "document_front",
  full_front_image: "document_front",
  front_image_camera_front: "document_front",
  front_image_url: "document_front",
  front_video: "document_video",
  back_image: "document_back",
  full_back_image: "document_back",
  back_image_camera_front: "document_back",
  back_video: "document_video",
  signature_image: "signature",
  reference_image: "liveness_reference",
  video_url: "liveness_video",
  source_image: "selfie",
  target_image: "portrait",
  match_image_url: "portrait",
  document_file: "proof_of_address",
  file_url: "company_document",
  extra_files: "other",
  files: "questionnaire_file",
};

/** Keys that name media only inside these parents; elsewhere the same word is ordinary data. */
export const ONLY_INSIDE: Record<string, string> = { portrait: "wallet_verification", files: "answer" };

export const ACCEPTED_CONTENT_TYPES = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "application/pdf",
  "video/mp4",
  "video/webm",
] as const;
export const MAX_MEDIUM_BYTES = 16 * 1024 * 1024;

const SIGNATURES: [string, (bytes: Uint8Array) => boolean][] = [
  ["image/jpeg", (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff],
  ["image/png", (b) => b[0] === 0x89 && b[1] === 0x50 && b[2] === 0x4e && b[3] === 0x47],
  ["image/webp", (b) => ascii(b, 0, 4) === "RIFF" && ascii(b, 8, 12) === "WEBP"],
  ["application/pdf", (b) => ascii(b, 0, 5) === "%PDF-"],
  ["video/mp4", (b) => ascii(b, 4, 8) === "ftyp"],
  ["video/webm", (b) => b[0] === 0x1a && b[1] === 0x45 && b[2] === 0xdf && b[3] === 0xa3],
];

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What the bytes are, whatever they claim to be; null for anything a browser might run. */
export function contentTypeOf(bytes: Uint8Array): string | null {
  return SIGNATURES.find(([, matches]) => matches(bytes))?.[0] ?? null;
}
