// The clipboard: a table both bordered and tab-separated, a picture, and what to say where the
// desktop refuses either.
import type { Table, Text } from "../engine/wire";

/** What came of it: null where it worked, a sentence otherwise. */
export type Copied = Text | null;

const REFUSED: Text = {
  zh: "系统没有允许写入剪贴板。请改用“另存为 XLSX”，或在窗口内点击后再试一次。",
  en: "The system did not allow writing to the clipboard. Save as XLSX instead, or click into the window and try again.",
};

/** A table for Word and WPS (borders) and for sheets (tabs) at once. */
export async function copyTable(table: Table): Promise<Copied> {
  try {
    if (typeof ClipboardItem === "function" && navigator.clipboard?.write) {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/html": new Blob([table.html], { type: "text/html" }),
          "text/plain": new Blob([table.text], { type: "text/plain" }),
        }),
      ]);
      return null;
    }
  } catch {
    // the older way below may still be allowed
  }
  return copyByEvent({ "text/html": table.html, "text/plain": table.text }) ? null : REFUSED;
}

/** Plain text: the correction list. */
export async function copyText(text: string): Promise<Copied> {
  try {
    if (navigator.clipboard?.writeText) {
      await navigator.clipboard.writeText(text);
      return null;
    }
  } catch {
    // as above
  }
  return copyByEvent({ "text/plain": text }) ? null : REFUSED;
}

/** A picture, PNG. */
export async function copyPicture(picture: Blob): Promise<Copied> {
  try {
    if (typeof ClipboardItem === "function" && navigator.clipboard?.write) {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      return null;
    }
  } catch {
    // no older way carries a picture
  }
  return {
    zh: "系统没有允许把图片写入剪贴板。请改用“图片另存为”。",
    en: "The system did not allow a picture on the clipboard. Save the picture to a file instead.",
  };
}

// What WebKitGTK and plain http pages allow where the newer interface is refused: the copy event's
// own data, filled while it is on its way.
function copyByEvent(data: Record<string, string>): boolean {
  let filled = false;
  const fill = (event: ClipboardEvent): void => {
    for (const [kind, text] of Object.entries(data)) event.clipboardData?.setData(kind, text);
    filled = event.clipboardData !== null;
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  try {
    return typeof document.execCommand === "function" && document.execCommand("copy") && filled;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", fill);
  }
}
