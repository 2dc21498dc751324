import { v4 as uuid } from "uuid";
import { invalidField } from "../errors";
import { faceDigest } from "../lists/subject";
import { BLOCKS } from "../sessions/blocks";
import type { Decision } from "../sessions/decision";
import { linkKeyPeople } from "../sessions/key-people";
import { contentTypeOf, type MediaKind, treeOf } from "../sessions/media-kinds";
import { blobIdOf, mapMedia, storedReference } from "../sessions/media-references";
import type { RecordBody } from "../sessions/record";
import type { MediaShelf } from "../specimens/decisions/media-shelf";
import type { Block, StepResult } from "../specimens/decisions/steps";
import { putMedium, type StoredMedium } from "../vault/media";
import type { TenantKeyRing } from "../vault/tenant-keys";
import type { WorkflowFeature } from "../workflows/rules";
import type { Walk } from "./load";
import { type Form, questionnaireBlock } from "./questionnaire";
import { CAPTURE, type Choice, MAX_UPLOAD_BYTES, risksOf, takesPdf, takesUpload, type WalkStep } from "./rules";
import { makeStep, peopleOf, type Walked } from "./specimen";

/** A step whose pictures lie in the vault already; its rows follow in the act's transaction. */
export interface PreparedStep {
  step: WalkStep;
  choice: Choice;
  key: string;
  item: Block;
  media: StoredMedium[];
  faceDigests: string[];
  source: "upload" | "specimen";
  /** Key people of a company, who were verified on the way. */
  people: PreparedPerson[];
  links: { partyId: string; childSessionId: string }[];
}

export interface PreparedPerson {
  id: string;
  key: string;
  body: RecordBody;
  media: StoredMedium[];
}

/** What the person hands over instead of a specimen: the other side only of a document. */
export interface Uploads {
  front?: Uint8Array;
  back?: Uint8Array;
}

/** What is asked of a company's key people. */
export interface PeoplesWorkflow {
  id: string;
  version: number;
  features: readonly string[];
}

/** The array of a decision in which a feature's results stand; an estimated age is told by the look at the face. */
const keyOf = (feature: WorkflowFeature) =>
  feature === "AGE_ESTIMATION" ? "liveness_checks" : BLOCKS.find((block) => block.workflowFeature === feature)!.key;

/** @throws invalid_input */
export function refuseUploads({ feature }: WalkStep, uploads: Uploads): void {
  const capture = CAPTURE[feature];
  for (const name of ["front", "back"] as const) {
    const bytes = uploads[name];
    if (!bytes) continue;
    if (!takesUpload(capture) || (name === "back" && capture !== "document"))
      throw invalidField(name, "This step takes no file.");
    if (bytes.byteLength > MAX_UPLOAD_BYTES)
      throw invalidField(name, `A file may have at most ${MAX_UPLOAD_BYTES / 1024 / 1024} MB.`);
    const type = contentTypeOf(bytes);
    if (type?.startsWith("image/") || (type === "application/pdf" && takesPdf(capture))) continue;
    throw invalidField(name, takesPdf(capture) ? "Choose a JPEG, PNG, WebP or PDF." : "Choose a JPEG, PNG or WebP.");
  }
}

/** Draws the specimens of some steps and seals what they name; later steps read what earlier ones have left. */
export async function prepareSteps(
  walk: Walk,
  choices: readonly Choice[],
  given: { uploads: Uploads; forms: ReadonlyMap<string, Form>; peoplesWorkflow: PeoplesWorkflow | null },
  now: Date,
): Promise<PreparedStep[]> {
  const { session, ring, steps } = walk;
  const walked: Walked = {
    sessionId: session.id,
    kind: session.kind,
    features: walk.workflowSteps.map(({ feature }) => feature),
    body: walk.body,
    startedAt: now,
    attempt: walk.attempt,
  };
  const prepared: PreparedStep[] = [];
  for (const step of steps) {
    const choice = choices.find(({ nodeId }) => nodeId === step.nodeId);
    if (!choice) continue;
    const result = resultOf(step, choice);
    const people =
      step.feature === "KYB_KEY_PEOPLE" && given.peoplesWorkflow
        ? await preparePeople(ring, walked, given.peoplesWorkflow, now)
        : [];
    const { block, shelf } = makeStep(
      walked,
      result,
      new Map(people.map(({ key }) => [key, { sessionKey: key, status: "Approved" }])),
    );
    const form = given.forms.get(step.nodeId);
    const filled = form
      ? questionnaireBlock(form, session.id, block)
      : withEarlierMedia(step.feature, block, walked.body);
    const { block: linked, links } = linkedPeople(filled, keyOf(step.feature), people);
    const handed = handedOver(step.feature, linked, given.uploads);
    const sealed = await sealBlock(ring, handed.block, shelf, handed.bytes);
    prepared.push({
      step,
      choice: { ...choice, risk: result.risk as Choice["risk"] },
      key: keyOf(step.feature),
      ...sealed,
      source: handed.bytes.size > 0 ? "upload" : "specimen",
      people,
      links,
    });
    walked.body = withItem(walked.body, steps, keyOf(step.feature), sealed.item);
  }
  return prepared;
}

const resultOf = ({ nodeId, feature }: WalkStep, { outcome, risk }: Choice): StepResult => ({
  nodeId,
  feature,
  outcome,
  risk: outcome === "Approved" ? null : (risk ?? risksOf(feature)[0] ?? null),
});

/** The body with one step's result in it: in the place of an earlier one, else in the workflow's order. */
export function withItem(body: RecordBody, steps: readonly WalkStep[], key: string, item: Block): RecordBody {
  const order = new Map(steps.map(({ nodeId }, index) => [nodeId, index]));
  const others = (((body as Record<string, unknown>)[key] ?? []) as Block[]).filter(
    ({ node_id }) => node_id !== item.node_id,
  );
  const items = [...others, item].sort((a, b) => (order.get(a.node_id) ?? 0) - (order.get(b.node_id) ?? 0));
  const skipped = key === "nfc_verifications" && { nfc_skip_reason: item.skip_reason ?? null };
  return { ...body, ...skipped, [key]: items } as RecordBody;
}

/** A comparison of faces shows the pictures that were compared, not two more. */
function withEarlierMedia(feature: WorkflowFeature, block: Block, body: RecordBody): Block {
  if (feature !== "FACE_MATCH") return block;
  const { liveness_checks, id_verifications, portrait_image } = body as unknown as Decision;
  const selfie = liveness_checks?.find((item) => item.reference_image)?.reference_image;
  const portrait =
    id_verifications?.find((item) => item.portrait_image)?.portrait_image ??
    (typeof portrait_image === "string" ? portrait_image : undefined);
  return {
    ...block,
    ...(selfie && { source_image: selfie }),
    ...(portrait && { target_image: portrait }),
  };
}

function linkedPeople(block: Block, key: string, people: readonly PreparedPerson[]) {
  if (key !== "key_people_checks") return { block, links: [] };
  const { decision, links } = linkKeyPeople(
    { [key]: [block] } as unknown as Decision,
    new Map(people.map((person) => [`session:${person.key}`, person.id])),
  );
  return { block: (decision.key_people_checks as unknown as Block[])[0]!, links };
}

/** Puts what was handed over in the place of the specimen's first picture or paper. */
function handedOver(feature: WorkflowFeature, block: Block, { front, back }: Uploads) {
  const bytes = new Map<string, Uint8Array>();
  if (!front && !back) return { block, bytes };
  const copy = structuredClone(block);
  const put = (target: Record<string, unknown> | undefined, field: string, name: string, given: Uint8Array) => {
    if (!target) return;
    target[field] = `media:upload-${name}`;
    bytes.set(`media:upload-${name}`, given);
  };
  const [paper] = (copy.items ?? []) as Record<string, unknown>[];
  if (back) put(copy, "back_image", "back", back);
  if (front) {
    if (feature === "OCR") put(copy, "front_image", "front", front);
    else if (feature === "PROOF_OF_ADDRESS") {
      put(copy, "document_file", "front", front);
      copy.document_metadata = { file_size: front.byteLength, content_type: contentTypeOf(front) };
    } else if (CAPTURE[feature] === "face") put(copy, "reference_image", "front", front);
    else put(paper, "file_url", "front", front);
  }
  return { block: copy, bytes };
}

/** Images of a face, the one taken for the purpose first. */
const isFace = (kind: MediaKind) => treeOf(kind) === "biometric";

async function sealBlock(
  ring: TenantKeyRing,
  block: Block,
  shelf: MediaShelf,
  handed: ReadonlyMap<string, Uint8Array>,
): Promise<Pick<PreparedStep, "item" | "media" | "faceDigests">> {
  const kinds = new Map<string, MediaKind>();
  mapMedia(block, (link, kind) => {
    if (!blobIdOf(link) && !kinds.has(link)) kinds.set(link, kind);
    return link;
  });
  const stored = new Map<string, StoredMedium>();
  const faceDigests: string[] = [];
  await Promise.all(
    [...kinds].map(async ([link, kind]) => {
      const bytes = handed.get(link) ?? (await shelf.sources[link.slice("media:".length)]?.render())?.bytes;
      if (!bytes) return;
      if (isFace(kind)) faceDigests.push(faceDigest(bytes));
      stored.set(link, await putMedium(ring, { kind, contentType: contentTypeOf(bytes)!, bytes }));
    }),
  );
  const item = mapMedia(block, (link) => {
    const medium = stored.get(link);
    return medium ? storedReference(medium.blobId) : blobIdOf(link) ? link : null;
  });
  return { item, media: [...stored.values()], faceDigests: faceDigests.sort() };
}

/** The sessions of those whom a company must have verified, each finished and approved. */
async function preparePeople(
  ring: TenantKeyRing,
  company: Walked,
  workflow: PeoplesWorkflow,
  now: Date,
): Promise<PreparedPerson[]> {
  const steps = workflow.features.map((feature) => ({
    nodeId: `feature_${feature.toLowerCase()}`,
    feature: feature as WorkflowFeature,
    label: null,
    config: {},
    status: "Not Started" as const,
    isOpen: true,
  }));
  return Promise.all(
    peopleOf(company).map(async (person): Promise<PreparedPerson> => {
      const id = uuid();
      const one: Walked = {
        sessionId: id,
        kind: "user",
        features: workflow.features,
        body: { reviews: [] } as unknown as RecordBody,
        startedAt: now,
        attempt: 0,
        person,
      };
      const media: StoredMedium[] = [];
      for (const step of steps) {
        const { block, shelf } = makeStep(
          one,
          resultOf(step, { nodeId: step.nodeId, outcome: "Approved", risk: null }),
        );
        const sealed = await sealBlock(ring, withEarlierMedia(step.feature, block, one.body), shelf, new Map());
        media.push(...sealed.media);
        one.body = withItem(one.body, steps, keyOf(step.feature), sealed.item);
      }
      return { id, key: person.key, body: one.body, media };
    }),
  );
}
