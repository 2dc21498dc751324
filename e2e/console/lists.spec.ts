import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, type Side, signIn } from "./arrange";

const tag = () => randomUUID().slice(0, 8).toUpperCase();

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A person's session that finishes with this document; approved, unless a list says otherwise. */
async function finishing(side: Side, documentNumber: string): Promise<{ id: string; status: string }> {
  const reference = `e2e-${randomUUID()}`;
  const { results } = await call<{ results: { session_id: string }[] }>(side, "POST", "/v3/session/imports/", {
    decisions: [
      {
        session_id: reference,
        session_kind: "user",
        status: "Approved",
        vendor_data: reference,
        created_at: "2026-06-02T08:00:00Z",
        id_verifications: [
          {
            node_id: "feature_ocr",
            status: "Approved",
            document_type: "Identity Card",
            document_number: documentNumber,
            issuing_state: "ESP",
            full_name: "Iria O'Vello",
            warnings: [],
          },
        ],
      },
    ],
  });
  const id = results[0]!.session_id;
  const { status } = await call<{ status: string }>(side, "GET", `/v3/session/${id}/decision/`);
  return { id, status };
}

test("a document is blocked from a record, met by the next session that finishes, and taken off", async ({
  page,
  context,
}) => {
  test.slow();
  const { issuer } = demo();
  const number = `LST${tag()}`;
  const first = await finishing(issuer, number);
  expect(first.status).toBe("Approved");
  await signIn(context, issuer);
  await page.goto(`/sessions/${first.id}`);
  await page.getByRole("button", { name: "Block…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(number)).toBeVisible();
  await dialog.getByLabel("Why").fill("Reported stolen");
  await dialog.getByRole("button", { name: "Block: Document number" }).click();
  await expect(dialog.getByRole("button", { name: "Unblock: Document number" })).toBeVisible();
  await expect(dialog.getByText("Blocked", { exact: true })).toBeVisible();
  await expectAccessible(page);
  const second = await finishing(issuer, number.toLowerCase());
  expect(second.status).toBe("Declined");

  await dialog.getByRole("link", { name: "On the list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Blocked documents");
  await page.getByRole("searchbox", { name: "Search entries" }).fill(number.slice(0, 9).toLowerCase());
  const row = page.getByRole("row", { name: new RegExp(number) });
  await expect(row.getByText("Reported stolen")).toBeVisible();
  expect(page.url()).not.toContain(number.slice(0, 9).toLowerCase());
  await row.getByRole("link", { name: "1 session met this entry" }).click();
  const hits = page.getByRole("table", { name: "Sessions that met it" });
  await expect(hits.getByRole("link", { name: /Iria O'Vello/ })).toHaveCount(1);
  await expect(hits.getByText("Declined").first()).toBeVisible();
  await expectAccessible(page);
  await hits.getByRole("link", { name: /Iria O'Vello/ }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${second.id}$`));

  await page.goBack();
  await page.getByRole("link", { name: /^Entries/ }).click();
  await page.getByRole("searchbox", { name: "Search entries" }).fill(number);
  await row.getByRole("button", { name: `Remove ${number}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take off" }).click();
  // While the question is open, nothing behind it has a role.
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(row).toHaveCount(0);
  expect((await finishing(issuer, number)).status).toBe("Approved");
});

test("a list of one's own is created, filled, renamed, told what to do and deleted", async ({ page, context }) => {
  test.slow();
  const { issuer } = demo();
  const name = `Vigilância “${tag()}”`;
  const number = `OWN${tag()}`;
  await signIn(context, issuer);
  await page.goto("/lists");
  await page.getByRole("button", { name: "Create list" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create list" }).click();
  await expect(dialog.getByText("Name: enter one, of at most 255 characters.")).toBeVisible();
  await expect(dialog.getByText("What it holds: choose a type.")).toBeVisible();
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "What it holds" }).click();
  await page.getByRole("option", { name: "Document number" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page).toHaveURL(/\/lists\/[0-9a-f-]{36}$/);
  const address = page.url();

  await page.getByRole("button", { name: "Add entry" }).click();
  await dialog.getByLabel("Document number").fill("?");
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog.getByText("Document number: enter at least three letters or digits.")).toBeVisible();
  await dialog.getByLabel("Document number").fill(number);
  await dialog.getByLabel("Label").fill("王小明’s");
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: new RegExp(number) }).getByText("王小明’s")).toBeVisible();
  await page.getByRole("button", { name: "Add entry" }).click();
  await dialog.getByLabel("Document number").fill(number.toLowerCase());
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog.getByText("This value is on the list already.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await finishing(issuer, number)).status).toBe("In Review");

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog.getByLabel("Name").fill(`${name} 2`);
  await dialog.getByRole("radio", { name: /^Declined/ }).check();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} 2`);
  expect((await finishing(issuer, number)).status).toBe("Declined");

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete list" }).click();
  await expect(page).toHaveURL(/\/lists$/);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  expect((await finishing(issuer, number)).status).toBe("Approved");
});

test("a face is added by its image and removed; a system blocklist keeps its name", async ({ page, context }) => {
  await signIn(context, demo().stranger);
  await page.goto("/lists?holds=face");
  await page.getByRole("link", { name: "Blocked faces" }).click();
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: /^Declined/ })).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Add entry" }).click();
  const file = dialog.getByLabel("Image of the face");
  await file.setInputFiles({ name: "face.txt", mimeType: "text/plain", buffer: Buffer.from("no image") });
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog.getByText("Image of the face: choose a JPEG, PNG or WebP")).toBeVisible();
  const image = Buffer.concat([PIXEL, Buffer.from(tag())]);
  await file.setInputFiles({ name: "face.png", mimeType: "image/png", buffer: image });
  await dialog.getByLabel("Label").fill("Seen at the door");
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("row", { name: /Seen at the door/ }).first();
  await expect(row.locator("img")).toBeVisible();
  await row.getByRole("button", { name: "Remove Seen at the door" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take off" }).click();
  await expect(page.getByText("Seen at the door was taken off").first()).toBeVisible();
});

test("another application's list is not there, on a page or over what the page reads", async ({ page, context }) => {
  const { issuer, stranger } = demo();
  const { results } = await call<{ results: { uuid: string }[] }>(issuer, "GET", "/v3/lists/?limit=1");
  const id = results[0]!.uuid;
  await signIn(context, stranger);
  for (const path of [`/lists/${id}`, `/lists/${id}/hits`, `/lists/${randomUUID()}`, "/lists/nothing"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  const read = (list: string, part: string) => page.request.get(`/api/console/lists/${list}/${part}`);
  for (const part of ["entries", "hits"]) {
    const [theirs, none] = await Promise.all([read(id, part), read(randomUUID(), part)]);
    expect([theirs.status(), await theirs.text()]).toEqual([404, await none.text()]);
  }
  const searched = await page.request.post(`/api/console/lists/${id}/entries`, { data: { search: "anything" } });
  expect(searched.status()).toBe(404);
});

test("lists are accessible", async ({ browser }) => {
  const { issuer } = demo();
  const { results } = await call<{ results: { uuid: string }[] }>(
    issuer,
    "GET",
    "/v3/lists/?list_type=blocklist&entry_type=document",
  );
  const id = results[0]!.uuid;
  const context = await browser.newContext();
  await signIn(context, issuer);
  const page = await context.newPage();
  for (const path of ["/lists", `/lists/${id}`, `/lists/${id}/hits`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto(`/lists/${id}`);
  await page.getByRole("button", { name: "Add entry" }).first().click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await context.close();
});
