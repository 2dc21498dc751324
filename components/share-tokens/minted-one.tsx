"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { Countdown } from "@/components/ui/countdown";
import { DescriptionList } from "@/components/ui/description-list";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { DateTimeBoth } from "@/components/ui/relative-time";
import { SecretBox } from "@/components/ui/secret-box";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import type { MintSession } from "./mint-dialog";
import { importCommand, type MintedBatch, type MintedRow } from "./minted";
import { ReceiverCard } from "./partner-field";
import { TermsText } from "./terms-text";

type Props = {
  batch: MintedBatch;
  minted: MintedRow;
  session: MintSession | null;
  onSecured: () => void;
  onDone: () => void;
};

/** The token, this once, with all that its receiver needs. */
export function MintedOne({ batch, minted, session, onSecured, onDone }: Props) {
  const t = useTranslations("mint");
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {minted.token === null ? (
          <Callout tone="success" announce title={t("handOff.done")}>
            {t("handOff.doneText", { organisation: batch.receiver.organisationName, count: 1 })}
          </Callout>
        ) : (
          // Copied by hand counts as well.
          <div onCopy={onSecured}>
            <SecretBox
              label={t("result.token")}
              secret={minted.token}
              covered={false}
              warning={t("result.once")}
              onCopied={onSecured}
            />
          </div>
        )}
        <ReceiverCard receiver={batch.receiver} />
        <DescriptionList
          layout="grid"
          items={[
            {
              term: t("result.session"),
              value: (
                <span className="break-words">
                  #{minted.sessionNumber}
                  {session?.name ? ` · ${session.name}` : ""}
                </span>
              ),
            },
            { term: t("result.terms"), value: <TermsText terms={minted.terms} /> },
            { term: t("ttl.expires"), value: <DateTimeBoth value={minted.expiresAt} /> },
            {
              term: t("result.left"),
              value: <Countdown until={minted.expiresAt} className="font-medium text-base tabular-nums" />,
            },
          ]}
        />
        <Tabs defaultValue={minted.token === null ? "claims" : "curl"}>
          <TabList aria-label={t("result.more")}>
            {minted.token !== null && <Tab value="curl">{t("result.curl")}</Tab>}
            <Tab value="claims">{t("result.claims")}</Tab>
          </TabList>
          {minted.token !== null && (
            <TabPanel value="curl" className="flex flex-col gap-2" onCopy={onSecured}>
              <p className="text-muted text-sm">{t("result.curlHint")}</p>
              <CodeBlock
                label={t("result.curl")}
                code={importCommand(batch.publicUrl, minted.token)}
                wrap
                onCopied={onSecured}
              />
            </TabPanel>
          )}
          <TabPanel value="claims" className="flex flex-col gap-2">
            <p className="text-muted text-sm">{t("result.claimsHint")}</p>
            <CodeBlock label={t("result.claims")} code={JSON.stringify(minted.claims, null, 2)} />
          </TabPanel>
        </Tabs>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          {t("done")}
        </Button>
      </DialogFooter>
    </>
  );
}
