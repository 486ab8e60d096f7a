import { Refusal } from "../domain/refusal.ts";
import { mayBringBooks, mayBringMeasures } from "../domain/staff/access.ts";
import type { Actor } from "../domain/staff/actor.ts";
import { type Brought, brought } from "./columns.ts";
import type { ImportFile } from "./file.ts";
import { type Recognised, recognise } from "./recognise.ts";

/** The sorts that this person may bring. */
export const sortsOf = (actor: Actor): Brought[] =>
  brought.map(({ code }) => code).filter((code) => mayBring(actor, code));

const mayBring = (actor: Actor, what: Brought): boolean =>
  what === "kpi" ? mayBringMeasures(actor) : mayBringBooks(actor);

/** What the file is; where that is not certain, what it may be. Throws where it is not for this person. */
export async function which(
  actor: Actor,
  file: ImportFile,
  asked: Brought | undefined,
): Promise<Brought | { fits: Brought[]; recognised: Recognised | undefined }> {
  const recognised = asked === undefined ? await recognise(file) : undefined;
  const fits = asked === undefined ? (recognised?.fits ?? []) : [asked];
  const [only, second] = fits.filter((code) => mayBring(actor, code));
  if (only !== undefined) return second === undefined ? only : { fits: [only, second], recognised };
  if (fits.length > 0) throw new Refusal(notTheirs(fits[0] ?? "budget"));
  if (recognised?.directory)
    throw new Refusal(
      `This looks like a file of ${recognised.directory}. Units and staff decide who sees what, so they come in on the server: “rounds import ${recognised.directory} FILE”. Ask whoever looks after Rounds.`,
    );
  return { fits: [], recognised };
}

const notTheirs = (what: Brought): string =>
  what === "kpi"
    ? "Measures are kept by the units’ managers and by quality. Send the file to one of them."
    : `A ${what} is imported by the units’ managers and by admins. Send the file to one of them.`;
