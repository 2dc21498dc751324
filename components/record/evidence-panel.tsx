import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BLOCKS } from "@/domain/sessions/blocks";
import { MEDIA_FIELDS } from "@/domain/sessions/media-kinds";
import { FileLine } from "./evidence";
import { type DeskImage, EvidenceDesk, type Face } from "./evidence-desk";
import { Facts } from "./facts";
import type { RecordImage } from "./media-viewer";
import { mediumOf, type RecordContext } from "./record-context";
import { Score } from "./score";
import { num, type Obj, obj, objs, text } from "./values";
import { useWords } from "./words";

/** Pictures and papers of a record in one place; nothing when it has none. */
export function EvidencePanel({
  content,
  images,
  context,
}: {
  content: Obj;
  images: readonly RecordImage[];
  context: RecordContext;
}) {
  const t = useTranslations("record.evidence");
  const { feature } = useWords();
  const files = filesOf(content, context, feature);
  if (images.length === 0 && files.length === 0) return <p className="text-muted text-sm">{t("nothing")}</p>;
  const desk: DeskImage[] = images.map((image) => ({ ...image, facts: <ReadFrom image={image} content={content} /> }));
  const match = objs(content.face_matches)[0];
  return (
    <>
      {desk.length > 0 && (
        <EvidenceDesk
          images={desk}
          faces={facesOf(content, context, t)}
          faceFacts={match && <Score label={t("similarity")} value={num(match.score)} status={match.status} />}
        />
      )}
      {files.length > 0 && (
        <ul aria-label={t("files")} className="flex flex-col gap-2">
          {files.map(({ src, contentType, label }) => (
            <li key={src}>
              <FileLine src={src} contentType={contentType} label={label} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The same face as the camera, the document, the chip and a register show it; each picture once. */
function facesOf(
  content: Obj,
  context: RecordContext,
  t: (key: "selfie" | "portrait" | "chip" | "register") => string,
): Face[] {
  const document = objs(content.id_verifications)[0];
  const match = objs(content.face_matches)[0];
  const named: [string, unknown][] = [
    [t("selfie"), objs(content.liveness_checks)[0]?.reference_image],
    [t("selfie"), match?.source_image],
    [t("portrait"), document?.portrait_image],
    [t("portrait"), match?.target_image],
    [t("chip"), objs(content.nfc_verifications)[0]?.portrait_image],
    [t("register"), obj(document?.id_lookup)?.registry_portrait],
  ];
  const faces = new Map<string, Face>();
  for (const [label, value] of named) {
    const medium = mediumOf(context, value);
    const isNamed = [...faces.values()].some((face) => face.label === label);
    if (medium?.contentType.startsWith("image/") && !faces.has(medium.src) && !isNamed)
      faces.set(medium.src, { src: medium.src, label });
  }
  return [...faces.values()];
}

function ReadFrom({ image, content }: { image: RecordImage; content: Obj }): ReactNode {
  const t = useTranslations("record.evidence");
  const { field, group } = image.place ?? { field: "", group: "" };
  const block = BLOCKS.find(({ feature }) => group.startsWith(`${feature}-`));
  const item = block && objs(content[block.key])[Number(group.slice(block.feature.length + 1))];
  if (!item) return null;
  const keys = keysRead(field);
  const source = item.chip_data && field === "portrait_image" ? obj(item.chip_data) : item;
  const of = field.startsWith("back_") ? { ...obj(item.mrz), ...pick(item, keys) } : source;
  const score = num(item.score);
  return (
    <>
      {score !== null && (
        <Score label={t(block.feature === "FACE_MATCH" ? "similarity" : "score")} value={score} status={item.status} />
      )}
      <Facts of={of} keys={keys} />
    </>
  );
}

const pick = (of: Obj, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([key, value]) => keys.includes(key) && value !== null));

function keysRead(field: string): readonly string[] {
  if (/^(full_)?front_/.test(field))
    return ["full_name", "date_of_birth", "document_number", "nationality", "expiration_date"];
  if (/^(full_)?back_/.test(field))
    return ["surname", "name", "birth_date", "expiry_date", "personal_number", "place_of_birth", "formatted_address"];
  if (field === "portrait_image")
    return ["first_name", "last_name", "full_name", "birth_date", "document_number", "age"];
  if (field === "reference_image") return ["method", "age_estimation"];
  return [];
}

/** Everything that is no picture: papers to read and videos to watch. */
function filesOf(content: Obj, context: RecordContext, nameOf: (feature: string) => string) {
  const found = new Map<string, { src: string; contentType: string; label: string }>();
  function walk(value: unknown, key: string, feature: string, near: Obj | null) {
    if (Array.isArray(value)) for (const item of value) walk(item, key, feature, near);
    const inner = obj(value);
    if (inner) for (const [name, item] of Object.entries(inner)) walk(item, name, feature, inner);
    const medium = typeof value === "string" && MEDIA_FIELDS[key] ? mediumOf(context, value) : null;
    if (!medium || medium.contentType.startsWith("image/") || found.has(medium.src)) return;
    const name = text(near?.file_name) ?? text(near?.issuer);
    found.set(medium.src, { ...medium, label: [nameOf(feature), name].filter(Boolean).join(": ") });
  }
  for (const { key, feature } of BLOCKS) walk(content[key], "", feature, null);
  return [...found.values()];
}
