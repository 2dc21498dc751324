import { useTranslations } from "next-intl";
import { Evidence, NoMedia } from "../evidence";
import { Facts } from "../facts";
import { type BlockProps, mediumOf } from "../record-context";
import { Score } from "../score";
import { Columns, Fold, Part } from "../section";
import { isEmpty, num, type Obj, obj, text } from "../values";
import { useWords } from "../words";
import { Matches } from "./matches";

const MAIN = [
  "document_type",
  "document_subtype",
  "full_name",
  "first_name",
  "last_name",
  "document_number",
  "personal_number",
  "date_of_birth",
  "age",
  "gender",
  "nationality",
  "issuing_state",
  "date_of_issue",
  "expiration_date",
  "place_of_birth",
  "marital_status",
  "formatted_address",
  "address",
] as const;
const PICTURES = [
  "front_image",
  "back_image",
  "full_front_image",
  "full_back_image",
  "front_image_camera_front",
  "back_image_camera_front",
  "front_video",
  "back_video",
] as const;

export function Identity({ block, context }: BlockProps) {
  const t = useTranslations("record.identity");
  const extra = obj(block.extra_fields);
  const lookup = obj(block.id_lookup);
  const wallet = obj(block.wallet_verification);
  const portrait = mediumOf(context, block.portrait_image);
  const pictures = PICTURES.filter((name) => mediumOf(context, block[name]));
  const extraFiles = Array.isArray(block.extra_files) ? block.extra_files : [];

  return (
    <>
      <Columns
        evidence={
          <>
            {pictures.map((name) => (
              <Evidence key={name} value={block[name]} name={name} context={context} />
            ))}
            {portrait && (
              <div className="w-32">
                <Evidence value={block.portrait_image} name="portrait_image" context={context} shape="portrait" />
              </div>
            )}
            {extraFiles.map((file) => (
              <Evidence key={String(file)} value={file} name="extra_files" context={context} />
            ))}
            {pictures.length === 0 && !portrait && <NoMedia />}
            <Quality side={t("front")} of={obj(block.front_image_quality_score)} />
            <Quality side={t("back")} of={obj(block.back_image_quality_score)} />
          </>
        }
      >
        <Facts of={block} keys={MAIN} />
        {!isEmpty(extra) && (
          <Part title={t("extra")}>
            <Facts of={extra} keys={Object.keys(extra ?? {})} />
          </Part>
        )}
        <Mrz of={obj(block.mrz)} />
        {!isEmpty(lookup) && (
          <Part title={t("lookup")}>
            <Facts
              of={lookup}
              keys={["source", "outcome", "checked_at", "attempts", "max_attempts", "face_match_score", "comparison"]}
            />
            <Evidence value={lookup?.registry_portrait} name="registry_portrait" context={context} shape="portrait" />
          </Part>
        )}
        {!isEmpty(wallet) && (
          <Part title={t("wallet")}>
            <Facts
              of={wallet}
              keys={[
                "provider_name",
                "provider",
                "issuing_authority",
                "issuing_country",
                "credential_type",
                "level_of_assurance",
                "verified_at",
                "signature_valid",
                "face_match_score",
                "attributes",
              ]}
            />
          </Part>
        )}
        <DocumentLiveness of={obj(block.document_liveness)} />
        <ParsedAddress of={obj(block.parsed_address)} />
      </Columns>
      <Matches of={block.matches} context={context} />
    </>
  );
}

function Quality({ side, of }: { side: string; of: Obj | null }) {
  const t = useTranslations("record.identity");
  const { label } = useWords();
  if (isEmpty(of) || !of) return null;
  const overall = num(of.overall_score);
  const issue = text(of.brightness_issue);
  return (
    <Fold
      summary={
        <>
          <span>{t("quality", { side })}</span>
          {overall !== null && <span className="ml-auto text-muted">{Math.round(overall)}/100</span>}
        </>
      }
    >
      {["focus_score", "brightness_score", "resolution_score", "overall_score"].map((name) => (
        <Score key={name} label={label(name)} value={num(of[name])} />
      ))}
      <Facts
        of={{ ...of, brightness_issue: issue === "ok" ? null : issue }}
        keys={["is_document_fully_visible", "brightness_issue"]}
      />
    </Fold>
  );
}

function Mrz({ of }: { of: Obj | null }) {
  const t = useTranslations("record.identity");
  const { label } = useWords();
  if (!of) return null;
  const raw = text(of.mrz_string);
  const lines = raw ? (raw.includes("\n") ? raw.split(/\r?\n/) : splitMrz(raw.trim())) : [];
  const problems = [of.warnings, of.errors].flatMap((list) => (Array.isArray(list) ? list : []));
  if (lines.length === 0 && isEmpty(of)) return null;
  return (
    <Part title={t("mrz")}>
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <section aria-label={t("mrzLines")} tabIndex={0} className="overflow-x-auto rounded-md bg-subtle px-3 py-2">
          <pre className="font-mono text-xs leading-5">{lines.join("\n")}</pre>
        </section>
      )}
      <Fold summary={t("mrzFields")} className="mt-2">
        <Facts
          of={of}
          keys={[
            "mrz_type",
            "document_type",
            "surname",
            "name",
            "document_number",
            "country",
            "nationality",
            "birth_date",
            "sex",
            "expiry_date",
            "personal_number",
            "optional_data",
            "optional_data_2",
            "document_number_hash",
            "birth_date_hash",
            "expiry_date_hash",
            "final_hash",
          ]}
        />
      </Fold>
      {problems.length > 0 && (
        <p className="mt-2 text-sm text-warning">
          {label("warnings")}: {problems.map((problem) => text(problem) ?? JSON.stringify(problem)).join(", ")}
        </p>
      )}
    </Part>
  );
}

/** Passports have lines of 44 signs, cards of 36 or three of 30. */
function splitMrz(raw: string): string[] {
  const width = [44, 36, 30].find((size) => raw.length % size === 0 && raw.length > size);
  return width ? (raw.match(new RegExp(`.{${width}}`, "g")) ?? [raw]) : [raw];
}

function DocumentLiveness({ of }: { of: Obj | null }) {
  const t = useTranslations("record.identity");
  const { label } = useWords();
  const checks = Object.entries(of ?? {}).flatMap(([name, value]) => {
    const check = obj(value);
    const score = num(check?.score);
    return check && score !== null ? [{ name, check, score }] : [];
  });
  if (checks.length === 0) return null;
  return (
    <Part title={t("liveness")}>
      <div className="grid gap-3 sm:grid-cols-3">
        {checks.map(({ name, check, score }) => (
          <Score
            key={name}
            label={label(name)}
            value={score <= 1 ? score * 100 : score}
            tone={check.bucket === "decline" ? "danger" : check.bucket === "review" ? "warning" : "success"}
          />
        ))}
      </div>
      <p className="mt-1 text-muted text-xs">{t("livenessHint")}</p>
    </Part>
  );
}

const ADDRESS = ["street_1", "street_2", "city", "region", "postal_code", "country", "address_type", "is_verified"];

export function ParsedAddress({ of, title }: { of: Obj | null; title?: string }) {
  const t = useTranslations("record.identity");
  if (!of || isEmpty(of)) return null;
  return (
    <Fold summary={title ?? t("address")}>
      <Facts of={of} keys={ADDRESS} />
    </Fold>
  );
}
