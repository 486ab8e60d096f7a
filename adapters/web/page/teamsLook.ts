const colours = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name}-subtle)` });
const foreground = {
  default: colours("teams-text"),
  accent: colours("teams-accent"),
  attention: colours("teams-attention"),
  good: colours("teams-good"),
  warning: colours("teams-warning"),
};
const container = (background: string) => ({ backgroundColor: `var(--${background})`, foregroundColors: foreground });

/** Sizes and colours of the Teams client, near enough; the colours follow the page's light or dark. */
export const hostConfig = {
  fontFamily: '"Segoe UI", system-ui, sans-serif',
  supportsInteractivity: true,
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 12 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  containerStyles: {
    default: container("teams-card"),
    emphasis: container("teams-emphasis"),
    warning: container("teams-warning-back"),
    attention: container("teams-attention-back"),
    good: container("teams-emphasis"),
    accent: container("teams-emphasis"),
  },
  actions: {
    maxActions: 6,
    spacing: "default",
    buttonSpacing: 8,
    actionsOrientation: "horizontal",
    actionAlignment: "left",
  },
  factSet: {
    title: { weight: "bolder", wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 14,
  },
  inputs: {
    label: {
      requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", size: "small" },
  },
};
