import { AlignmentType, convertInchesToTwip, type IStylesOptions, LevelFormat } from "docx";

// The house style of printed pages. Sizes of type are half points, lengths are twentieths of a point.

const margin = convertInchesToTwip(1);
const letter = { width: convertInchesToTwip(8.5), height: convertInchesToTwip(11) };

export const page = { size: letter, margin: { top: margin, right: margin, bottom: margin, left: margin } };
export const textWidth = letter.width - 2 * margin;

const ink = "1F1F1F";
/** Dark enough on white for small type: 7 to 1, https://www.w3.org/TR/WCAG22/#contrast-enhanced */
const quiet = "595959";

export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: "Arial", size: 21, color: ink, language: { value: "en-US" } },
      paragraph: { spacing: { after: 120, line: 276 } },
    },
    title: { run: { size: 36, bold: true, color: ink }, paragraph: { spacing: { after: 200 }, keepNext: true } },
    heading1: {
      run: { size: 27, bold: true, color: ink },
      paragraph: { spacing: { before: 300, after: 100 }, keepNext: true },
    },
    heading2: {
      run: { size: 23, bold: true, color: ink },
      paragraph: { spacing: { before: 220, after: 80 }, keepNext: true },
    },
  },
  paragraphStyles: [
    style("Mark", { run: { size: 17, color: quiet }, paragraph: { spacing: { after: 20 } } }),
    style("Cell", { run: { size: 19 }, paragraph: { spacing: { after: 0, line: 252 } } }),
    style("Gap", { run: { size: 8 }, paragraph: { spacing: { after: 80, line: 240 } } }),
    style("Blank", { paragraph: { spacing: { before: 200, after: 120 } } }),
    style("Signature", { paragraph: { spacing: { before: 700, after: 120 }, keepLines: true } }),
  ],
};

function style<Look>(id: string, look: Look) {
  return { id, name: id, basedOn: "Normal", ...look };
}

const level = (format: "bullet" | "decimal", text: string) => ({
  level: 0,
  format: format === "bullet" ? LevelFormat.BULLET : LevelFormat.DECIMAL,
  text,
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 400, hanging: 300 }, spacing: { after: 60 } } },
});

/** Bulleted and numbered lists, by the style that the document gives them. */
export const numbering = {
  config: [
    { reference: "bulleted", levels: [level("bullet", "•")] },
    { reference: "numbered", levels: [level("decimal", "%1.")] },
  ],
};
