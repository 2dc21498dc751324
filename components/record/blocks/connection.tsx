import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/lib/format";
import { Facts } from "../facts";
import type { BlockProps } from "../record-context";
import { Columns, Part } from "../section";
import { num, obj, text } from "../values";
import { Flags } from "./contact";
import { Matches } from "./matches";

export function Connection({ block, context }: BlockProps) {
  const t = useTranslations("record.connection");
  const locale = useLocale();
  const distance = (value: unknown) => {
    const of = obj(value);
    const kilometres = num(of?.distance) ?? num(value);
    if (kilometres === null) return null;
    const shown = formatNumber(kilometres, locale, { style: "unit", unit: "kilometer", maximumFractionDigits: 1 });
    return [shown, text(of?.direction)].filter(Boolean).join(" ");
  };
  const ip = obj(block.ip);
  const document = obj(block.id_document);
  const latitude = num(block.latitude);
  const longitude = num(block.longitude);
  return (
    <>
      <Columns
        evidence={
          <Part title={t("distances")}>
            <Facts
              more={[
                { key: "id", term: t("ipToDocument"), value: distance(ip?.distance_from_id_document) },
                { key: "poa", term: t("ipToAddress"), value: distance(ip?.distance_from_poa_document) },
                { key: "between", term: t("documentToAddress"), value: distance(document?.distance_from_poa_document) },
                {
                  key: "place",
                  term: t("coordinates"),
                  value:
                    latitude !== null && longitude !== null ? `${latitude.toFixed(3)}, ${longitude.toFixed(3)}` : null,
                },
              ]}
            />
          </Part>
        }
      >
        <Flags of={block} names={["is_vpn_or_tor", "is_data_center"]} />
        <Facts
          of={{ ...block, ip_country: block.ip_country_code ? null : block.ip_country }}
          keys={[
            "ip_address",
            "ip_country_code",
            "ip_country",
            "ip_state",
            "ip_city",
            "isp",
            "organization",
            "time_zone",
            "device_brand",
            "device_model",
            "browser_family",
            "os_family",
            "platform",
            "device_fingerprint",
          ]}
        />
      </Columns>
      <Matches of={block.matches} context={context} />
    </>
  );
}
