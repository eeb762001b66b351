// Numbers of overlaps on the map, drawn as small pictures when the map asks for them: no glyph server
// is needed, and they stand in the map's own picture.

const COLOURS: Record<string, string> = {
  prohibited: "#B3261E",
  manual: "#6B4FA0",
  conditional: "#A15C00",
  permitted: "#1B7A57",
  clear: "#55606B",
};

/** Pixels a picture has for one of the screen. */
export const BADGE_RATIO = 2;

/** The picture of `badge-{outcome}-{number}`; null where the name is no badge. */
export function badge(name: string): ImageData | null {
  const found = /^badge-([a-z]+)-(\d+)$/.exec(name);
  if (!found) return null;
  const [, outcome = "", number = ""] = found;
  const ratio = BADGE_RATIO;
  const height = 20 * ratio;
  const width = Math.max(20, 8 + number.length * 7.5) * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = width + 2 * ratio;
  canvas.height = height + 2 * ratio;
  const ink = canvas.getContext("2d");
  if (!ink) return null;
  ink.translate(ratio, ratio);
  ink.beginPath();
  ink.roundRect(0, 0, width, height, height / 2);
  ink.fillStyle = COLOURS[outcome] ?? "#55606B";
  ink.fill();
  ink.lineWidth = 1.5 * ratio;
  ink.strokeStyle = "#fff";
  ink.stroke();
  ink.fillStyle = "#fff";
  ink.font = `600 ${12 * ratio}px "Noto Sans SC", system-ui, sans-serif`;
  ink.textAlign = "center";
  ink.textBaseline = "middle";
  ink.fillText(number, width / 2, height / 2 + ratio / 2);
  return ink.getImageData(0, 0, canvas.width, canvas.height);
}
