import { useTranslations } from "next-intl";
import { Evidence, NoMedia } from "../evidence";
import { Facts } from "../facts";
import { type BlockProps, mediumOf } from "../record-context";
import { Score } from "../score";
import { Columns, Fold, Part } from "../section";
import { isEmpty, num, obj } from "../values";
import { useWords } from "../words";
import { ParsedAddress } from "./identity";

export function ProofOfAddress({ block, context }: BlockProps) {
  const t = useTranslations("record.address");
  const { label } = useWords();
  const extra = obj(block.extra_fields);
  const file = obj(block.document_metadata);
  const extraFiles = Array.isArray(block.extra_files) ? block.extra_files : [];
  return (
    <Columns
      evidence={
        <>
          {mediumOf(context, block.document_file) ? (
            <Evidence value={block.document_file} name="document_file" context={context} shape="portrait" />
          ) : (
            <NoMedia />
          )}
          {extraFiles.map((value) => (
            <Evidence key={String(value)} value={value} name="extra_files" context={context} />
          ))}
          {["name_match_score_id_verification", "name_match_score_expected_details"].map((name) => {
            const score = num(block[name]);
            return (
              <Score
                key={name}
                label={label(name)}
                value={score}
                tone={score === null || score >= 85 ? "success" : "warning"}
              />
            );
          })}
          {!isEmpty(file) && (
            <Fold summary={t("file")}>
              <Facts
                of={file}
                keys={[
                  "content_type",
                  "file_size",
                  "creation_date",
                  "modified_date",
                  "creator",
                  "producer",
                  "software",
                  "encryption",
                  "is_signed",
                  "signature_info",
                  "is_tampered",
                  "overlay_manipulation",
                  "processed_by_known_editor",
                  "has_different_creation_mod_date",
                ]}
              />
            </Fold>
          )}
        </>
      }
    >
      <Facts
        of={block}
        keys={[
          "document_type",
          "document_subtype",
          "issuer",
          "issue_date",
          "expiration_date",
          "issuing_state",
          "document_language",
          "name_on_document",
          "poa_formatted_address",
          "poa_address",
          "expected_details_formatted_address",
          "detected_codes",
        ]}
      />
      {!isEmpty(extra) && (
        <Part title={t("extra")}>
          <Facts of={extra} keys={Object.keys(extra ?? {})} />
        </Part>
      )}
      <ParsedAddress of={obj(block.poa_parsed_address)} />
      <ParsedAddress of={obj(block.expected_details_parsed_address)} title={t("expected")} />
    </Columns>
  );
}
