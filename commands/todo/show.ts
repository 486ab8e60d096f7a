import { command } from "../../src/bot/command.ts";
import { refOf, required } from "../../src/bot/field.ts";
import { notWaiting, thingCard } from "../../src/cards/daily.ts";
import { privately } from "../../src/chat/reply.ts";
import { waitingSorts } from "../../src/domain/records.ts";

export default command({
  path: "todo show",
  title: "One thing that waits",
  summary: "What can be done with one thing that waits: done, later, reassign, comment.",
  usage: "INC-142",
  roles: "all",
  changes: false,
  input: { about: required(refOf(waitingSorts, { label: "Which", hint: "Its number, as INC-142" })) },
  async run({ services, actor, now }, { about }) {
    const waiting = await services.todo.find(actor, about, now);
    return privately(waiting ? thingCard(waiting, actor) : notWaiting(about));
  },
});
