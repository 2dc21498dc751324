import { existsSync } from "node:fs";
import { fail, has, run, runTool, say } from "./tools.mjs";

/** Without a window to draw it needs a third less of the processor. */
const HEADLESS = "/usr/bin/chromium-headless-shell";

const INSTALLED = [
  HEADLESS,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** @returns the path of a Chromium, installed now when there was none */
export async function ensureBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    fail(`CHROMIUM_PATH is ${given}, and there is no such file. Correct it, or unset it to have a browser looked for.`);
  }
  const found = await look();
  if (found && (found === HEADLESS || !process.env.CI)) return found;

  if (process.getuid?.() === 0 && has("apt-get")) {
    say("Installing Chromium with apt-get …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { env });
    // Debian has the first, its relatives only the second.
    for (const browser of ["chromium-headless-shell", ...(found ? [] : ["chromium"])]) {
      await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", browser, "fonts-liberation"], { env });
      const installed = await look();
      if (installed) return installed;
    }
  }
  if (found) return found;
  say("Installing Playwright's Chromium …");
  await runTool("@playwright/test/cli.js", ["install", "chromium"]);
  return (
    (await look()) ??
    fail(
      "No browser could be found or installed. Install Chromium or Chrome and run this again, with CHROMIUM_PATH if it is in an unusual place.",
    )
  );
}

async function look() {
  const { chromium } = await import("@playwright/test");
  return [...INSTALLED, chromium.executablePath()].find((path) => path && existsSync(path));
}
