/** Something that the environment names does not take us; the message says what, why, and the way out. */
export class NotConnected extends Error {
  override name = "NotConnected";
}
