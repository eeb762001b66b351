// What is written to a file: sheets, reports, comparisons, tables. One at a time; what came of the last ones
// stays in sight with its remarks.
import type { Exported, ReportFormat, SheetFormat, Text } from "../engine/wire";
import { asRefusal, isCancelled, type Engine, type ProgressReport, type Refusal } from "../review/engine";
import type { Compared } from "./compared.svelte";
import { fileName } from "./names";
import type { Sheet } from "./sheet.svelte";

/** How a front takes files. */
export interface Files {
  /** Where to; null: the person left; undefined: it is offered as a download. */
  chooseSave: (name: string) => Promise<string | null | undefined>;
  offer: (file: Exported) => Promise<void>;
}

/** A file written. */
export interface Written {
  key: number;
  file: Exported;
  /** Whether it went out as a download: then its folder is the browser's to know. */
  offered: boolean;
  remarks: Text[];
}

/** What is written. */
export type What = `sheet-${SheetFormat}` | `report-${ReportFormat}` | `changes-${ReportFormat}` | "table-xlsx";

/** How many of those written are listed. */
const LISTED = 4;

/** The writing. */
export class Writing {
  running = $state<What | null>(null);
  progress = $state.raw<ProgressReport | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  /** Newest first. */
  written = $state.raw<Written[]>([]);
  format = $state<SheetFormat>("pdf");
  dpi = $state(300);
  maps = $state(true);

  #engine: Engine;
  #sheet: Sheet;
  #compared: Compared;
  #files: Files;
  #abort: AbortController | null = null;
  #last = 0;

  constructor(engine: Engine, sheet: Sheet, compared: Compared, files: Files) {
    this.#engine = engine;
    this.#sheet = sheet;
    this.#compared = compared;
    this.#files = files;
  }

  /** Why no report can be signed yet; null: it can. */
  get unsigned(): Text | null {
    return this.#sheet.decided && this.#sheet.decidedBy.trim() === ""
      ? { zh: "已勾选“已人工认定”，请写上认定人：报告要署名。", en: "A report that was decided is signed: write who decided." }
      : null;
  }

  /** Writes the sheet. */
  async sheet(): Promise<void> {
    const { format, dpi } = this;
    const sheet = this.#sheet.asked;
    if (!sheet) return;
    const title = { zh: "导出图件", en: "Writing the sheet" };
    await this.#write(`sheet-${format}`, fileName(this.#sheet, this.#compared, "sheet", format), (path, watch) =>
      this.#engine.call("export_sheet", { sheet, format, dpi, path }, { ...watch, title }),
    );
  }

  /** Writes the review's report. */
  async report(format: ReportFormat): Promise<void> {
    const asked = this.#sheet.asked;
    const review = this.#sheet.review?.review;
    if (!asked || review === undefined || this.unsigned) return;
    const { lang, title, unit, number, secrecy } = asked;
    const decided_by = this.#sheet.decided ? this.#sheet.decidedBy.trim() : null;
    const request = { review, format, lang, title, unit, number, secrecy, decided_by, maps: this.maps };
    const said = { zh: "编制审查报告", en: "Writing the report" };
    await this.#write(`report-${format}`, fileName(this.#sheet, this.#compared, "report", format), (path, watch) =>
      this.#engine.call("export_report", { ...request, path }, { ...watch, title: said }),
    );
  }

  /** Writes the review's table. */
  async table(): Promise<void> {
    const review = this.#sheet.review?.review;
    const lang = this.#sheet.asked?.lang;
    if (review === undefined || !lang) return;
    await this.#write("table-xlsx", fileName(this.#sheet, this.#compared, "table", "xlsx"), async (path, { signal }) => {
      const request = { review, format: "xlsx", lang, path } as const;
      return { file: await this.#engine.call("export_review", request, { signal }), remarks: [] };
    });
  }

  /** Writes the comparison as a paper. */
  async changes(format: ReportFormat): Promise<void> {
    const asked = this.#sheet.asked;
    if (asked?.subject.of !== "changes") return;
    const { lang, unit, number, secrecy } = asked;
    const { layer, from, to } = asked.subject;
    const title = { zh: "编制版本比较", en: "Writing the comparison" };
    await this.#write(`changes-${format}`, fileName(this.#sheet, this.#compared, "changes", format), (path, watch) =>
      this.#engine.call("export_changes", { layer, from, to, format, lang, unit, number, secrecy, path }, { ...watch, title }),
    );
  }

  stop(): void {
    this.#abort?.abort();
  }

  forget(): void {
    this.stop();
    this.written = [];
    this.refusal = null;
  }

  async #write(
    what: What,
    name: string,
    work: (
      path: string | null,
      watch: { signal: AbortSignal; onProgress: (report: ProgressReport) => void },
    ) => Promise<{ file: Exported; remarks: Text[] }>,
  ): Promise<void> {
    if (this.running !== null) return;
    this.running = what;
    this.refusal = null;
    this.progress = null;
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const path = await this.#files.chooseSave(name);
      if (path === null) return;
      const onProgress = (report: ProgressReport): void => void (this.progress = report);
      const { file, remarks } = await work(path ?? null, { signal: abort.signal, onProgress });
      if (path === undefined) await this.#files.offer(file);
      const done: Written = { key: (this.#last += 1), file, offered: path === undefined, remarks };
      this.written = [done, ...this.written.filter((one) => one.file.path !== file.path)].slice(0, LISTED);
    } catch (error) {
      if (!isCancelled(error)) this.refusal = asRefusal(error);
    } finally {
      this.running = null;
      this.progress = null;
      this.#abort = null;
    }
  }
}
