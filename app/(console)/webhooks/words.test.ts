import { describe, expect, it } from "vitest";
import { URL_REFUSALS } from "@/domain/webhooks/address";
import { WEBHOOK_EVENTS } from "@/domain/webhooks/rules";
import { SEND_FAILURES } from "@/domain/webhooks/send";
import { signatureHeaders, verifySignature } from "@/domain/webhooks/sign";
import { LOCALES } from "@/i18n/locales";
import type en from "@/messages/en/webhooks.json";
import { EVENT_GROUPS, hintOf, isDestinationRefusal, isFailure } from "./words";

const messagesOf = async (locale: string) =>
  (await import(`../../../messages/${locale}/webhooks.json`)).default as typeof en;

describe("the words of webhooks", () => {
  it.each(LOCALES)("%s has a sentence for every way in which sending or saving can fail", async (locale) => {
    const { error, tester } = await messagesOf(locale);
    expect(Object.keys(error.code)).toEqual(expect.arrayContaining([...SEND_FAILURES]));
    expect(Object.keys(error.url)).toEqual(expect.arrayContaining([...URL_REFUSALS]));
    const sentences = [...Object.values(error.code), ...Object.values(error.url)];
    expect(new Set(sentences).size).toBe(sentences.length);

    // What the test receiver says of a signature.
    const body = '{"timestamp":1}';
    const headers = new Headers(
      signatureHeaders({ body, timestamp: 1, sessionId: null, status: null, webhookType: "", secrets: ["s"] }),
    );
    const reason = (change: (headers: Headers) => void, text = body) => {
      const changed = new Headers(headers);
      change(changed);
      const check = verifySignature({ body: text, headers: changed, secret: "s", now: new Date(1_000) });
      return check.ok ? "verified" : check.reason;
    };
    const seen = [
      reason(() => {}),
      reason(() => {}, "x"),
      reason((given) => given.delete("X-Timestamp")),
      reason((given) => given.set("X-Timestamp", "2")),
      reason((given) => given.delete("X-Signature-V2")),
      reason((given) => given.set("X-Signature-V2", "00")),
    ];
    expect(Object.keys(tester.verdict).sort()).toEqual(seen.sort());
  });

  it("know every failure and refusal", () => {
    expect(SEND_FAILURES.filter((code) => !isFailure(code))).toEqual([]);
    expect(URL_REFUSALS.filter((code) => !isDestinationRefusal(code))).toEqual([]);
    expect(["toString", "constructor", "a program's own words"].filter(isFailure)).toEqual([]);
  });

  it("file every event under one group", () => {
    expect(EVENT_GROUPS.flatMap(({ events }) => [...events]).sort()).toEqual([...WEBHOOK_EVENTS].sort());
  });

  it.each([
    [302, "redirect"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "notFound"],
    [410, "gone"],
    [408, null],
    [422, "refused"],
    [429, "slowDown"],
    [503, "server"],
  ])("say of %i what it usually means", (status, hint) => {
    expect(hintOf(status)).toBe(hint);
  });
});
