import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { blobIdOf, mapMedia, storedReference } from "./media-references";
import kyb from "./samples/kyb-decision.json" with { type: "json" };
import kyc from "./samples/kyc-decision.json" with { type: "json" };

const mediaOf = (decision: unknown) => {
  const found: [string, string][] = [];
  mapMedia(decision, (_, kind, path) => found.push([path, kind]));
  return found;
};

describe("the media that a decision names", () => {
  it("are all found in a person's", () => {
    expect(mediaOf(kyc)).toEqual([
      ["id_verifications[0].portrait_image", "portrait"],
      ["id_verifications[0].front_image", "document_front"],
      ["id_verifications[0].back_image", "document_back"],
      ["nfc_verifications[0].portrait_image", "portrait"],
      ["liveness_checks[0].reference_image", "liveness_reference"],
      ["face_matches[0].source_image", "selfie"],
      ["face_matches[0].target_image", "portrait"],
      ["poa_verifications[0].document_file", "proof_of_address"],
    ]);
  });

  it("are all found in a company's", () => {
    expect(mediaOf(kyb)).toEqual([["document_verifications[0].items[0].file_url", "company_document"]]);
  });

  it("are found in lists, and in answers of a questionnaire", () => {
    expect(
      mediaOf({
        id_verifications: [{ extra_files: ["a", "b"] }],
        questionnaire_responses: [{ sections: [{ items: [{ answer: { files: ["c"] } }] }] }],
      }),
    ).toEqual([
      ["id_verifications[0].extra_files[0]", "other"],
      ["id_verifications[0].extra_files[1]", "other"],
      ["questionnaire_responses[0].sections[0].items[0].answer.files[0]", "questionnaire_file"],
    ]);
  });

  it("are not every value under a word that is a medium elsewhere", () => {
    expect(mediaOf({ files: ["x"], portrait: "oil on canvas", front_image: null, back_image: "" })).toEqual([]);
  });

  it("are replaced in a copy; the original stays", () => {
    const before = structuredClone(kyc);
    const copy = mapMedia(kyc, () => null);
    expect(kyc).toEqual(before);
    expect(copy.id_verifications[0]!.front_image).toBeNull();
    expect({ ...copy, id_verifications: null, nfc_verifications: null }).toMatchObject({ metadata: { plan: "gold" } });
  });

  it("leave every other value as it was", () => {
    expect(mapMedia(kyc, (link) => link)).toEqual(kyc);
  });
});

describe("a stored reference", () => {
  it("names its blob", () => {
    const id = randomUUID();
    expect(blobIdOf(storedReference(id))).toBe(id);
  });

  it.each([null, 1, "", "media:", "media:../../etc/passwd", `https://x/media:${randomUUID()}`, "media:XYZ"])(
    "%j is none",
    (value) => {
      expect(blobIdOf(value)).toBeNull();
    },
  );
});
