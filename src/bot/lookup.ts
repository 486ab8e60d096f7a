import type { Request } from "../chat/request.ts";
import type { Known } from "../domain/staff/members.ts";
import type { Services } from "../services.ts";
import type { Lookup } from "./input.ts";

/** Looks entries up for whoever asks; `known` tells who that is by now. */
export function lookupFor(services: Services, known: () => Known, { asker }: Request): Lookup {
  return {
    async find(directory, written) {
      const { actor, author, visiting } = known();
      const found = await services.directory.find(actor, directory, written, asker);
      if (directory !== "person") return found;
      // A visitor is in no directory, and a form that they opened may be sent after they joined.
      const isSelf = (one: string) => author.ids.includes(one) || (visiting && one.trim().toLowerCase() === "me");
      const self = { id: actor.id, code: actor.handle, name: actor.name };
      return new Map([...found, ...written.filter(isSelf).map((one) => [one, self] as const)]);
    },
    nearest: (directory, written) => services.directory.nearest(known().actor, directory, written),
  };
}
