// What an address typed would contact: said before anything is.

/** Host (and port) of an http or https address; null while it is none yet. Whether the address serves is for
 *  the engine to say. */
export function hostOf(address: string): string | null {
  try {
    const url = new URL(address.trim());
    return (url.protocol === "http:" || url.protocol === "https:") && url.host !== "" ? url.host : null;
  } catch {
    return null;
  }
}
