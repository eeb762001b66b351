// The loopback page's front: what travels, what comes back, what a failing program says.
import { afterEach, describe, expect, test, vi } from "vitest";
import { browser, upload } from "./browser";

const answered = (text: string, status = 200): Response => new Response(text, { status });
const stream = (...chunks: string[]): Response =>
  new Response(
    new ReadableStream({
      start(to) {
        for (const chunk of chunks) to.enqueue(new TextEncoder().encode(chunk));
        to.close();
      },
    }),
  );

afterEach(() => vi.unstubAllGlobals());

describe("a call", () => {
  test("tells of its progress line by line, wherever the lines are cut, and answers with the last", async () => {
    vi.stubGlobal("fetch", async () =>
      stream('{"progress":{"stage":{"zh":"读","en":"read"},"done":1,"to', 'tal":2}}\n{"answer":{"zh"', ':"完"}}\n'),
    );
    const seen: number[] = [];
    const answer = await browser().call("start", {}, { onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([1]);
    expect(answer).toEqual({ zh: "完" });
  });

  test("that the engine refuses says the engine's sentence", async () => {
    const refusal = { code: "not-a-workspace", text: { zh: "不是工作空间。", en: "Not a workspace." } };
    vi.stubGlobal("fetch", async () => stream(`${JSON.stringify({ refusal })}\n`));
    await expect(browser().call("start", {})).rejects.toEqual(refusal);
  });

  test("whose answer breaks off is no answer", async () => {
    vi.stubGlobal("fetch", async () => stream('{"progress":{"stage":{"zh":"","en":""},"done":0,"total":null}}\n'));
    await expect(browser().call("start", {})).rejects.toMatchObject({ code: "front-unreachable" });
  });

  test("to a program that is gone says to look after it, in both languages", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("connection refused")));
    const refusal = await browser()
      .call("start", {})
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ text: { zh: expect.stringContaining("redline open"), en: expect.stringContaining("redline open") } });
  });

  test("that is stopped at the door says the door's sentence once", async () => {
    const refusal = { code: "no-cookie", text: { zh: "请从命令行给出的地址进入。", en: "Enter by the address." } };
    vi.stubGlobal("fetch", async () => answered(JSON.stringify({ refusal }), 403));
    await expect(browser().call("start", {})).rejects.toEqual(refusal);
  });
});

describe("files carried to the program", () => {
  test("of a Shapefile all parts travel together and the .shp speaks for them", async () => {
    const put: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      put.push(url);
      const name = decodeURIComponent(url.split("/").pop() ?? "");
      return answered(JSON.stringify({ path: `/scratch/${name}`, top: `/scratch/${name}` }));
    });
    const paths = await upload(
      ["地块.shp", "地块.shx", "地块.dbf", "地块.prj", "说明.txt"].map((name) => ({ name, file: new File(["x"], name) })),
    );
    expect(paths).toEqual(["/scratch/地块.shp", "/scratch/说明.txt"]);
    expect(put).toHaveLength(5);
    expect(new Set(put.map((url) => url.split("/")[2])).size).toBe(1);
  });

  test("a folder arrives as one thing", async () => {
    vi.stubGlobal("fetch", async () => answered(JSON.stringify({ path: "/scratch/b/x.gdb/a1", top: "/scratch/b/x.gdb" })));
    const files = ["x.gdb/a1", "x.gdb/a2"].map((name) => ({ name, file: new File(["x"], "a") }));
    expect(await upload(files)).toEqual(["/scratch/b/x.gdb"]);
  });

  test("that the program will not take are told with its sentence", async () => {
    const refusal = { code: "too-large", text: { zh: "文件太大。", en: "Too large." } };
    vi.stubGlobal("fetch", async () => answered(JSON.stringify({ refusal }), 413));
    await expect(upload([{ name: "a.txt", file: new File(["x"], "a.txt") }])).rejects.toEqual(refusal);
  });
});
