// Takes pictures of pages of a served site.
//   node shoot.mjs CHROMIUM < [{ url, file, width, height, scheme }]
// Each shows what a screen of that size shows first.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const [executablePath] = process.argv.slice(2);
const QUIET = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const shots = JSON.parse(await text(process.stdin));
const profile = await mkdtemp(join(tmpdir(), "page-shots-"));
const context = await chromium.launchPersistentContext(profile, { executablePath, args: QUIET });
try {
  const page = await context.newPage();
  for (const { url, file, width, height, scheme } of shots) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(url, { waitUntil: "load" });
    await page.screenshot({ path: file });
  }
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
