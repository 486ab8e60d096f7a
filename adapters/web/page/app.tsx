import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { FormDialog, type Opened } from "./formDialog.tsx";
import { shows, type View } from "./messageView.tsx";
import { Search } from "./search.tsx";
import { type Channel, type Done, type Entry, type Person, Problem, type Side, server } from "./server.ts";
import type { Typed } from "./slackValues.ts";
import { useMessages } from "./useMessages.ts";

const views: { view: View; label: string }[] = [
  { view: "slack", label: "Slack" },
  { view: "teams", label: "Teams" },
  { view: "both", label: "Both" },
];

const asked = new URLSearchParams(location.search);
/** From the address, else what was chosen last time. */
const remembered = (name: string): string | undefined =>
  asked.get(name) ?? localStorage.getItem(`rounds.${name}`) ?? undefined;

/** The demonstration: who one is, where one is, and what Slack and Teams show there. */
export function App() {
  const [people, setPeople] = useState<Person[]>([]);
  const [channels, setChannels] = useState<Channel[]>([]);
  const [entries, setEntries] = useState<Entry[]>([]);
  const [handle, setHandle] = useState(remembered("person"));
  const [view, setView] = useState<View>(
    views.find((one) => one.view === remembered("view"))?.view ?? (window.innerWidth < 900 ? "slack" : "both"),
  );
  const [wanted, setPlace] = useState(remembered("in") ?? "direct");
  const [opened, setOpened] = useState<Opened[]>([]);
  const [problem, setProblem] = useState<string>();
  const [working, setWorking] = useState(0);
  const kept = useRef(new Map<string, Record<string, Typed>>());

  const tell = useCallback((error: unknown) => {
    setProblem(error instanceof Problem ? error.message : "This did not work. Load the page again.");
  }, []);

  useEffect(() => {
    server.people().then((known) => {
      setPeople(known.people);
      setChannels(known.channels);
      setEntries(known.entries);
    }, tell);
  }, [tell]);
  useEffect(() => {
    if (handle !== undefined) localStorage.setItem("rounds.person", handle);
    localStorage.setItem("rounds.view", view);
    localStorage.setItem("rounds.in", wanted);
    // The address was for the beginning; loading the page again shows what was chosen since.
    history.replaceState(null, "", location.pathname);
  }, [handle, view, wanted]);

  const person = people.find((one) => one.handle === handle) ?? people[0];
  const place = wanted === "home" || channels.some((channel) => channel.id === wanted) ? wanted : "direct";
  const conversation = place === "direct" ? `direct:${person?.user}` : place;
  const { messages, unread, lost, refresh } = useMessages(person?.handle, conversation, tell);
  const names = useMemo(() => new Map(people.map((one) => [one.user, one.name])), [people]);
  const findPerson = useCallback(async (query: string) => people.filter(fits(query)).map(choiceOf), [people]);

  if (!person) return <p className="waiting">{problem ?? "Rounds is opening."}</p>;

  const go = (conversation: string) => setPlace(conversation === direct ? "direct" : conversation);
  const direct = `direct:${person.user}`;

  /** The answer of the server: a form opens where it is drawn, and the conversation that holds the answer is shown. */
  const done = (what: Done, by: Pick<Opened, "key" | "conversation" | "message">) => {
    setProblem(undefined);
    const sides = Object.entries(what.opens ?? {}) as [Side, object][];
    setOpened(
      sides
        .filter(([side]) => shows(view, side))
        .map(([side, json]) => ({ ...by, side, json, key: `${side} ${by.key}` })),
    );
    if (what.conversation !== undefined && what.conversation !== conversation) go(what.conversation);
    if (place === "home") refresh();
  };

  const work = (asked: Promise<Done>, by: Parameters<typeof done>[1]) => {
    setWorking((now) => now + 1);
    asked.then((what) => done(what, by), tell).finally(() => setWorking((now) => now - 1));
  };

  const acts = (message: string | undefined) => ({
    search: (directory: string, query: string) => server.options(person.handle, { directory }, query),
    click(side: Side, sent: object) {
      const where = { conversation, ...(message !== undefined && { message }) };
      work(server.click({ person: person.handle, side, sent, ...where }), {
        ...where,
        key: `${person.handle} ${message} ${JSON.stringify(sent)}`,
      });
    },
    choose(side: Side, shortcut: string) {
      if (message === undefined) return;
      // What the form says is a message of its own: the one it is about belongs to whoever wrote it.
      work(server.choose({ person: person.handle, conversation, side, message, shortcut }), {
        conversation,
        key: `${person.handle} ${message} ${shortcut}`,
      });
    },
  });

  const say = async (text: string) => {
    const said = place === "home" ? direct : conversation;
    const what = await server.say(person.handle, said, text);
    done(what, { conversation: said, key: `${person.handle} ${said} ${text.trim()}` });
    if (place === "home") go(said);
  };

  const sendFile = async (text: string, file: File) => {
    done(await server.send(person.handle, direct, text, file), {
      conversation: direct,
      key: `${person.handle} ${file.name}`,
    });
    if (place === "home") go(direct);
  };

  const places = [
    ...channels.map((channel) => ({ id: channel.id, name: `# ${channel.name}`, watched: channel.id })),
    { id: "direct", name: "Rounds, direct", watched: direct },
    { id: "home", name: "Home", watched: "home" },
  ];
  const here = places.find((one) => one.id === place) ?? places[0];

  return (
    <div className="app">
      <header className="top">
        <h1>
          Rounds <span>· demonstration</span>
        </h1>
        <div className="who">
          <small aria-hidden="true">You are</small>
          <Search
            label="You are"
            placeholder="Search people"
            chosen={[choiceOf(person)]}
            load={findPerson}
            choose={([one]) => {
              if (one) setHandle(one.code);
              setOpened([]);
            }}
          />
          <small>{person.detail}</small>
        </div>
        <fieldset className="views" aria-label="Drawings">
          {views.map((one) => (
            <button type="button" key={one.view} aria-pressed={view === one.view} onClick={() => setView(one.view)}>
              {one.label}
            </button>
          ))}
        </fieldset>
      </header>
      <nav aria-label="Conversations">
        {places.map((one) => (
          <button
            type="button"
            key={one.id}
            aria-current={one.id === place ? "page" : undefined}
            onClick={() => setPlace(one.id)}
          >
            {one.name}
            {unread.has(one.watched) && one.id !== place && <span className="unread">new</span>}
          </button>
        ))}
      </nav>
      <main aria-label={here?.name ?? "Conversation"} aria-busy={working > 0}>
        <Conversation
          messages={messages}
          place={place}
          person={person.handle}
          view={view}
          names={names}
          entries={entries}
          acts={acts}
        />
        {lost && (
          <p className="problem" role="status">
            Rounds does not answer. See whether it still runs; this page goes on by itself when it does.
          </p>
        )}
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <Composer
          place={here?.name ?? ""}
          send={say}
          {...(place === "direct" || place === "home" ? { sendFile } : {})}
        />
      </main>
      {opened.map((one) => (
        <FormDialog
          key={one.key}
          opened={one}
          person={person.handle}
          names={names}
          kept={kept.current}
          done={(what) => done(what, one)}
          close={() => setOpened((all) => all.filter((other) => other !== one))}
        />
      ))}
    </div>
  );
}

const choiceOf = (person: Person) => ({ code: person.handle, label: person.name, detail: person.detail });

const fits = (query: string) => (person: Person) =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${person.name} ${person.handle} ${person.detail}`.toLowerCase().includes(word));
