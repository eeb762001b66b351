// The programs under test, the sample city they open, and where pictures are kept.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

/** The command and the window's program, as `make test` builds them. */
export const REDLINE = process.env.REDLINE ?? join(target, "debug/redline");
export const WINDOW = process.env.REDLINE_WINDOW ?? join(target, "debug/redline-window");

/** The page's own packages, where Playwright is. */
export const UI_PACKAGE = join(root, "ui/package.json");

/** The folder of the pictures of one kind of run. */
export function artefacts(kind) {
  const folder = join(target, "artefacts", kind);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A sample city of 2000 parcels, made once by the command under test. */
export function city() {
  const folder = join(target, "end-to-end", "city");
  const workspace = join(folder, "city.gpkg");
  if (!existsSync(workspace)) execFileSync(REDLINE, ["sample", folder, "--parcels", "2000", "--quiet"]);
  return { workspace, project: (name) => join(folder, "projects", name) };
}

/** Folders of its own for one run: nothing is remembered from another, nothing of the person's is touched. */
export function apart() {
  const folder = mkdtempSync(join(tmpdir(), "redline-e2e-"));
  // where the desktop says documents are
  const documents = join(folder, "documents");
  mkdirSync(documents);
  mkdirSync(join(folder, "xdg-config"));
  writeFileSync(join(folder, "xdg-config/user-dirs.dirs"), `XDG_DOCUMENTS_DIR="${documents}"\n`);
  return {
    folder,
    env: {
      ...process.env,
      REDLINE_CONFIG_DIR: join(folder, "config"),
      REDLINE_CACHE_DIR: join(folder, "cache"),
      XDG_CONFIG_HOME: join(folder, "xdg-config"),
      XDG_DATA_HOME: join(folder, "xdg-data"),
      XDG_CACHE_HOME: join(folder, "xdg-cache"),
      LC_ALL: "C.UTF-8",
    },
  };
}

/** Waits until `what` gives something true, and gives it. */
export async function until(what, words, patience = 60_000) {
  const end = Date.now() + patience;
  let last;
  while (Date.now() < end) {
    try {
      const found = await what();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error(`waited ${patience / 1000} s for ${words}${last ? ` (${last.message})` : ""}`);
}
