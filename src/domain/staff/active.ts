import type { Change } from "../../store/store.ts";
import { Refusal } from "../refusal.ts";

/** Somebody who is there to be given work; throws where they are not. @param input the command's, under which it is said */
export async function activePerson(change: Change, personId: string, input: string) {
  const person = await change.person.findFirst({
    where: { id: personId, active: true },
    select: { id: true, unitIds: true },
  });
  if (!person) throw new Refusal("That person has left or is not in the directory. Choose somebody else.", input);
  return person;
}
