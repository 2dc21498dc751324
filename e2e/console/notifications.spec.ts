import { type Browser, expect, type Page, test } from "@playwright/test";
import { newApplication, newMember, newPerson } from "@/domain/testing";
import { lastMailTo } from "../accounts";
import { expectAccessible, expectFits, signIn } from "./arrange";

async function desk(browser: Browser, who: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext();
  await signIn(context, who);
  return context.newPage();
}

test("a colleague who is named in a note is told here and by mail, and opens the session from there", async ({
  browser,
}) => {
  const application = await newApplication();
  const [one, other] = await Promise.all([
    newMember(application, "compliance_officer"),
    newMember(application, "reader"),
  ]);
  const session = await newPerson(application, { status: "In Review" });
  const [writer, reader] = [await desk(browser, one), await desk(browser, other)];

  await reader.goto("/sessions");
  await reader.getByRole("button", { name: "Notifications", exact: true }).click();
  await expect(reader.getByText(/^Nothing yet/)).toBeVisible();
  await expectAccessible(reader);

  await writer.goto(`/sessions/${session.id}`);
  const note = writer.getByRole("textbox", { name: "Add a note" });
  await expect(async () => {
    await note.fill("");
    await note.pressSequentially(`Please look, @${other.email.slice(0, 6)}`);
    await expect(writer.getByRole("listbox", { name: "Colleagues" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(writer.getByRole("option")).toHaveCount(1);
  await expectAccessible(writer);
  await note.press("Enter");
  await expect(note).toHaveValue(`Please look, @${other.email} `);
  await writer.getByRole("button", { name: "Add note" }).click();
  await expect(writer.getByText("Note added")).toBeVisible();

  await reader.reload();
  const bell = reader.getByRole("button", { name: "Notifications, 1 unread" });
  await expect(bell).toBeVisible();
  await bell.click();
  await expectAccessible(reader);
  await reader.setViewportSize({ width: 390, height: 800 });
  await expectFits(reader);
  await reader.getByRole("link", { name: new RegExp(`mentioned you on session #${session.number}`) }).click();
  await expect(reader).toHaveURL(new RegExp(`/sessions/${session.id}$`));
  await expect(reader.getByRole("button", { name: "Notifications", exact: true })).toBeVisible();
  const mail = await lastMailTo(other.email);
  expect(mail.kind).toBe("session_mention");
  expect(mail.text).toContain(`/sessions/${session.id}`);
  expect(mail.text).not.toContain("Please look");
  await Promise.all([writer.context().close(), reader.context().close()]);
});
