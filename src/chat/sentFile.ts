/** A file that came with a message. */
export interface SentFile {
  name: string;
  /** In bytes, where the platform says it. */
  size?: number;
  /** Fetches it, once; throws {@link NotFetched}. */
  read(): AsyncIterable<Uint8Array>;
}

/** The platform did not give the file: it is gone, or it took too long. */
export class NotFetched extends Error {}
