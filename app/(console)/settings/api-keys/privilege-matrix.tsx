"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { API_KEY_PRIVILEGES, type ApiKeyPrivilege } from "@/domain/access/rules";

const RESOURCES = [
  "sessions",
  "users",
  "businesses",
  "workflows",
  "questionnaires",
  "lists",
  "webhooks",
  "partners",
  "billing",
  "audit",
] as const;

const MESSAGE_KEY = {
  "read:sessions": "readSessions",
  "write:sessions": "writeSessions",
  "read:users": "readUsers",
  "write:users": "writeUsers",
  "read:businesses": "readBusinesses",
  "write:businesses": "writeBusinesses",
  "read:workflows": "readWorkflows",
  "write:workflows": "writeWorkflows",
  "read:questionnaires": "readQuestionnaires",
  "write:questionnaires": "writeQuestionnaires",
  "read:lists": "readLists",
  "write:lists": "writeLists",
  "read:webhooks": "readWebhooks",
  "write:webhooks": "writeWebhooks",
  "read:partners": "readPartners",
  "read:billing": "readBilling",
  "write:billing": "writeBilling",
  "read:audit": "readAudit",
} as const satisfies Record<ApiKeyPrivilege, string>;

const isPrivilege = (name: string): name is ApiKeyPrivilege => name in MESSAGE_KEY;

/** Resource by resource, what a key may read and write. Each box is called by what it opens. */
export function PrivilegeMatrix({
  value,
  onChange,
}: {
  value: readonly ApiKeyPrivilege[];
  onChange: (value: ApiKeyPrivilege[]) => void;
}) {
  const t = useTranslations("settings.apiKeys.create");
  const toggle = (privilege: ApiKeyPrivilege, on: boolean) =>
    onChange(API_KEY_PRIVILEGES.filter((one) => (one === privilege ? on : value.includes(one))));
  return (
    <div>
      <div className="mb-2 flex gap-2">
        <Button size="sm" onClick={() => onChange([...API_KEY_PRIVILEGES])}>
          {t("everything")}
        </Button>
        <Button size="sm" onClick={() => onChange(API_KEY_PRIVILEGES.filter((one) => one.startsWith("read:")))}>
          {t("readOnly")}
        </Button>
      </div>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-border border-b text-left text-muted text-xs">
            <th scope="col" className="py-1.5 font-medium">
              {t("resource.label")}
            </th>
            {(["read", "write"] as const).map((verb) => (
              <th key={verb} scope="col" className="w-20 py-1.5 text-center font-medium">
                {t(`resource.${verb}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RESOURCES.map((resource) => (
            <tr key={resource} className="border-border border-b last:border-b-0">
              <th scope="row" className="py-1.5 text-left font-normal">
                {t(`resource.${resource}`)}
              </th>
              {(["read", "write"] as const).map((verb) => {
                const privilege = `${verb}:${resource}`;
                return (
                  <td key={verb} className="py-1 text-center">
                    {isPrivilege(privilege) && (
                      <span className="inline-flex" title={privilege}>
                        <Checkbox
                          aria-label={t(`privilege.${MESSAGE_KEY[privilege]}`)}
                          checked={value.includes(privilege)}
                          onCheckedChange={(on) => toggle(privilege, on === true)}
                        />
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
