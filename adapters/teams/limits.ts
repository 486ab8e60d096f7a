/**
 * What one message may hold, in bytes of UTF-16; pictures inside the card are not counted.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const messageBytes = 100 * 1024;

/** What we fill of it: the connector adds fields of its own, and may split a message that is nearly full. */
export const cardCharacters = (80 * 1024) / 2;

/**
 * The longest address of a picture that travels in a card: clients built on .NET take no longer URI.
 * https://github.com/microsoft/AdaptiveCards/issues/2881
 */
export const pictureCharacters = 65_500;

/** Buttons in one row; more are not drawn. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference */
export const buttonsInRow = 6;

/** A text input holds what a dialog can carry back in one invoke beside everything else. */
export const inputCharacters = 4_000;

/** Lines that are drawn apart; the rest of a long text keeps its words and loses its line breaks. */
export const linesApart = 60;

/** The line of a card that stands in notifications. */
export const summaryCharacters = 200;

/**
 * Teams gives no number for how long an invoke may take; three seconds are inside every one that is told. An answer
 * that takes longer follows as a message.
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
 */
export const answerMilliseconds = 2_500;

/** A send that got no answer. */
export const sendMilliseconds = 10_000;

/** Answers that are worth a retry. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export const retriedStatuses: readonly number[] = [412, 429, 502, 504];

/** Activities may be as large as what people paste; Express takes 100 kB where nothing is said. */
export const activityBytes = "1mb";

/** Entries that a search shows. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search */
export const searchResults = 15;

/** Command lists of a bot, and commands in one. https://learn.microsoft.com/microsoft-365/extensibility/schema/root-bots-command-lists */
export const commandsInList = 12;

/** A file that somebody sent is fetched for this long. */
export const downloadMilliseconds = 60_000;

/** How long a file waits for consent. */
export const fileMilliseconds = 60 * 60 * 1000;

/** How many people, chats and waiting files are remembered between requests. */
export const remembered = 5_000;
