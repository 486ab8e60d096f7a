import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  context,
  type Fact,
  facts,
  formButton,
  heading,
  list,
  notice,
  paragraph,
} from "../chat/card.ts";
import { data, staff, strong, type Text, text, time, words } from "../chat/text.ts";
import type { Delivery } from "../domain/digests/deliveries.ts";
import { type FollowDetails, type FollowPage, followsShown } from "../domain/digests/follows.ts";
import type { FollowHistory } from "../domain/digests/service.ts";
import { placeName } from "./digestPlace.ts";
import { timingInWords } from "./digestWords.ts";

/** A digest: where it goes, how its last ones went, and what this person may do with it. @param said what was done just now */
export function followCard(follow: FollowDetails | FollowHistory, said?: Text): Card {
  const { unit, place, owner, nextAt, silentWhenNothing, metrics } = follow;
  const title = text`Digest of ${unit.name}`;
  const rights: Fact[] = place ? [{ label: "Owner", value: text`${staff(owner)}; it is made under their rights` }] : [];
  return card(
    title,
    heading(title),
    said ? notice("info", said) : [],
    paragraph(
      nextAt
        ? text`${whom(follow)} it ${words(timingInWords(follow))}, not on holidays. The next one comes ${time(nextAt)}.`
        : text`Stopped. ${whom(follow)} no digest of ${unit.name}.`,
    ),
    facts(
      ...rights,
      {
        label: "Measures",
        value: text`${words(metrics.length === 0 ? "all that are switched on" : `${metrics.length} chosen`)}`,
      },
      { label: "Nothing to say", value: text`${words(silentWhenNothing ? "silent" : "one line that says so")}` },
    ),
    "deliveries" in follow ? history(follow) : [],
    ways(follow),
  );
}

const whom = ({ place }: FollowDetails): Text => (place ? text`${placeName(place)} gets` : text`You get`);

function history(follow: FollowHistory): Block[] {
  const { deliveries } = follow;
  if (deliveries.length === 0) return [context(text`None was sent yet.`)];
  return [list(deliveries.map((one) => ({ text: text`${time(one.dueAt)} · ${outcomeInWords(one, follow)}` })))];
}

/** How one of them went: "sent, a button was used". */
function outcomeInWords(
  { outcome, instead, sentAt, late }: Delivery,
  { place, silentWhenNothing }: FollowDetails,
): Text {
  const whose = instead ? words(place ? ", to its owner instead" : ", to the cover") : [];
  const when = late && sentAt ? text`, at ${time(sentAt)}` : [];
  switch (outcome) {
    case "acted":
      return text`sent${whose}${when}, a button was used`;
    case "seen":
      return text`sent${whose}${when}, read`;
    case "sent":
      return text`sent${whose}${when}`;
    case "waiting":
      return text`on its way`;
    case "failed":
      return text`reached nobody`;
    case "none":
      return silentWhenNothing ? text`nothing to say` : text`not sent: nobody may see it there`;
  }
}

const about = (follow: FollowDetails) => ({ digest: follow.id });

function ways(follow: FollowDetails): Block[] {
  const { mayChange, nextAt, place } = follow;
  if (!mayChange) return [];
  const change = settings(follow);
  if (!nextAt) return [buttons({ ...change, label: "Begin again" })];
  return [
    buttons(
      button("Preview", "settings digests", { ...about(follow), do: "preview" }),
      button("Send now", "settings digests", { ...about(follow), do: "send" }),
      change,
      ...(place ? [formButton("Give to", "settings digests", about(follow))] : []),
      stop(follow),
    ),
  ];
}

const settings = (follow: FollowDetails): Button =>
  formButton("Change", "kpi follow", {
    ...about(follow),
    unit: follow.unit.code,
    ...(follow.metrics.length > 0 && { metric: [...follow.metrics] }),
    schedule: follow.schedule,
    at: follow.at,
    where: follow.place ? "here" : "me",
    ...(follow.silentWhenNothing && { silent: true }),
  });

const stop = (follow: FollowDetails): Button => button("Stop", "settings digests", { ...about(follow), do: "stop" });

/** Digests of a person and a place, or of all places. @param all an admin looks at every channel */
export function followsCard(
  found: FollowPage,
  { all, admin, page }: { all: boolean; admin: boolean; page: number },
): Card {
  const title = all ? text`Digests of all channels` : text`Digests`;
  const left = found.total - (page - 1) * followsShown - found.rows.length;
  const which = all ? { all } : {};
  return card(
    title,
    heading(title),
    found.rows.length === 0
      ? paragraph(
          all
            ? text`No channel gets one. “kpi follow” asks for one in a channel, with where:here.`
            : text`None yet. “kpi follow” asks for one; a manager has that of a unit once it has measures.`,
        )
      : list(found.rows.map((follow) => row(follow, all))),
    left > 0 ? context(text`${left} more`) : [],
    buttons(
      ...(left > 0
        ? [button(`Next ${Math.min(left, followsShown)}`, "settings digests", { ...which, page: page + 1 })]
        : []),
      formButton("Follow a unit", "kpi follow", {}, "primary"),
      ...(admin
        ? [all ? button("Mine", "settings digests") : button("All channels", "settings digests", { all: true })]
        : []),
    ),
  );
}

function row(follow: FollowDetails, all: boolean) {
  const { unit, place, owner, last } = follow;
  const to = place ? text`to ${placeName(place)}` : text`to you`;
  return {
    text: text`${strong(unit.name)} · ${to}`,
    detail: text`${words(timingInWords(follow))}${all ? text` · ${data(owner.name)}’s` : []} · ${
      last ? text`last ${time(last.dueAt)}: ${outcomeInWords(last, follow)}` : words("none was sent yet")
    }`,
    ...(follow.mayChange && { button: button("Open", "settings digests", about(follow)) }),
  };
}

/** A place's digest has become somebody's, who hears what that means. */
export function digestGivenCard(follow: FollowDetails): Card {
  const title = text`The digest of ${follow.unit.name} is yours`;
  return card(
    title,
    heading(title),
    paragraph(
      text`${follow.place ? text`${placeName(follow.place)} gets` : text`You get`} it ${words(timingInWords(follow))}. It was somebody’s who left or gave it up; from now on it shows what you may see of the unit, as counts.`,
    ),
    buttons(button("Open", "settings digests", about(follow)), stop(follow)),
  );
}

/** A digest reached nobody. @param dueAt when it was promised */
export function digestUnreachedCard(follow: FollowDetails, dueAt: Date): Card {
  const title = text`A digest of ${follow.unit.name} reached nobody`;
  const to = follow.place ? placeName(follow.place) : text`you`;
  return card(
    title,
    heading(title),
    paragraph(
      text`The one of ${time(dueAt)} could not be delivered to ${to} within a day. The next one is tried as always.`,
    ),
    buttons(
      button("Send now", "settings digests", { ...about(follow), do: "send" }, "primary"),
      button("Open", "settings digests", about(follow)),
      stop(follow),
    ),
  );
}

/** A person's digest is over. */
export function digestEndedCard(unit: string): Card {
  const title = text`Your digest of ${unit} has ended`;
  return card(
    title,
    heading(title),
    paragraph(
      text`It came because you managed the unit or saw its measures, and that has changed. Where you see them still, “kpi follow” asks for it again. If that is wrong, ask an admin to correct the directory.`,
    ),
    buttons(formButton("Follow a unit", "kpi follow", {})),
  );
}
