// The loopback page under test: `redline open --browser`, and a Chromium to look at it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { REDLINE, UI_PACKAGE, apart } from "../front/program.mjs";

const { chromium } = createRequire(UI_PACKAGE)("playwright-core");

/** A browser without a screen; as root it has no sandbox of its own. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** Serves the page on a city; gives the address it printed and a way to end it as a person does. */
export async function serve(files) {
  const server = spawn(REDLINE, ["open", ...files, "--browser", "--no-launch", "--lang", "en"], {
    env: apart().env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (bytes) => {
      said += bytes;
      if (said.includes("\n")) resolve(said.split("\n")[0]);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redline open ended with ${code}`)));
  });
  const ended = new Promise((resolve) => server.once("exit", (code) => resolve(code)));
  return {
    address,
    end() {
      server.kill("SIGINT");
      return ended;
    },
  };
}
