// Which front carries the page is known in this folder and nowhere else.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(process.cwd(), "src");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.(ts|svelte)$/.test(path));

test("only the platform folder knows of Tauri", () => {
  expect(sources.length).toBeGreaterThan(50);
  const strangers = sources.filter(
    (path) => !path.startsWith("platform/") && /from\s+["']@tauri-apps\/|import\(\s*["']@tauri-apps\//.test(readFileSync(join(root, path), "utf8")),
  );
  expect(strangers).toEqual([]);
});

test("nothing a file holds can become markup: no {@html}, no innerHTML", () => {
  const open = sources.filter(
    (path) => !path.endsWith(".test.ts") && /\{@html|\.innerHTML\s*=|insertAdjacentHTML|\.setHTML\(/.test(readFileSync(join(root, path), "utf8")),
  );
  expect(open).toEqual([]);
});
