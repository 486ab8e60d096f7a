import { button, buttons, type Card, card, context, formButton, heading, list, paragraph } from "../chat/card.ts";
import { join, type Text, text, words } from "../chat/text.ts";
import { categories, harms, kinds } from "../domain/incidents/rules.ts";
import type { RouteDetails } from "../domain/settings/service.ts";
import { label } from "./incidentWords.ts";

const rowsShown = 20;

/** Whom incidents go to first. */
export function routingCard(routes: readonly RouteDetails[]): Card {
  const left = routes.length - rowsShown;
  return card(
    text`Routing`,
    heading(text`Routing`),
    routes.length === 0
      ? [
          paragraph(
            text`No routes yet: an incident goes to the manager of its unit, then up the units, and then to quality.`,
          ),
        ]
      : [
          list(
            routes.slice(0, rowsShown).map((route) => ({
              text: text`${conditions(route)} → ${join(route.people.map(addressee), ", ")}`,
              button: button("Remove", "settings routing", { remove: route.id }, "danger"),
            })),
          ),
          ...(left > 0 ? [context(text`${left} more`)] : []),
          context(
            text`The narrowest route that fits is taken: the nearest unit first, then category, kind and harm. Nobody there? Then it goes to the unit's manager as always.`,
          ),
        ],
    buttons(formButton("Add a route", "settings routing", {}, "primary")),
  );
}

function conditions(route: RouteDetails): Text {
  const parts = [
    ...(route.unit ? [text`${route.unit.name}`] : []),
    ...(route.category ? [text`${words(label(categories, route.category))}`] : []),
    ...(route.kind ? [text`${words(label(kinds, route.kind))}`] : []),
    ...(route.harm ? [text`${words(label(harms, route.harm))} or worse`] : []),
  ];
  return parts.length === 0 ? text`Everything` : join(parts, " · ");
}

const addressee = ({ name, active }: RouteDetails["people"][number]): Text =>
  active ? text`${name}` : text`${name} (has left)`;

/** Days off beside the federal holidays. */
export function holidaysCard(days: readonly string[]): Card {
  return card(
    text`Holidays`,
    heading(text`Holidays`),
    days.length === 0
      ? [paragraph(text`No days off of your own. Federal holidays are known.`)]
      : [
          list(
            days.slice(0, rowsShown).map((day) => ({
              text: text`${words(day)}`,
              button: button("Remove", "settings holidays", { remove: day }),
            })),
          ),
          ...(days.length > rowsShown ? [context(text`${days.length - rowsShown} more`)] : []),
          context(text`Beside the federal holidays, which are known. Clocks that run already keep their dates.`),
        ],
    buttons(formButton("Add a day off", "settings holidays", {}, "primary")),
  );
}
