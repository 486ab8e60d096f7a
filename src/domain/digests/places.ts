/** Where a digest goes: to whoever asks for it, or to the place where they ask. */
export const digestPlaces = [
  { code: "me", label: "To me" },
  { code: "here", label: "Here, in this channel" },
] as const;
