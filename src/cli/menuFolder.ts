import path from "node:path";

/** Where the commands are. */
export const menuFolder = path.join(import.meta.dirname, "../../commands");
