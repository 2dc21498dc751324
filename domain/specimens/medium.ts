import type { MediaKind } from "../sessions/media-kinds";

export interface SpecimenMedium {
  contentType: "image/jpeg" | "application/pdf";
  bytes: Uint8Array;
}

export interface SpecimenSource {
  kind: MediaKind;
  render(): Promise<SpecimenMedium>;
}
