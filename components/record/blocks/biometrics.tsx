import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { Evidence, NoMedia } from "../evidence";
import { Facts } from "../facts";
import { type BlockProps, mediumOf } from "../record-context";
import { Score } from "../score";
import { Columns, Part } from "../section";
import { isEmpty, num, obj } from "../values";
import { useWords } from "../words";
import { Matches } from "./matches";

export function Liveness({ block, context }: BlockProps) {
  const t = useTranslations("record.biometrics");
  const { label } = useWords();
  return (
    <>
      <Columns
        evidence={
          <div className="flex flex-wrap gap-3 [&>figure]:w-36">
            <Evidence value={block.reference_image} name="reference_image" context={context} shape="portrait" />
            <Evidence value={block.video_url} name="video_url" context={context} />
            {!mediumOf(context, block.reference_image) && <NoMedia />}
          </div>
        }
      >
        <Score label={t("liveness")} value={num(block.score)} status={block.status} />
        <Facts of={block} keys={["method", "age_estimation"]} />
        <div className="grid gap-3 sm:grid-cols-2">
          <Score label={label("face_quality")} value={num(block.face_quality)} />
          <Score label={label("face_luminance")} value={num(block.face_luminance)} />
        </div>
      </Columns>
      <Matches of={block.matches} context={context} />
    </>
  );
}

export function FaceMatch({ block, context }: BlockProps) {
  const t = useTranslations("record.biometrics");
  const faces = mediumOf(context, block.source_image) || mediumOf(context, block.target_image);
  return (
    <Columns
      evidence={
        faces ? (
          <div className="grid max-w-80 grid-cols-2 gap-3">
            <Evidence
              value={block.source_image}
              name="source_image"
              context={context}
              shape="portrait"
              caption={t("selfie")}
            />
            <Evidence
              value={block.target_image}
              name="target_image"
              context={context}
              shape="portrait"
              caption={t("portrait")}
            />
          </div>
        ) : (
          <NoMedia />
        )
      }
    >
      <Score label={t("similarity")} value={num(block.score)} status={block.status} />
      <p className="text-muted text-sm">{t("hint")}</p>
      <Facts of={block} keys={["source_image_session_id"]} />
    </Columns>
  );
}

export function Chip({ block, context }: BlockProps) {
  const t = useTranslations("record.chip");
  const data = obj(block.chip_data);
  const proof = obj(block.authenticity);
  const certificate = obj(block.certificate_summary);
  const pictures = mediumOf(context, block.portrait_image) || mediumOf(context, block.signature_image);
  return (
    <Columns
      evidence={
        pictures ? (
          <>
            <div className="w-36">
              <Evidence value={block.portrait_image} name="chip_portrait" context={context} shape="portrait" />
            </div>
            <div className="max-w-60">
              <Evidence value={block.signature_image} name="signature_image" context={context} shape="wide" />
            </div>
          </>
        ) : undefined
      }
    >
      {block.is_nfc_skipped === true && <Facts of={block} keys={["is_nfc_skipped", "skip_reason"]} />}
      {proof && (
        <ul className="flex flex-col gap-1">
          <Proof holds={proof.sod_integrity} yes={t("signed")} no={t("notSigned")} />
          <Proof holds={proof.dg_integrity} yes={t("intact")} no={t("notIntact")} />
        </ul>
      )}
      {!isEmpty(data) && (
        <Part title={t("data")}>
          <Facts of={data} keys={Object.keys(data ?? {}).filter((key) => !/_hash$|^mrz_|^dgs$/.test(key))} />
        </Part>
      )}
      {!isEmpty(certificate) && (
        <Part title={t("certificate")}>
          <Facts
            of={certificate}
            keys={["issuer", "subject", "serial_number", "not_valid_before", "not_valid_after"]}
          />
        </Part>
      )}
    </Columns>
  );
}

function Proof({ holds, yes, no }: { holds: unknown; yes: string; no: string }) {
  if (typeof holds !== "boolean") return null;
  const Icon = holds ? CircleCheck : CircleX;
  return (
    <li className="flex items-start gap-2 text-sm">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", holds ? "text-success" : "text-danger")} />
      {holds ? yes : no}
    </li>
  );
}
