export interface Indexed {
  /** Three bytes a colour, 32 colours at most. */
  palette: Buffer;
  /** One byte a pixel: the number of its colour. */
  pixels: Uint8Array;
}

const most = 32;

/** Few colours for what has few, and the shades between them. Pixels come as red, green, blue and opacity, and are opaque. */
export function indexed(rgba: Buffer): Indexed {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const { often, exact } = counted(pixels);
  const present: number[] = [];
  for (let shade = 0; shade < shades; shade += 1) if (often[shade] !== 0) present.push(shade);
  const kept = present.toSorted((one, other) => (often[other] ?? 0) - (often[one] ?? 0)).slice(0, most);
  const colours = kept.map((shade) => exact[shade] ?? 0);
  const numbers = new Uint8Array(shades);
  for (const shade of present) numbers[shade] = nearest(colours, exact[shade] ?? 0);
  const numbered = new Uint8Array(pixels.length);
  for (let from = 0, to = 0; from < pixels.length; from = to) {
    to = endOfRun(pixels, from);
    numbered.fill(numbers[shadeOf(pixels[from] ?? 0)] ?? 0, from, to);
  }
  return {
    palette: Buffer.from(colours.flatMap((colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255])),
    pixels: numbered,
  };
}

/** Five bits each of blue, green and red. */
const shades = 2 ** 15;
const shadeOf = (pixel: number): number =>
  ((pixel >> 9) & 0b11111_00000_00000) | ((pixel >> 6) & 0b11111_00000) | ((pixel >> 3) & 0b11111);

/** A picture of a million pixels has some ten thousand runs of one colour. */
function endOfRun(pixels: Uint32Array, from: number): number {
  const colour = pixels[from];
  let to = from + 1;
  while (to < pixels.length && pixels[to] === colour) to += 1;
  return to;
}

/** How often each shade is there, and the colour of its longest run: plain areas keep theirs to the bit. */
function counted(pixels: Uint32Array) {
  const often = new Uint32Array(shades);
  const exact = new Uint32Array(shades);
  const longest = new Uint32Array(shades);
  for (let from = 0, to = 0; from < pixels.length; from = to) {
    const colour = pixels[from] ?? 0;
    to = endOfRun(pixels, from);
    const shade = shadeOf(colour);
    often[shade] = (often[shade] ?? 0) + to - from;
    if (to - from <= (longest[shade] ?? 0)) continue;
    longest[shade] = to - from;
    exact[shade] = colour;
  }
  return { often, exact };
}

/** The place of the colour that is closest, by the distance of its three parts. */
function nearest(colours: readonly number[], colour: number): number {
  let found = 0;
  let closest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < colours.length; index += 1) {
    const other = colours[index] ?? 0;
    const blue = ((colour >> 16) & 255) - ((other >> 16) & 255);
    const green = ((colour >> 8) & 255) - ((other >> 8) & 255);
    const red = (colour & 255) - (other & 255);
    const far = blue * blue + green * green + red * red;
    if (far < closest) {
      closest = far;
      found = index;
    }
  }
  return found;
}
