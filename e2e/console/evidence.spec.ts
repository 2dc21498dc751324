import { randomUUID } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { call, demo, expectAccessible, expectFits, signIn } from "./arrange";

/** A picture in a grey of its own, as equal bytes would be one medium. */
function picture(shade: number): string {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, check]);
  };
  const [width, height] = [64, 40];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.from([0, ...Array(width).fill(shade)])));
  return `data:image/png;base64,${Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]).toString("base64")}`;
}

const hit = (id: string, caption: string) => ({
  id,
  caption,
  datasets: ["PEP"],
  match_score: 60,
  risk_score: 40,
  review_status: "Unreviewed",
});

function person(reference: string) {
  return {
    session_id: reference,
    session_kind: "user",
    status: "In Review",
    vendor_data: reference,
    created_at: "2026-06-02T08:00:00Z",
    expected_details: { first_name: "Mira", last_name: "Vela" },
    id_verifications: [
      {
        node_id: "feature_ocr",
        status: "Approved",
        document_type: "Identity Card",
        document_number: "XQ0004217",
        date_of_birth: "1991-04-09",
        expiration_date: "2032-04-09",
        issuing_state: "ESP",
        nationality: "ESP",
        first_name: "Mira",
        last_name: "Vela",
        full_name: "Mira Vela",
        formatted_address: "Calle Uno 5, 48001 Bilbao, Spain",
        portrait_image: "https://vendor.example/portrait.png",
        front_image: "https://vendor.example/front.png",
        back_image: "https://vendor.example/back.png",
        mrz: { surname: "VELA", name: "MIRA", birth_date: "910930", document_number: "XQ0004217", mrz_type: "TD1" },
        warnings: [],
      },
    ],
    liveness_checks: [
      {
        node_id: "feature_liveness",
        status: "Approved",
        method: "PASSIVE",
        score: 97.4,
        reference_image: "https://vendor.example/selfie.png",
        warnings: [],
      },
    ],
    ip_analyses: [
      {
        node_id: "feature_ip_analysis",
        status: "Approved",
        ip_address: "192.0.2.7",
        ip_country_code: "PT",
        ip_city: "Lisbon",
        latitude: 38.72,
        longitude: -9.14,
        id_document: { location: { latitude: 43.26, longitude: -2.93 } },
        warnings: [],
      },
    ],
    aml_screenings: [
      {
        node_id: "feature_aml",
        status: "In Review",
        total_hits: 3,
        score: 60,
        hits: [hit("h-1", "Mira Vela"), hit("h-2", "Miran Vela"), hit("h-3", "Mirabel Vela")],
        warnings: [],
      },
    ],
  };
}

const owner = (name: string, percent: number) => ({
  entity_type: "person",
  name,
  ownership_percent: percent,
  shareholders: [],
});

function company(reference: string, child: string) {
  return {
    session_id: reference,
    session_kind: "business",
    status: "In Review",
    vendor_data: reference,
    created_at: "2026-06-02T08:00:00Z",
    expected_details: { company_name: "Arbola Tools SL", registry_country: "ES", registration_number: "B00042171" },
    registry_checks: [
      {
        node_id: "feature_kyb_registry",
        status: "Approved",
        company: { company_name: "ARBOLA TOOLS S.L.", registration_number: "B00042170", country_code: "ES" },
        ownership_structure: {
          shareholders: [
            {
              entity_type: "company",
              name: "Arbola Holding SL",
              registration_number: "B1",
              ownership_percent: 80,
              shareholders: [owner("Ines Prado", 60), owner("Olmo Reyes", 40)],
            },
            owner("Ada Roble", 20),
          ],
        },
        warnings: [],
      },
    ],
    key_people_checks: [
      {
        node_id: "feature_kyb_key_people",
        status: "Approved",
        submitted: {
          parties: [
            {
              uuid: randomUUID(),
              name: "Ines Prado",
              entity_type: "person",
              roles: [{ role: "ubo", ownership_percent: 48 }],
              kyc_session_id: child,
            },
          ],
        },
        warnings: [],
      },
    ],
  };
}

async function stored(decisions: object[]): Promise<string> {
  const answer = await call<{ results: { session_id: string }[] }>(demo().issuer, "POST", "/v3/session/imports/", {
    decisions,
    media: {
      "https://vendor.example/portrait.png": picture(60),
      "https://vendor.example/front.png": picture(100),
      "https://vendor.example/back.png": picture(140),
      "https://vendor.example/selfie.png": picture(180),
    },
  });
  return answer.results.at(-1)!.session_id;
}

const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };

/** Waits until the keys of a picture are heard: the frame comes from the server before it is alive. */
async function press(page: Page, key: string, seen: () => Promise<void>) {
  await expect(async () => {
    await page.keyboard.press(key);
    await seen();
  }).toPass({ timeout: 15_000 });
}

test("a person's pictures are looked at by keyboard, and a difference leads to where it stands", async ({
  page,
  context,
}) => {
  await page.setViewportSize(desktop);
  await signIn(context, demo().issuer);
  await page.goto(`/sessions/${await stored([person(`e2e-${randomUUID()}`)])}`);
  const evidence = page.getByRole("region", { name: "Evidence" });
  const viewer = evidence.getByRole("group", { name: "Picture viewer" });
  const stage = viewer.getByRole("group", { name: /keys/ });
  const shown = stage.getByRole("img");
  await stage.focus();
  await press(page, "+", () => expect(shown).toHaveAttribute("data-scale", /^(1\.4|1\.9|2\.)/, { timeout: 500 }));
  await page.keyboard.press("ArrowRight");
  await expect(shown).toHaveAttribute("data-offset", "-80,0");
  await page.keyboard.press("r");
  await expect(shown).toHaveAttribute("data-rotation", "90");
  await page.keyboard.press("b");
  await page.keyboard.press("Shift+C");
  await expect(shown).toHaveAttribute("data-light", "110,90");
  await page.keyboard.press("0");
  await expect(shown).toHaveAttribute("data-scale", "1.00");
  await expect(shown).toHaveAttribute("data-light", "100,100");
  // What was read is beside the picture; the other side is one key away, and has other data.
  await expect(viewer.getByText("Mira Vela")).toBeVisible();
  await page.keyboard.press("f");
  await expect(shown).toHaveAttribute("alt", /back/i);
  await expect(viewer.getByText("VELA")).toBeVisible();
  await page.keyboard.press("f");
  await expect(shown).toHaveAttribute("alt", /front/i);
  // Without drag and without keys.
  const tools = viewer.getByRole("toolbar", { name: "Picture tools" });
  await tools.getByRole("button", { name: "Zoom in" }).click();
  await tools.getByRole("button", { name: "Move view right" }).click();
  await expect(shown).toHaveAttribute("data-offset", "-80,0");
  await expectAccessible(page);

  await evidence.getByRole("radio", { name: "Compare faces" }).click();
  const faces = evidence.getByRole("group", { name: "Faces beside each other" });
  await expect(faces.getByRole("figure")).toHaveCount(2);
  await faces.getByRole("button", { name: "Zoom in" }).click();
  for (const face of await faces.getByRole("img").all()) await expect(face).toHaveAttribute("data-scale", "1.40");

  const consistency = page.getByRole("region", { name: "Consistency" });
  await consistency.getByRole("list", { name: "Facts that agree" }).getByText("Full name").click();
  const names = consistency.getByRole("table", { name: "Full name in every source" });
  await expect(names.getByRole("row", { name: /Expected details/ })).toContainText("same");
  const births = consistency.getByRole("table", { name: "Date of birth in every source" });
  await expect(births.getByRole("row", { name: /Machine-readable zone/ })).toContainText("910930");
  await expect(births.getByRole("row", { name: /Machine-readable zone/ })).toContainText("differs");
  await births.getByRole("link", { name: "Machine-readable zone" }).click();
  await expect(page).toHaveURL(/#id-verification$/);

  const places = page.getByRole("region", { name: "Places" });
  await expect(places.getByText(/Connection and Document: 7\d\d km apart/)).toBeVisible();
  await expect(places.getByRole("img", { name: /^Map\./ })).toBeVisible();

  await page.setViewportSize(phone);
  await expectFits(page);
  await expect(viewer.or(faces)).toBeVisible();
});

test("hits are resolved in bulk with a reason, which the history tells", async ({ page, context }) => {
  await page.setViewportSize(desktop);
  await signIn(context, demo().issuer);
  await page.goto(`/sessions/${await stored([person(`e2e-${randomUUID()}`)])}`);
  const form = page.getByRole("form", { name: "Resolve hits" });
  await expect(form).toContainText("3 of 3 unreviewed");
  await form.getByRole("checkbox", { name: "All hits" }).click();
  await form.getByRole("checkbox", { name: /Mirabel Vela/ }).click();
  await form.getByRole("button", { name: "Resolve 2 hits" }).click();
  await expect(form.getByText("Choose a reason.")).toBeVisible();
  await form.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "False positive" }).click();
  await form.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: "Different date of birth" }).click();
  await form.getByRole("button", { name: "Resolve 2 hits" }).click();
  await expect(form).toContainText("1 of 3 unreviewed");
  await expect(page.getByRole("region", { name: "History and notes" })).toContainText("Different date of birth");
  const changes = page.getByRole("region", { name: "Corrected here" }).first();
  await expect(changes.getByRole("row", { name: /False positive/i })).toHaveCount(2);
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await expectFits(page);
});

test("a company's owners are drawn, and its table says the same", async ({ page, context }) => {
  await page.setViewportSize(desktop);
  await signIn(context, demo().issuer);
  const reference = `e2e-${randomUUID()}`;
  const child = { ...person(`${reference}-p`), status: "Approved" };
  await page.goto(`/sessions/${await stored([child, company(reference, `${reference}-p`)])}`);
  const panel = page.getByRole("region", { name: "Ownership", exact: true });
  const graph = panel.getByRole("region", { name: "Ownership graph" });
  const owners = ["Arbola Holding SL", "Ines Prado", "Olmo Reyes", "Ada Roble"];
  for (const name of owners) await expect(graph.getByText(name, { exact: true })).toBeVisible();
  for (const share of ["48% in all", "32% in all", "20% in all", "80% in all"])
    await expect(graph.getByText(share)).toBeVisible();
  await expect(graph.getByText("Verified", { exact: true })).toHaveCount(1);
  await expect(graph.getByText("Not verified", { exact: true })).toHaveCount(1);
  await expect(panel.getByText("1 owner is not verified")).toBeVisible();
  await expectAccessible(page);

  await panel.getByRole("radio", { name: "Table" }).click();
  const table = panel.getByRole("table", { name: "Ownership table" });
  const rows: [string, RegExp[]][] = [
    ["Arbola Holding SL", [/80% of ARBOLA TOOLS S\.L\./]],
    ["Ines Prado", [/60% of Arbola Holding SL/, /48%/, /Verified/]],
    ["Olmo Reyes", [/40% of Arbola Holding SL/, /32%/, /Not verified/]],
    ["Ada Roble", [/20% of ARBOLA TOOLS S\.L\./, /Not required/]],
  ];
  for (const [name, parts] of rows)
    for (const part of parts)
      await expect(table.getByRole("row", { name: new RegExp(`^${name}`) })).toContainText(part);
  await expectAccessible(page);

  // What the registry says against what was submitted: one agrees, one does not.
  const card = page.getByRole("region", { name: "Registry against submitted" });
  await card.getByText("Company name").first().click();
  const names = card.getByRole("table", { name: "Company name in every source" });
  await expect(names.getByRole("row", { name: /Expected details/ })).toContainText("same");
  await expect(card.getByRole("table", { name: "Registration number in every source" })).toContainText("differs");
  await page.setViewportSize(phone);
  await expectFits(page);
});
