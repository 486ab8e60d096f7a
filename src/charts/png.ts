import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import { renderAsync } from "@resvg/resvg-js";
import { BarChart, LineChart } from "echarts/charts";
import { GraphicComponent, GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Drawing } from "./drawing.ts";
import { colours, font, width } from "./look.ts";
import { type Indexed, indexed } from "./palette.ts";

use([BarChart, LineChart, GraphicComponent, GridComponent, SVGRenderer]);

/** Three dots a pixel are sharp on phones and, drawn larger, on a desk; a picture that is too busy for them has two. */
const scales = [3, 2];
/** What fits in a card of Teams everywhere: see adapters/teams/limits.ts. */
const bytesAtMost = 48_000;

const fontFiles = [
  import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
].map((url) => fileURLToPath(url));

/** The drawing as a PNG of few colours: a third of what it takes with all of them. */
export async function png(drawing: Drawing): Promise<Buffer> {
  const vector = svg(drawing);
  let made = Buffer.alloc(0);
  for (const scale of scales) {
    made = await raster(vector, scale);
    if (made.length <= bytesAtMost) break;
  }
  return made;
}

async function raster(vector: string, scale: number): Promise<Buffer<ArrayBuffer>> {
  const drawn = await renderAsync(vector, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: font },
  });
  return encoded(drawn.width, drawn.height, indexed(drawn.pixels));
}

function svg({ height, option }: Drawing): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: colours.panel,
      textStyle: { fontFamily: font },
      ...option,
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

const deflated = promisify<Buffer, { level: number }, Buffer>(deflate);

/** PNG, W3C Recommendation: https://www.w3.org/TR/png-3/ */
async function encoded(across: number, down: number, { palette, pixels }: Indexed): Promise<Buffer<ArrayBuffer>> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(across, 0);
  header.writeUInt32BE(down, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits that name a colour of the palette
  const lines = Buffer.alloc((across + 1) * down);
  for (let line = 0; line < down; line += 1)
    lines.set(pixels.subarray(line * across, (line + 1) * across), line * (across + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", await deflated(lines, { level: 5 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
