import { theme, type ThemeConfig } from 'antd';

/** The family of faces found on office machines, in order of preference; nothing is downloaded. */
const fonts = [
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Source Han Sans SC"',
  'sans-serif',
].join(',');

/** Dense, quiet, square: a console that is looked at all day. */
export const consoleTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  token: {
    colorPrimary: '#17457a',
    colorInfo: '#17457a',
    colorLink: '#17569c',
    borderRadius: 2,
    fontSize: 13,
    fontFamily: fonts,
    colorBgLayout: '#eef1f5',
    motion: false,
  },
  components: {
    Table: { headerBg: '#f3f6fa', headerColor: '#44546a', cellPaddingBlockSM: 5 },
    Card: { headerFontSize: 13, headerHeightSM: 34 },
    Descriptions: { labelColor: '#5a6b80' },
  },
};
