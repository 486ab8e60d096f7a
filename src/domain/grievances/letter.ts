import { Refusal } from "../refusal.ts";
import type { GrievanceDetails } from "./read.ts";
import { type Letter, reference } from "./rules.ts";

type Standing = Pick<GrievanceDetails, "closedAt" | "extendedDays">;

/** The letter that comes next. */
export const nextLetter = ({ closedAt, extendedDays }: Standing): Letter =>
  closedAt !== null ? "resolution" : extendedDays !== null ? "extension" : "acknowledgement";

/** The letter to draft; throws where it would not hold what it has to, and says the way on. */
export function letterFor(grievance: GrievanceDetails, wanted: Letter | undefined): Letter {
  const number = reference(grievance.number);
  if (!grievance.may.draft)
    throw new Refusal(`Letters for ${number} are drafted by quality and the managers of its unit.`);
  if (grievance.sort === "complaint")
    throw new Refusal(
      `${number} is a complaint, for which no letter is due. Quality can decide that it is a grievance.`,
    );
  const which = wanted ?? nextLetter(grievance);
  if (which === "extension" && grievance.extendedDays === null)
    throw new Refusal(`${number} was not extended. Extend it first: the letter states the number of days.`, "which");
  if (which === "resolution" && grievance.closedAt === null)
    throw new Refusal(
      `${number} is not resolved. Resolve it first, with contact, steps taken, results and the day of completion: the letter states them.`,
      "which",
    );
  return which;
}
