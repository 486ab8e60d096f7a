import { useEffect, useId, useRef, useState } from "react";
import type { Choice } from "./server.ts";

export interface SearchProps {
  label: string;
  placeholder: string;
  chosen: Choice[];
  /** Several may be chosen; each is shown with a button that takes it away. */
  several?: boolean;
  load(query: string): Promise<Choice[]>;
  choose(chosen: Choice[]): void;
  invalid?: boolean;
}

/** A field that searches as one types; arrows and Enter choose, Escape puts back what stood there. */
export function Search({ label, placeholder, chosen, several = false, load, choose, invalid }: SearchProps) {
  const id = useId();
  const [query, setQuery] = useState<string>();
  const [found, setFound] = useState<Choice[]>([]);
  const [state, setState] = useState<"asking" | "found" | "failed">("asking");
  const [marked, setMarked] = useState(0);
  const latest = useRef(0);
  const open = query !== undefined;

  useEffect(() => {
    if (query === undefined) return;
    const turn = ++latest.current;
    setState("asking");
    const wait = setTimeout(async () => {
      const choices = await load(query).catch(() => undefined);
      if (turn !== latest.current) return;
      setFound(choices ?? []);
      setMarked(0);
      setState(choices ? "found" : "failed");
    }, 120);
    return () => clearTimeout(wait);
  }, [query, load]);

  const pick = (choice: Choice) => {
    choose(several ? [...chosen.filter((one) => one.code !== choice.code), choice] : [choice]);
    setQuery(undefined);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return setQuery("");
      const step = event.key === "ArrowDown" ? 1 : -1;
      setMarked((now) => (now + step + found.length) % Math.max(1, found.length));
    }
    const choice = found[marked];
    if (event.key === "Enter" && open) {
      event.preventDefault();
      if (choice && state === "found") pick(choice);
    }
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(undefined);
    }
  };

  const shown = several ? "" : (chosen[0]?.label ?? "");
  return (
    <div className="search">
      {several && chosen.length > 0 && (
        <ul className="chosen">
          {chosen.map((one) => (
            <li key={one.code}>
              {one.label}
              <button
                type="button"
                aria-label={`Take away ${one.label}`}
                onClick={() => choose(chosen.filter((other) => other !== one))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[marked] ? `${id}-${marked}` : undefined}
        aria-invalid={invalid ?? false}
        autoComplete="off"
        placeholder={several || shown === "" ? placeholder : shown}
        value={query ?? shown}
        onFocus={(event) => event.target.select()}
        onClick={() => setQuery((now) => now ?? "")}
        onChange={(event) => setQuery(event.target.value)}
        onBlur={() => setQuery(undefined)}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div className="found" role="listbox" id={`${id}-list`} aria-label={label} aria-busy={state === "asking"}>
          {found.map((choice, index) => (
            <div
              key={choice.code}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === marked}
              className={index === marked ? "marked" : ""}
              ref={(element) => {
                if (index === marked) element?.scrollIntoView({ block: "nearest" });
              }}
              // The field keeps the focus, so that it does not close before the click arrives.
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setMarked(index)}
              onClick={() => pick(choice)}
              onKeyDown={onKeyDown}
            >
              {choice.label}
              {choice.detail && <small>{choice.detail}</small>}
            </div>
          ))}
          {found.length === 0 && <p role="status">{words[state]}</p>}
        </div>
      )}
    </div>
  );
}

const words = {
  asking: "Searching",
  found: "Nothing fits. Try another word.",
  failed: "The search did not work. Type again.",
} as const;
