// Times when a page's words are on the screen of a phone on a bad link.
//   node slow_link.mjs CHROMIUM URL ROUNDS
// 400 ms, 400 kbit/s and a processor four times slower. Prints JSON: milliseconds from the start
// of the request to the first paint of text, a number for each round. Setting up the connection
// (DNS, TCP, TLS) is not in it: over loopback there is none to speak of.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [executablePath, url, rounds] = process.argv.slice(2);
const LINK = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER = 4;
const QUIET = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

async function once() {
  const profile = await mkdtemp(join(tmpdir(), "page-slow-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, args: QUIET, viewport: { width: 390, height: 844 },
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", LINK);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(url, { waitUntil: "load" });
    return await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      const [painted] = performance.getEntriesByName("first-contentful-paint");
      return painted.startTime - navigation.requestStart;
    });
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

const taken = [];
for (let round = 0; round < Number(rounds); round += 1) taken.push(Math.round(await once()));
console.log(JSON.stringify(taken));
