/** The domain will not do it. The message says the rule and the way on, for the person who asked; nothing was written. */
export class Refusal extends Error {
  /** The input that is to be corrected, where one is. */
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(message);
    this.name = "Refusal";
    this.field = field;
  }
}

/** Not done yet: it is, once it is sent again by somebody who has read this. */
export class Warning extends Refusal {
  /** The input, a flag, that says so. */
  readonly flag: string;

  constructor(message: string, flag: string) {
    super(message);
    this.flag = flag;
  }
}

/** The same answer for what does not exist and what this person may not see. */
export const notFound = (reference: string, field?: string): Refusal =>
  new Refusal(`There is no ${reference} that you may see. Check the number, or ask whoever gave it to you.`, field);
