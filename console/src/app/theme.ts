import { theme, type ThemeConfig } from 'antd';

/** The family of faces found on office machines, in order of preference; nothing is downloaded. */
const fonts = [
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  'sans-serif',
].join(',');

/** The compact spacing, with letters kept at a size that can be read all day. */
const denser: NonNullable<ThemeConfig['algorithm']> = (seed, map) => ({
  ...theme.compactAlgorithm(seed, map),
  fontSize: 13,
  fontSizeSM: 12,
  fontSizeLG: 14,
  controlHeight: 28,
});

/** Dense, quiet, square: a console that is looked at all day. */
export const consoleTheme: ThemeConfig = {
  algorithm: denser,
  token: {
    colorPrimary: '#17457a',
    colorInfo: '#17457a',
    colorLink: '#17569c',
    colorError: '#b3261e',
    borderRadius: 2,
    fontSize: 13,
    fontSizeSM: 12,
    fontFamily: fonts,
    colorBgLayout: '#eef1f5',
    colorTextPlaceholder: '#66758a',
    colorTextDescription: '#5a6b80',
    motion: false,
  },
  components: {
    Table: {
      rowSelectedBg: '#f1f6fc',
      rowSelectedHoverBg: '#e7f0fa',
      headerBg: '#f3f6fa',
      headerColor: '#44546a',
      cellPaddingBlockSM: 4,
      cellPaddingInlineSM: 10,
    },
    Card: { headerFontSize: 13, headerHeightSM: 34 },
    Descriptions: { labelColor: '#5a6b80' },
  },
};
