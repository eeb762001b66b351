// Numbers as people type them.

/** Groups of three, set apart by commas or spaces. */
const GROUPED = /^[+-]?\d{1,3}(?:([,\s\u2009\u00a0])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;

/** The number typed; null where it is none. A comma that does not part thousands makes it none: it may
 *  have been meant as a decimal point. */
export function readNumber(typed: string): number | null {
  // digits and points of a Chinese keyboard are wide ones
  const plain = typed.normalize("NFKC").trim();
  const bare = GROUPED.test(plain) ? plain.replace(/[,\s]/g, "") : plain;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(bare)) return null;
  const value = Number(bare);
  return Number.isFinite(value) ? value : null;
}
