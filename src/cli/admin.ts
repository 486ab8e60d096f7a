import { audit } from "../audit.ts";
import { Refusal } from "../domain/refusal.ts";
import { handleIn } from "../imports/cells.ts";
import { offer } from "../imports/nearest.ts";
import type { Bound } from "../store/store.ts";

/**
 * Makes a person an admin and says what is now true; twice is once. The first one cannot be made from a chat, because
 * only an admin could allow it: whoever may run this on the server may decide it.
 */
export async function makeAdmin(bound: Bound, handle: string, now: Date): Promise<string> {
  const wanted = handleIn(handle.trim());
  return bound.change(async (change) => {
    const person = await change.person.findFirst({ where: { handle: wanted } });
    if (!person) throw new Refusal(await nobody(change, wanted));
    if (!person.active)
      throw new Refusal(`${person.name} (@${person.handle}) has left, so nothing was changed. Choose somebody else.`);
    if (person.access.includes("admin")) return `${person.name} (@${person.handle}) is an admin already.`;
    await change.person.updateMany({
      where: { id: person.id },
      data: { access: { set: [...person.access, "admin"] } },
    });
    await audit(change, {
      at: now,
      actorId: null,
      action: "person.made-admin",
      subject: "person",
      subjectId: person.id,
    });
    return `${person.name} (@${person.handle}) is an admin now: settings of the organisation and the audit trail are open to them.`;
  });
}

async function nobody(change: Pick<Bound, "person">, wanted: string): Promise<string> {
  const people = await change.person.findMany({ where: { active: true }, select: { handle: true } });
  const first = "Whoever is to be the admin says “whoami” to Rounds first, which shows them their handle.";
  if (people.length === 0) return `There is nobody here yet. ${first}`;
  return `Nobody here has the handle “${wanted}”.${offer(
    people.map((person) => person.handle),
    wanted,
  )} ${first}`;
}
