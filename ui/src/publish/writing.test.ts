// What leaves the publish side: files and map sets.
import { describe, expect, test } from "vitest";
import { readScale, sizeWords } from "./names";
import { desk, REVIEW } from "./recorded/desk.svelte";
import { framePieces, inside } from "./ring";
import { scaleToShow } from "./view-scale";

async function ready(...given: Parameters<typeof desk>) {
  const all = desk(...given);
  await all.sheet.begin();
  return all;
}

describe("files", () => {
  test("a sheet is written where the person says", async () => {
    const { engine, writing, sheet, offered, names } = await ready({}, "/我的/图.png");
    sheet.title = "附图/一";
    writing.format = "png";
    writing.dpi = 150;
    await writing.sheet();
    expect(names).toEqual(["附图 一.png"]);
    expect(engine.of("export_sheet")).toEqual([{ sheet: sheet.asked, format: "png", dpi: 150, path: "/我的/图.png" }]);
    expect(offered).toEqual([]);
    expect(writing.written[0]).toMatchObject({ offered: false, remarks: [{ zh: "省略了 3 处。" }] });
  });

  test("where the front has no dialog it is offered as a download", async () => {
    const { engine, writing, offered, names } = await ready();
    await writing.sheet();
    expect(names).toEqual(["全市图.pdf"]);
    expect(engine.of("export_sheet")[0]).toMatchObject({ path: null });
    expect(offered).toEqual(["图.pdf"]);
    expect(writing.written[0]?.offered).toBe(true);
  });

  test("a dialog that is left writes nothing and says nothing", async () => {
    const { engine, writing } = await ready({}, null);
    await writing.sheet();
    expect(engine.of("export_sheet")).toEqual([]);
    expect(writing).toMatchObject({ running: null, refusal: null, written: [] });
  });

  test("a report is signed by whoever decided, else it is the system's", async () => {
    const { engine, writing, sheet, hold, names } = await ready();
    hold(REVIEW);
    sheet.publisher = " 规划局 ";
    await writing.report("docx");
    expect(names).toEqual(["度假村 审查报告.docx"]);
    expect(engine.of("export_report")).toMatchObject([{ review: 7, format: "docx", unit: "规划局", decided_by: null, maps: true }]);
    sheet.decided = true;
    await writing.report("pdf");
    expect(engine.of("export_report")).toHaveLength(1);
    expect(writing.unsigned?.zh).toContain("请写上认定人");
    sheet.decidedBy = "李工";
    writing.maps = false;
    await writing.report("pdf");
    expect(engine.of("export_report")[1]).toMatchObject({ format: "pdf", decided_by: "李工", maps: false });
    await writing.table();
    expect(engine.of("export_review")).toEqual([{ review: 7, format: "xlsx", lang: "zh", path: null }]);
  });

  test("a comparison is written as a paper", async () => {
    const { engine, writing, sheet, compared, names } = await ready();
    sheet.of("changes");
    await compared.list();
    await writing.changes("pdf");
    expect(names).toEqual(["生态控制线 r2-r6 版本比较.pdf"]);
    expect(engine.of("export_changes")).toMatchObject([{ layer: "control_line", from: 2, to: 6, format: "pdf" }]);
  });

  test("a refusal stays in sight until the next one is written; what was stopped says nothing", async () => {
    let refusing = true;
    const { writing } = await ready({
      export_sheet: () => {
        if (refusing) throw { code: "disk-full", text: { zh: "磁盘已满。", en: "The disk is full." } };
        throw new DOMException("", "AbortError");
      },
    });
    await writing.sheet();
    expect(writing.refusal?.text.zh).toBe("磁盘已满。");
    refusing = false;
    await writing.sheet();
    expect(writing).toMatchObject({ refusal: null, running: null, written: [] });
  });
});

describe("map sets", () => {
  test("by district are of the city, each sheet at its own place, whatever is previewed", async () => {
    const { engine, atlas, sheet, hold } = await ready();
    hold(REVIEW);
    sheet.place([113, 23], 5000);
    sheet.title = "附图一";
    await atlas.make();
    expect(engine.of("make_atlas")).toMatchObject([
      { by: "district", layer: null, format: "pdf", folder: null, sheet: { subject: { of: "city" }, scale: null, centre: null, title: "" } },
    ]);
    expect(atlas.made).toMatchObject({ sheets: 11, drawn: 8 });
    await atlas.make();
    expect(engine.of("make_atlas")[1]).toMatchObject({ folder: "/文档/图集" });
  });

  test("by zone name their layer; by project need a review", async () => {
    const { engine, atlas, hold } = await ready();
    atlas.by = "zone";
    atlas.of("red_line");
    await atlas.make();
    expect(engine.of("make_atlas")[0]).toMatchObject({ by: "zone", layer: "red_line" });
    atlas.by = "project";
    expect(atlas.missing?.zh).toContain("先到“审查”");
    await atlas.make();
    expect(engine.of("make_atlas")).toHaveLength(1);
    hold(REVIEW);
    await atlas.make();
    expect(engine.of("make_atlas")[1]).toMatchObject({ by: "project", layer: null, sheet: { subject: { of: "review", review: 7 } } });
  });

  test("one that is stopped says so and no more", async () => {
    const { atlas } = await ready({ make_atlas: (_, signal) => new Promise((_ok, no) => signal?.addEventListener("abort", () => no({ code: "cancelled", text: { zh: "", en: "" } }))) });
    const made = atlas.make();
    expect(atlas.running).toBe(true);
    atlas.stop();
    await made;
    expect(atlas).toMatchObject({ running: false, stopped: true, refusal: null, made: null });
  });
});

test("a scale is read as people write it", () => {
  expect(["1:25 000", "25000", "1：5,000", "2.5万", "1:10万"].map(readScale)).toEqual([25_000, 25_000, 5000, 25_000, 100_000]);
  expect(["", "abc", "1:", "50", "1:99 000 000", "-5000"].map(readScale)).toEqual([null, null, null, null, null, null]);
});

test("sizes are short", () => {
  expect([512, 34_567, 2_345_678].map(sizeWords)).toEqual(["512 B", "35 KB", "2.3 MB"]);
});

test("what the map shows is held by the next round scale", () => {
  // about 10.2 km × 11.1 km on 200 mm × 200 mm: 1:55 660 at least
  const scales = [50_000, 100_000, 25_000];
  expect(scaleToShow([113, 23, 113.1, 23.1], [0, 0, 200, 200], scales)).toBe(100_000);
  expect(scaleToShow([113, 23, 114, 24], [0, 0, 200, 200], scales)).toBe(100_000);
});

test("everything outside the frame is dimmed, nothing inside it", () => {
  const ring: [number, number][] = [[113, 23], [114, 23], [114, 24], [113, 24], [113, 23]];
  const [outside, line] = framePieces(ring).features;
  expect(outside?.geometry).toMatchObject({ type: "Polygon", coordinates: [expect.anything(), ring] });
  expect(line?.geometry).toEqual({ type: "LineString", coordinates: ring });
  expect(inside(ring, [113.5, 23.5])).toBe(true);
  expect(inside(ring, [114.5, 23.5])).toBe(false);
});
