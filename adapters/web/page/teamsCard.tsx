import {
  AdaptiveCard,
  type CardElement,
  CardObjectRegistry,
  ExecuteAction,
  GlobalRegistry,
  HostConfig,
  NumberInput,
  SerializationContext,
  SubmitAction,
  Table,
} from "adaptivecards";
import { useLayoutEffect, useRef } from "react";
import { markdown } from "./markdown.ts";
import { SearchedChoices } from "./searchedChoices.tsx";
import { hostConfig } from "./teamsLook.ts";

/** What a Teams client sends for a button: the data of the action, with what is filled in. */
export interface TeamsSent {
  data: object;
}

interface TeamsCardProps {
  json: object;
  label: string;
  /** The person's zone; the browser's own where it is not known. */
  zone?: string | undefined;
  act(sent: TeamsSent): void;
  /** What was typed before, by input id. */
  typed?: Record<string, string>;
  /** Tells what stands in the inputs whenever it changes. */
  onTyped?(typed: Record<string, string>): void;
  search(directory: string, query: string): Promise<{ code: string; label: string; detail?: string }[]>;
}

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

/** Microsoft's own drawing of an Adaptive Card. */
export function TeamsCard({ json, label, zone, act, typed, onTyped, search }: TeamsCardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef({ act, typed, onTyped, search });
  latest.current = { act, typed, onTyped, search };

  // Before the browser paints, so that nobody sees a card that is still empty.
  useLayoutEffect(() => {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(hostConfig);
    card.parse(
      withTyped(json, latest.current.typed ?? {}, zone),
      context((...asked) => latest.current.search(...asked)),
    );
    card.onExecuteAction = (action) => {
      if (!(action instanceof SubmitAction || action instanceof ExecuteAction)) return;
      const { data } = action;
      if (typeof data !== "object" || data === null) return;
      latest.current.act({ data });
    };
    card.onInputValueChanged = () =>
      latest.current.onTyped?.(
        Object.fromEntries(card.getAllInputs().flatMap((input) => (input.id ? [[input.id, input.value ?? ""]] : []))),
      );
    const drawn = card.render();
    for (const link of drawn?.querySelectorAll("a") ?? []) link.rel = "noreferrer";
    frame.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [json, zone]);

  return <section className="teams-card" aria-label={label} ref={frame} />;
}

/** Empty is valid where nothing is required: the library takes an empty field for a number out of range. */
class MaybeNumber extends NumberInput {
  override isValid(): boolean {
    return this.isSet() ? super.isValid() : !this.isRequired;
  }
}

function context(search: TeamsCardProps["search"]): SerializationContext {
  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  // Tables register themselves in a module that a bundler leaves out unless it is named.
  elements.register("Table", Table);
  elements.register("Input.Number", MaybeNumber);
  elements.register(
    "Input.ChoiceSet",
    class extends SearchedChoices {
      override search = search;
    },
  );
  const read = new SerializationContext();
  read.setElementRegistry(elements);
  return read;
}

/** The card with what was typed before in its inputs, and its moments in the person's zone as their client shows them. */
function withTyped(json: object, typed: Record<string, string>, zone: string | undefined): object {
  return JSON.parse(JSON.stringify(json), (_key, value) => {
    if (typeof value === "string") return value.replace(moments, (_whole, kind, at) => moment(kind, at, zone));
    if (typeof value !== "object" || value === null || typed[value.id] === undefined) return value;
    return { ...value, value: typed[value.id] };
  });
}

const moments = /\{\{(DATE|TIME)\(([^,)]+)(?:, ?SHORT)?\)\}\}/g;

function moment(kind: string, at: string, zone: string | undefined): string {
  const look: Intl.DateTimeFormatOptions =
    kind === "DATE"
      ? { weekday: "short", month: "short", day: "numeric", year: "numeric" }
      : { hour: "numeric", minute: "2-digit" };
  return new Intl.DateTimeFormat("en-US", { ...look, timeZone: zone }).format(new Date(at));
}
