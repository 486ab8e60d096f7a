import { MoreActions } from "./moreActions.tsx";
import { type Drawn, type Entry, type Message, type Side, server } from "./server.ts";
import { type AnyBlock, SlackBlocks } from "./slackBlocks.tsx";
import { TeamsCard } from "./teamsCard.tsx";

export type View = Side | "both";
export const shows = (view: View, side: Side): boolean => view === "both" || view === side;

const sides = ["slack", "teams"] as const;

export interface Acts {
  click(side: Side, sent: object): void;
  /** An entry of the message's own menu. */
  choose(side: Side, entry: string): void;
  search(directory: string, query: string): ReturnType<typeof server.options>;
}

interface MessageViewProps {
  message: Message;
  person: string;
  view: View;
  names: ReadonlyMap<string, string>;
  /** The menu of what a person wrote. */
  entries: readonly Entry[];
  acts: Acts;
}

/** What somebody wrote, or what Rounds did, drawn as each platform draws it. */
export function MessageView({ message, person, view, names, entries, acts }: MessageViewProps) {
  const author = message.author === undefined ? "Rounds" : (names.get(message.author) ?? message.author);
  return (
    <article aria-label={message.summary} className={message.author === undefined ? "message" : "message written"}>
      <header>
        <strong>{author}</strong>
        <time dateTime={message.at}>{clock.format(new Date(message.at))}</time>
        {message.onlyFor !== undefined && <span className="private">Only you can see this</span>}
        {message.author !== undefined && (
          <MoreActions entries={entries} sides={sides.filter((side) => shows(view, side))} choose={acts.choose} />
        )}
      </header>
      {message.text !== undefined && <p className="said">{message.text}</p>}
      {message.drawn && (
        <Drawings
          drawn={message.drawn}
          view={view}
          names={names}
          acts={acts}
          zone={message.zone}
          pictures={{ person, message: message.id }}
        />
      )}
      {message.files.length > 0 && (
        <ul className="files">
          {message.files.map((name, number) => (
            <li key={name}>
              <a href={server.file(person, message.id, number)} download={name}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

interface DrawingsProps extends Omit<MessageViewProps, "message" | "person" | "entries"> {
  drawn: Drawn;
  zone: string | undefined;
  pictures?: { person: string; message: string };
}

/** The same message in Slack and in Teams, beside each other, with the JSON of each behind a closed panel. */
export function Drawings({ drawn, zone, view, names, acts, pictures }: DrawingsProps) {
  return (
    <>
      <div className={`drawings ${view}`}>
        {shows(view, "slack") && (
          <div className="drawing slack">
            <h3>Slack</h3>
            {drawn.slack ? (
              <SlackBlocks
                label="Slack drawing"
                blocks={blocksOf(drawn.slack)}
                names={names}
                act={(sent) => acts.click("slack", sent)}
                {...(pictures && { pictures })}
              />
            ) : (
              <p className="note">
                Slack opens the form at once. Closing it keeps what you typed; send the command again to go on.
              </p>
            )}
          </div>
        )}
        {shows(view, "teams") && drawn.teams && (
          <div className="drawing teams">
            <h3>Teams</h3>
            <TeamsCard
              label="Teams drawing"
              json={drawn.teams}
              zone={zone}
              act={(sent) => acts.click("teams", sent)}
              search={acts.search}
            />
          </div>
        )}
      </div>
      <details className="json">
        <summary>JSON</summary>
        <div className={`drawings ${view}`}>
          {shows(view, "slack") && drawn.slack && <pre>{JSON.stringify(drawn.slack, null, 2)}</pre>}
          {shows(view, "teams") && drawn.teams && <pre>{JSON.stringify(drawn.teams, null, 2)}</pre>}
        </div>
      </details>
    </>
  );
}

const blocksOf = (drawn: object): AnyBlock[] => ("blocks" in drawn && Array.isArray(drawn.blocks) ? drawn.blocks : []);
