// Reads a screenshot: 8-bit RGB or RGBA, not interlaced, as browsers write them.
import { inflateSync } from "node:zlib";

/** Width, height and the colour at a place of a PNG. */
export function picture(bytes) {
  let width = 0;
  let height = 0;
  let channels = 0;
  const packed = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      channels = { 2: 3, 6: 4 }[data[9]] ?? 0;
      if (data[8] !== 8 || channels === 0 || data[12] !== 0) throw new Error("not a PNG that is read here");
    } else if (kind === "IDAT") packed.push(data);
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? pixels[y * stride + x - channels] : 0;
      const up = y > 0 ? pixels[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? pixels[(y - 1) * stride + x - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[y * stride + x] = (rows[y * (stride + 1) + 1 + x] + guess) & 255;
    }
  }
  return { width, height, at: (x, y) => pixels.subarray(y * stride + x * channels, y * stride + x * channels + 3) };
}

function paeth(left, up, corner) {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
