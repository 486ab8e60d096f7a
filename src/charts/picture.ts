import { createHash } from "node:crypto";
import type { File } from "../chat/card.ts";
import type { Drawing } from "./drawing.ts";

export interface Picture {
  file: File;
  /** What the picture says. */
  alt: string;
}

/** Pictures by what they show: a card that is shown again, or to many, is drawn once. What was used last stays. */
export class PictureStore {
  readonly #most: number;
  readonly #kept = new Map<string, { file: Promise<File>; bytes: number }>();
  #bytes = 0;

  /** `most`: bytes of all pictures together. */
  constructor(most: number) {
    this.#most = most;
  }

  file(drawing: Drawing, draw: (drawing: Drawing) => Promise<Buffer>): Promise<File> {
    const key = createHash("sha256").update(JSON.stringify(drawing)).digest("base64");
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.file;
    }
    const made = { file: draw(drawing).then((png) => pngFile(drawing.name, png)), bytes: 0 };
    this.#kept.set(key, made);
    made.file.then(
      ({ base64 }) => this.#weigh(key, made, base64.length),
      () => this.#kept.delete(key),
    );
    return made.file;
  }

  #weigh(key: string, made: { bytes: number }, bytes: number): void {
    if (this.#kept.get(key) !== made) return;
    made.bytes = bytes;
    this.#bytes += bytes;
    for (const [oldest, { bytes: given }] of this.#kept) {
      if (this.#bytes <= this.#most) return;
      if (given === 0) continue;
      this.#kept.delete(oldest);
      this.#bytes -= given;
    }
  }
}

const pngFile = (name: string, png: Buffer): File => ({
  name: `${name}.png`,
  mediaType: "image/png",
  base64: png.toString("base64"),
});

/** About a thousand pictures. */
const pictures = new PictureStore(24 * 1024 * 1024);

export async function picture(drawing: Drawing, alt: string): Promise<Picture> {
  return { file: await pictures.file(drawing, draw), alt };
}

/** The libraries take as long to load as everything else together: they are, with the first picture. */
async function draw(drawing: Drawing): Promise<Buffer> {
  const { png } = await import("./png.ts");
  return png(drawing);
}
