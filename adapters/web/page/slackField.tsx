import { useCallback, useId } from "react";
import { Search } from "./search.tsx";
import type { Choice } from "./server.ts";
import { choice, type InputElement, type Typed } from "./slackValues.ts";

export interface InputBlock {
  type: "input";
  block_id: string;
  label: { text: string };
  hint?: { text: string };
  optional?: boolean;
  element: InputElement;
}

interface SlackFieldProps {
  block: InputBlock;
  typed: Typed;
  change(typed: Typed): void;
  error: string | undefined;
  search(block: InputBlock, query: string): Promise<Choice[]>;
}

/** One input of a Slack modal: a control of our own, bound to the block's JSON. */
export function SlackField({ block, typed, change, error, search }: SlackFieldProps) {
  const id = useId();
  const load = useCallback((query: string) => search(block, query), [search, block]);
  const { element } = block;
  const text = typeof typed === "string" ? typed : "";
  const chosen = Array.isArray(typed) ? typed : [];
  const common = {
    "aria-label": block.label.text,
    "aria-invalid": error !== undefined,
    "aria-describedby": `${id}-said`,
    placeholder: element.placeholder?.text,
  };
  const write = { value: text, onChange: (event: { target: { value: string } }) => change(event.target.value) };

  const control = () => {
    switch (element.type) {
      case "plain_text_input":
        return element.multiline ? (
          <textarea rows={4} {...common} {...write} maxLength={element.max_length} />
        ) : (
          <input {...common} {...write} maxLength={element.max_length} />
        );
      case "number_input":
        return <input inputMode="decimal" {...common} {...write} />;
      case "datepicker":
        return <input type="date" {...common} {...write} />;
      case "timepicker":
        return <input type="time" {...common} {...write} />;
      case "datetimepicker":
        return <input type="datetime-local" {...common} {...write} />;
      case "static_select": {
        const options = element.options.map(choice);
        return (
          <select
            {...common}
            value={chosen[0]?.code ?? ""}
            onChange={(event) => change(options.filter((one) => one.code === event.target.value))}
          >
            <option value="">Choose</option>
            {options.map((one) => (
              <option key={one.code} value={one.code}>
                {one.label}
              </option>
            ))}
          </select>
        );
      }
      case "radio_buttons":
      case "multi_static_select":
      case "checkboxes":
        return (
          <Ticks
            name={id}
            label={block.label.text}
            options={element.options.map(choice)}
            several={element.type !== "radio_buttons"}
            chosen={chosen}
            change={change}
          />
        );
      case "external_select":
      case "multi_external_select":
        return (
          <Search
            label={block.label.text}
            placeholder={element.placeholder?.text ?? "Type to search"}
            several={element.type === "multi_external_select"}
            chosen={chosen}
            load={load}
            choose={change}
            invalid={error !== undefined}
          />
        );
      case "file_input":
        return <input type="file" {...common} onChange={(event) => void attach(event.target.files?.[0], change)} />;
    }
  };

  return (
    <div className="field">
      <span className="label" aria-hidden="true">
        {block.label.text}
        {block.optional && <small> (optional)</small>}
      </span>
      {control()}
      <div id={`${id}-said`}>
        {block.hint && <small className="hint">{block.hint.text}</small>}
        {error !== undefined && (
          <p className="problem" role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

interface TicksProps {
  name: string;
  label: string;
  options: Choice[];
  several: boolean;
  chosen: Choice[];
  change(chosen: Choice[]): void;
}

function Ticks({ name, label, options, several, chosen, change }: TicksProps) {
  const isChosen = (one: Choice) => chosen.some((other) => other.code === one.code);
  return (
    <fieldset aria-label={label} className="ticks">
      {options.map((one) => (
        <label key={one.code}>
          <input
            type={several ? "checkbox" : "radio"}
            name={name}
            checked={isChosen(one)}
            onChange={(event) =>
              change(
                several
                  ? event.target.checked
                    ? [...chosen, one]
                    : chosen.filter((other) => other.code !== one.code)
                  : [one],
              )
            }
          />
          <span>
            {one.label}
            {one.detail && <small>{one.detail}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

async function attach(file: File | undefined, change: (typed: Typed) => void): Promise<void> {
  if (!file) return change("");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  change({ name: file.name, mediaType: file.type || "application/octet-stream", base64 });
}
