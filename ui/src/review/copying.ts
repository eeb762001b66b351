// The clipboard: a table both bordered and tab-separated, a picture, and what to say where the
// desktop refuses either.
import type { Table, Text } from "../engine/wire";

/** What came of it: null where it worked, a sentence otherwise. */
export type Copied = Text | null;

const REFUSED: Text = {
  zh: "系统没有允许写入剪贴板。请改用“另存为 XLSX”，或在窗口内点击后再试一次。",
  en: "The system did not allow writing to the clipboard. Save as XLSX instead, or click into the window and try again.",
};

const blob = (type: string, text: string): Blob => new Blob([text], { type });

/** A table for Word and WPS (borders) and for sheets (tabs) at once. It may still be on its way: WebKit lets
 *  write only within the click, so the clipboard is asked first and given the words when they come. */
export async function copyTable(coming: Promise<Table>): Promise<Copied> {
  try {
    if (typeof ClipboardItem === "function" && navigator.clipboard?.write) {
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/html": coming.then((table) => blob("text/html", table.html)),
          "text/plain": coming.then((table) => blob("text/plain", table.text)),
        }),
      ]);
      return null;
    }
  } catch {
    // the older way below may still be allowed
  }
  const table = await coming;
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

/** A picture, PNG; as {@link copyTable}, it may still be on its way. */
export async function copyPicture(coming: Promise<Blob>): Promise<Copied> {
  try {
    if (typeof ClipboardItem === "function" && navigator.clipboard?.write) {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": coming })]);
      return null;
    }
  } catch {
    // no older way carries a picture
  }
  // a map that could not be drawn says so itself
  await coming;
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
