/** What real Teams refuses in a card, or draws as something else than was meant. Each fault is a sentence. */
export function cardFaults(card: unknown, where: "message" | "dialog"): string[] {
  const faults: string[] = [];
  const ids = new Set<string>();
  const texts: string[] = [];
  if (!isRecord(card) || card.type !== "AdaptiveCard") return ["It is no AdaptiveCard."];
  if (card.version !== "1.5") faults.push(`Version ${card.version} is not drawn by every client.`);

  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      value.forEach((one, index) => {
        visit(one, `${path}[${index}]`);
      });
      return;
    }
    if (!isRecord(value)) return;
    const type = String(value.type);
    const known = properties[type];
    if (known === undefined) {
      faults.push(`${path}: there is no element ${type}.`);
      return;
    }
    for (const name of Object.keys(value))
      if (!known.includes(name) && !common.includes(name)) faults.push(`${path}: ${type} has no ${name}.`);
    for (const name of required[type] ?? [])
      if (value[name] === undefined) faults.push(`${path}: ${type} needs ${name}.`);
    if (type.startsWith("Input.")) {
      if (typeof value.id !== "string" || value.id === "") faults.push(`${path}: an input needs an id.`);
      if (ids.has(String(value.id))) faults.push(`${path}: the id ${value.id} is there twice.`);
      ids.add(String(value.id));
      if (value.isRequired === true && value.errorMessage === undefined)
        faults.push(`${path}: a required input says nothing when it is empty.`);
      if (value.label === undefined && type !== "Input.Toggle") faults.push(`${path}: an input needs a label.`);
    }
    if (type === "Input.Date" && value.value !== undefined && !/^\d{4}-\d\d-\d\d$/.test(String(value.value)))
      faults.push(`${path}: ${value.value} is no date.`);
    if (type === "Input.Time" && value.value !== undefined && !/^\d\d:\d\d$/.test(String(value.value)))
      faults.push(`${path}: ${value.value} is no time.`);
    if (type === "Input.Number" && value.value !== undefined && typeof value.value !== "number")
      faults.push(`${path}: ${value.value} is no number.`);
    if (type === "Image" && !/^data:image\/(png|jpeg|gif);base64,/.test(String(value.url)))
      faults.push(`${path}: a picture stands on an open address.`);
    if (type === "Image" && String(value.url).length > 65_500)
      faults.push(`${path}: a picture is larger than every client takes.`);
    if (type === "Action.Execute" && where === "dialog") faults.push(`${path}: a dialog knows no Action.Execute.`);
    if (type === "TextBlock") texts.push(String(value.text));
    if (Array.isArray(value.actions) && value.actions.length > 6) faults.push(`${path}: more than six actions.`);
    for (const fact of Array.isArray(value.facts) ? value.facts : []) {
      if (!isRecord(fact) || typeof fact.title !== "string" || typeof fact.value !== "string")
        faults.push(`${path}: a fact has a title and a value, both text.`);
      else texts.push(fact.title, fact.value);
    }
    for (const name of children)
      if (value[name] !== undefined && value[name] !== "drop") visit(value[name], `${path}.${name}`);
  };
  visit(card, "card");
  faults.push(...mentionFaults(card, texts));
  return faults;
}

function mentionFaults(card: Record<string, unknown>, texts: string[]): string[] {
  const teams = isRecord(card.msteams) ? card.msteams : {};
  const entities = (Array.isArray(teams.entities) ? teams.entities : []).filter(isRecord);
  const named = new Set(entities.map((entity) => String(entity.text)));
  // `\<at>` is an escaped sign and no mention.
  const written = texts.flatMap((text) => [...text.matchAll(/(?<!\\)<at>.*?(?<!\\)<\/at>/g)].map(([found]) => found));
  return [
    ...written.filter((text) => !named.has(text)).map((text) => `${text} is no mention: it has no entity.`),
    ...[...named].filter((text) => !written.includes(text)).map((text) => `The entity ${text} is nowhere in the text.`),
    ...entities
      .filter((entity) => !isRecord(entity.mentioned) || !entity.mentioned.id)
      .map((entity) => `The entity ${entity.text} mentions nobody.`),
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const children = ["body", "items", "columns", "rows", "cells", "inlines", "actions", "selectAction", "fallback"];
const common = ["type", "id", "separator", "spacing", "isVisible", "height", "fallback", "horizontalAlignment"];
const input = ["label", "isRequired", "errorMessage", "value", "placeholder"];
const chart = ["title", "showTitle", "data", "xAxisTitle", "yAxisTitle", "showLegend", "showBarValues"];
const action = ["title", "style", "data", "tooltip", "mode", "isEnabled"];

const properties: Record<string, string[]> = {
  AdaptiveCard: ["version", "body", "actions", "fallbackText", "msteams", "lang", "speak", "$schema"],
  TextBlock: ["text", "wrap", "style", "size", "weight", "color", "isSubtle", "maxLines", "fontType"],
  RichTextBlock: ["inlines", "labelFor"],
  TextRun: ["text", "size", "weight", "color", "isSubtle", "italic", "selectAction", "fontType"],
  Container: ["items", "style", "bleed", "verticalContentAlignment"],
  ColumnSet: ["columns", "style"],
  Column: ["items", "width", "verticalContentAlignment"],
  FactSet: ["facts"],
  Image: ["url", "altText", "size", "width", "msteams"],
  ActionSet: ["actions"],
  Table: ["columns", "rows", "firstRowAsHeaders", "showGridLines", "gridStyle"],
  TableRow: ["cells", "style"],
  TableCell: ["items", "style"],
  undefined: ["width", "horizontalCellContentAlignment", "verticalCellContentAlignment"], // a table's column has no type
  "Chart.Line": chart,
  "Chart.VerticalBar": chart,
  "Chart.VerticalBar.Grouped": [...chart, "stacked"],
  "Input.Text": [...input, "isMultiline", "maxLength", "style", "regex"],
  "Input.Number": [...input, "min", "max"],
  "Input.Date": [...input, "min", "max"],
  "Input.Time": [...input, "min", "max"],
  "Input.Toggle": [...input, "title", "valueOn", "valueOff", "wrap"],
  "Input.ChoiceSet": [...input, "choices", "choices.data", "style", "isMultiSelect", "wrap"],
  "Action.Execute": [...action, "verb"],
  "Action.Submit": [...action, "msteams"],
  "Action.OpenUrl": ["title", "url", "style"],
};

const required: Record<string, string[]> = {
  AdaptiveCard: ["fallbackText"],
  TextBlock: ["text", "wrap"],
  TextRun: ["text"],
  Image: ["altText"],
  "Input.Toggle": ["title"],
  "Input.ChoiceSet": ["choices"],
  "Action.Execute": ["title", "verb", "data"],
  "Action.Submit": ["title", "data"],
  "Chart.Line": ["fallback"],
  "Chart.VerticalBar": ["fallback"],
  "Chart.VerticalBar.Grouped": ["fallback"],
};
