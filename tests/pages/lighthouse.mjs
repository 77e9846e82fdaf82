// Runs Lighthouse, as a phone on a slow network, on every page of a served site.
//   node lighthouse.mjs BASE CHROMIUM PATH...
// Prints a JSON list: [{ page, scores: {category: 0 to 100}, failed: [{ id, title }] }].

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [base, chromePath, ...paths] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const QUIET = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

function told(page, { categories, audits }) {
  const scores = CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]);
  const scored = CATEGORIES.flatMap((name) => categories[name].auditRefs)
    .filter((reference) => reference.weight > 0)
    .map((reference) => audits[reference.id]);
  const failed = scored
    .filter((audit) => audit.score !== null && audit.score < 0.9)
    .map(({ id, title }) => ({ id, title }));
  return { page, scores: Object.fromEntries(scores), failed };
}

const chrome = await launch({ chromePath, chromeFlags: QUIET, logLevel: "silent" });
const results = [];
try {
  for (const path of paths) {
    const url = new URL(path, base).href;
    const run = await lighthouse(url, {
      port: chrome.port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES,
    });
    results.push(told(path, run.lhr));
  }
} finally {
  await chrome.kill();
}
console.log(JSON.stringify(results));
