/** How Teams' light and dark themes draw cards, for the `adaptivecards` renderer. */
export interface TeamsTheme {
  readonly hostConfig: object;
  /** Behind the card. */
  readonly page: string;
  readonly text: string;
  readonly border: string;
  readonly accent: string;
}

interface Palette {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly page: string;
  readonly card: string;
  readonly emphasis: string;
  readonly border: string;
}

export const themes = ['light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

const palettes = {
  light: {
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#237b4b',
    warning: '#835c00',
    attention: '#c4314b',
    page: '#f5f5f5',
    card: '#ffffff',
    emphasis: '#f5f5f5',
    border: '#d1d1d1',
  },
  dark: {
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#7f85f5',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#f1707b',
    page: '#1f1f1f',
    card: '#292929',
    emphasis: '#333333',
    border: '#666666',
  },
} as const satisfies Readonly<Record<ThemeName, Palette>>;

export const teamsTheme = (name: ThemeName): TeamsTheme => {
  const palette = palettes[name];
  const { page, text, border, accent } = palette;
  return { hostConfig: hostConfig(palette), page, text, border, accent };
};

const hostConfig = (palette: Palette) => ({
  fontFamily: "'Segoe UI', Arial, sans-serif",
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: palette.border },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: { backgroundColor: palette.card, foregroundColors: foreground(palette) },
    emphasis: { backgroundColor: palette.emphasis, foregroundColors: foreground(palette) },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
  },
  factSet: { title: { weight: 'Bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
});

const foreground = ({ text, subtle, accent, good, warning, attention }: Palette) => ({
  default: { default: text, subtle },
  dark: { default: text, subtle },
  light: { default: text, subtle },
  accent: both(accent),
  good: both(good),
  warning: both(warning),
  attention: both(attention),
});

const both = (colour: string) => ({ default: colour, subtle: colour });
