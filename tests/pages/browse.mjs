// Opens every page of a served site in Chromium and says what is wrong with it.
//   node browse.mjs BASE SHOTS CHROMIUM PATH...
// Prints one JSON object: { findings: [{page, view, rule, says}], opened, shots }.

import { createRequire } from "node:module";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [base, shotFolder, executablePath, ...paths] = process.argv.slice(2);
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SCHEMES = ["light", "dark"];
// Audited at the narrowest and at a usual width, pictured as most people will see it.
const SCREENS = [
  { name: "phone", audited: { width: 320, height: 640 }, pictured: { width: 390, height: 844 } },
  { name: "desktop", audited: { width: 1280, height: 900 }, pictured: { width: 1280, height: 900 } },
];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const MAX_REQUESTS = 6;
const MAX_EXTRA_KIB = 46; // 60 for a page with all its parts, less 14 for the document
const QUIET = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const findings = [];
const counted = { opened: 0, shots: 0 };

function watch(page, found) {
  const requests = new Set();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) found("console", message.text());
  });
  page.on("pageerror", (error) => found("console", error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith("data:")) return;
    requests.add(url);
    if (new URL(url).origin !== new URL(base).origin) found("other-origin", url);
  });
  page.on("requestfailed", (request) => found("request-failed", request.url()));
  page.on("response", (response) => {
    if (response.status() >= 400) found("status", `${response.status()} ${response.url()}`);
  });
  return requests;
}

// Runs inside the page.
function measure() {
  const root = document.documentElement;
  const sticksOut = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
    .filter((element) => getComputedStyle(element).position !== "absolute")
    .map((element) => element.tagName.toLowerCase());
  const runs = (script) => !script.type || /javascript|module/.test(script.type);
  const parts = performance.getEntriesByType("resource").map((part) => part.encodedBodySize);
  return {
    extraKib: parts.reduce((sum, size) => sum + size, 0) / 1024,
    overflow: root.scrollWidth - root.clientWidth,
    sticksOut: sticksOut.slice(0, 3),
    scripts: [...document.scripts].filter(runs).length,
  };
}

// The first Tab leads to the skip link, where it can be seen; every stop after it shows its focus.
async function keyboard(page, found) {
  await page.evaluate(() => document.activeElement?.blur());
  const stops = [];
  for (let tab = 0; tab < 12; tab += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const { tagName, className, hash } = document.activeElement;
      const box = document.activeElement.getBoundingClientRect();
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return {
        name: `${tagName.toLowerCase()}.${className}`,
        skips: hash === "#content",
        seen: box.top > -1 && box.bottom < innerHeight + 1 && box.height > 0,
        where: `${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight}`,
        marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        body: tagName === "BODY",
      };
    }));
  }
  if (!stops[0].skips || !stops[0].seen) found("keyboard", "the first stop is no visible skip link");
  for (const { name, seen, marked, where, body } of stops) {
    if (!body && !(seen && marked)) found("keyboard", `no focus is seen on ${name}, ${where}`);
  }
}

// On paper everything is there: what was folded, and in black on white.
async function paper(page, found) {
  await page.emulateMedia({ media: "print" });
  const told = await page.evaluate(() => ({
    folded: [...document.querySelectorAll("details > :not(summary)")]
      .filter((part) => !part.checkVisibility()).length,
    ink: getComputedStyle(document.body).color,
  }));
  if (told.folded > 0) found("print", `${told.folded} folded parts are left out`);
  const [red, green, blue] = told.ink.match(/\d+/g).map(Number);
  if (red + green + blue > 300) found("print", `the ink is ${told.ink}`);
  await page.emulateMedia({ media: "screen" });
}

async function look(context, path, screen, scheme) {
  const view = `${screen.audited.width} px, ${scheme}`;
  const found = (rule, says) => findings.push({ page: path, view, rule, says });
  const page = await context.newPage();
  const requests = watch(page, found);
  await page.setViewportSize(screen.audited);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(new URL(path, base).href, { waitUntil: "load" });
  counted.opened += 1;

  const seen = await page.evaluate(measure);
  if (seen.overflow > 0) found("scrolls-sideways", `by ${seen.overflow} px: ${seen.sticksOut}`);
  if (seen.scripts > 0) found("script", `${seen.scripts} on the page`);
  if (requests.size > MAX_REQUESTS) found("requests", `${requests.size} of at most ${MAX_REQUESTS}`);
  if (seen.extraKib > MAX_EXTRA_KIB) {
    found("weight of the parts", `${seen.extraKib.toFixed(1)} KiB of at most ${MAX_EXTRA_KIB}`);
  }

  await page.setViewportSize(screen.pictured);
  await picture(page, `${nameOf(path)}--${screen.name}-${scheme}.png`);
  await page.setViewportSize(screen.audited);
  await keyboard(page, found);
  await paper(page, found);
  // Questions and answers are folded: what is hidden is audited as well.
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    AXE_TAGS,
  );
  for (const violation of violations) {
    const places = violation.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ");
    found(`axe ${violation.id}`, `${violation.help}: ${places}`);
  }
  await page.close();
}

function nameOf(path) {
  return path.replace(/(^|\/)index\.html$/, "").replace(/\.html$/, "").replaceAll("/", "-") || "root";
}

async function picture(page, name) {
  await page.screenshot({ path: join(shotFolder, name), fullPage: true });
  counted.shots += 1;
}

const profile = await mkdtemp(join(tmpdir(), "page-audit-"));
await mkdir(shotFolder, { recursive: true });
const context = await chromium.launchPersistentContext(profile, { executablePath, args: QUIET });
try {
  for (const path of paths) {
    for (const scheme of SCHEMES) {
      for (const screen of SCREENS) await look(context, path, screen, scheme);
    }
  }
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
console.log(JSON.stringify({ findings, ...counted }));
