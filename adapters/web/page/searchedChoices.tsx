import { ChoiceSetInput } from "adaptivecards";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { Search } from "./search.tsx";
import type { Choice } from "./server.ts";

/** Names of what was found, so that a choice made before is shown by its name. */
const names = new Map<string, string>();

/** `Input.ChoiceSet`; with `choices.data` it searches our directory, as Teams does with `Data.Query`. */
export class SearchedChoices extends ChoiceSetInput {
  search: (directory: string, query: string) => Promise<Choice[]> = async () => [];
  #chosen: Choice[] | undefined;

  protected override internalRender(): HTMLElement | undefined {
    const directory = this.choicesData?.dataset;
    if (directory === undefined) return super.internalRender();
    for (const { title, value } of this.choices) if (title && value) names.set(value, title);
    const codes = this.defaultValue?.split(",").filter((code) => code !== "") ?? [];
    this.#chosen = codes.map((code) => ({ code, label: names.get(code) ?? code }));
    const frame = document.createElement("div");
    frame.style.width = "100%";
    createRoot(frame).render(
      <SearchField
        label={this.label ?? "Search"}
        placeholder={this.placeholder ?? "Type to search"}
        several={this.isMultiSelect}
        first={this.#chosen}
        load={async (query) => [...this.#fixed(query), ...(await this.search(directory, query))]}
        chosen={(chosen) => {
          for (const { code, label } of chosen) names.set(code, label);
          this.#chosen = chosen;
          this.valueChanged();
        }}
      />,
    );
    return frame;
  }

  /** Choices of the card itself that fit and are not chosen already. */
  #fixed(query: string): Choice[] {
    return this.choices.flatMap(({ title, value }) =>
      title && value && title.toLowerCase().includes(query.toLowerCase()) && value === "here"
        ? [{ code: value, label: title }]
        : [],
    );
  }

  override isSet(): boolean {
    return this.#chosen ? this.#chosen.length > 0 : super.isSet();
  }

  override isValid(): boolean {
    return this.#chosen ? true : super.isValid();
  }

  override get value(): string | undefined {
    return this.#chosen ? this.#chosen.map((one) => one.code).join(",") : super.value;
  }
}

interface SearchFieldProps {
  label: string;
  placeholder: string;
  several: boolean;
  first: Choice[];
  load(query: string): Promise<Choice[]>;
  chosen(chosen: Choice[]): void;
}

function SearchField({ first, load, chosen, ...shown }: SearchFieldProps) {
  const [now, setNow] = useState(first);
  const [asked] = useState(() => load);
  const choose = (next: Choice[]) => {
    setNow(next);
    chosen(next);
  };
  return <Search {...shown} chosen={now} load={asked} choose={choose} />;
}
