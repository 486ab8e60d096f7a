/** Blocks of a message. https://docs.slack.dev/reference/block-kit/blocks */
export const messageBlocks = 50;

/** Blocks of a modal and of App Home. https://docs.slack.dev/surfaces/modals */
export const viewBlocks = 100;

/**
 * Characters of all blocks of a message together. Slack names no number and answers `msg_blocks_too_long` near 13,200.
 * https://github.com/slackapi/bolt-js/issues/2509
 */
export const messageCharacters = 12_000;

/** Characters of a view's blocks; Slack takes 250 KB. https://docs.slack.dev/reference/views/modal-views */
export const viewCharacters = 60_000;

/** The text that stands for the blocks in notifications. https://docs.slack.dev/reference/methods/chat.postMessage */
export const summaryCharacters = 300;

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const headerCharacters = 150;

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const sectionCharacters = 3_000;

/** https://docs.slack.dev/reference/block-kit/blocks/image-block */
export const altCharacters = 2_000;

/** Buttons of one row. https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const buttonsInRow = 25;

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const buttonCharacters = 75;
export const valueCharacters = 2_000;

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const tableRows = 100;
export const tableColumns = 20;
export const tableCharacters = 10_000;

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const chartsInMessage = 2;
export const chartTitle = 50;
export const chartLabel = 20;
export const chartPoints = 20;
export const chartSeries = 6;

/** https://docs.slack.dev/reference/views/modal-views */
export const titleCharacters = 24;
export const metadataCharacters = 3_000;

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
export const labelCharacters = 2_000;

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const inputCharacters = 3_000;

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const optionCharacters = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const selectOptions = 100;
/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export const radioOptions = 10;

/**
 * Slack waits three seconds for an acknowledgement; the answer has half of them, the way there and back the rest.
 * https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 */
export const answerMilliseconds = 1_500;

/** A trigger lives three seconds. https://docs.slack.dev/interactivity/implementing-shortcuts */
export const triggerMilliseconds = 2_500;

/** A call that got no answer. */
export const callMilliseconds = 10_000;

/** A file that somebody sent is fetched for this long. */
export const downloadMilliseconds = 60_000;

/** The largest file that is taken in a form. */
export const fileBytes = 20 * 1024 * 1024;

/** https://docs.slack.dev/reference/app-manifest */
export const slashCommands = 50;
export const slashCharacters = 32;

/** What Slack says of a token that may be put right. https://docs.slack.dev/reference/methods/auth.test#errors */
export const tokenErrors: readonly string[] = ["invalid_auth", "not_authed", "token_expired"];

/** What Slack refuses for the moment only. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const passingErrors: readonly string[] = [
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
  ...tokenErrors,
];

/**
 * A picture that was just uploaded is not ready at once; what to wait before each further try.
 * https://docs.slack.dev/messaging/working-with-files
 */
export const pictureMilliseconds: readonly number[] = [1_000, 2_000, 3_000];

/** Words of an uploaded picture. https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
export const uploadAltCharacters = 1_000;

/** An event is acknowledged after this although it is not saved yet: Slack waits 3 s. https://docs.slack.dev/apis/events-api/#responding */
export const eventMilliseconds = 2_500;
