// What the map of a screenshot shows.

/** The colours of outcomes, after interface.md. */
export const COLOURS = {
  prohibited: [0xb3, 0x26, 0x1e],
  manual: [0x6b, 0x4f, 0xa0],
  conditional: [0xa1, 0x5c, 0x00],
  permitted: [0x1b, 0x7a, 0x57],
  clear: [0x55, 0x60, 0x6b],
};

/** How strongly pieces are filled: at rest, selected, hovered. */
const STRENGTHS = [0.45, 0.65, 0.75];

/** Whether a pixel is this colour laid over some ground of the map. What is no piece passes now and
 *  then, so that only more of it than before says that a piece was drawn. */
function laidOver(pixel, colour) {
  return STRENGTHS.some((strength) =>
    colour.every((channel, n) => {
      const ground = (pixel[n] - strength * channel) / (1 - strength);
      return ground > 100 && ground < 270;
    }),
  );
}

/** The middle of the map's box, clear of the tools, folds and scale that lie on the map. */
export function clear({ x, y, width, height }) {
  return { x: x + 60, y: y + 20, width: width - 90, height: height - 40 };
}

/** A city shows this many colours and more; a map that was not drawn has one. */
export const DRAWN = 500;

/** The share of the box (CSS pixels of a page `width` wide) whose pixels show a piece of this outcome. */
export function share(picture, width, box, outcome) {
  const scale = picture.width / width;
  let found = 0;
  let all = 0;
  for (let y = Math.ceil(box.y * scale); y < Math.min(picture.height, (box.y + box.height) * scale); y += 1)
    for (let x = Math.ceil(box.x * scale); x < Math.min(picture.width, (box.x + box.width) * scale); x += 1) {
      all += 1;
      if (laidOver(picture.at(x, y), COLOURS[outcome])) found += 1;
    }
  return found / all;
}

/** How many different colours the box shows. */
export function colours(picture, width, box) {
  const scale = picture.width / width;
  const seen = new Set();
  for (let y = Math.ceil(box.y * scale); y < Math.min(picture.height, (box.y + box.height) * scale); y += 2)
    for (let x = Math.ceil(box.x * scale); x < Math.min(picture.width, (box.x + box.width) * scale); x += 2)
      seen.add(picture.at(x, y).readUIntBE(0, 3));
  return seen.size;
}
