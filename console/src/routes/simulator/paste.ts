import type { SimulatorCase } from '../../api/client';
import { emptyCase } from './fields';

/** A case of a pasted table, with what it is called there. */
export interface PastedCase {
  title: string;
  case: SimulatorCase;
}

type Column = keyof SimulatorCase | 'title';

/** Headings of case files and of what hospitals export, and the field each one fills. */
const headings: Record<string, Column> = {
  case_id: 'title',
  病案号: 'title',
  病例号: 'title',
  sex: 'sex',
  性别: 'sex',
  age_years: 'age_years',
  年龄: 'age_years',
  age_days: 'age_days',
  日龄: 'age_days',
  birth_weight_g: 'birth_weight_g',
  出生体重: 'birth_weight_g',
  los_days: 'stay_days',
  住院天数: 'stay_days',
  ventilator_hours: 'ventilator_hours',
  呼吸机小时: 'ventilator_hours',
  discharge_status: 'discharge_status',
  离院方式: 'discharge_status',
  dept: 'department',
  科室: 'department',
  principal_dx: 'principal',
  主要诊断: 'principal',
  secondary_dx: 'others',
  其他诊断: 'others',
  procedures: 'procedures',
  手术操作: 'procedures',
  total_cost: 'total_cost',
  总费用: 'total_cost',
};

/** The order of case files, for rows that come without a heading. */
const usual = [
  'case_id',
  'sex',
  'age_years',
  'age_days',
  'birth_weight_g',
  'los_days',
  'ventilator_hours',
  'discharge_status',
  'dept',
  'principal_dx',
  'secondary_dx',
  'procedures',
  'total_cost',
];

/** The cells of a line; a cell in quotes may hold the separator. */
function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...found, cell.trim()];
}

const codes = (text: string) => text.split(/[|;；、\s]+/).filter(Boolean);
const sexes: Record<string, string> = { 男: '1', 女: '2' };

function read(columns: (Column | undefined)[], row: string[], at: number): PastedCase {
  const one: SimulatorCase = { ...emptyCase };
  let title = '';
  columns.forEach((column, place) => {
    const text = row[place] ?? '';
    if (!column || !text) return;
    if (column === 'title') title = text;
    else if (column === 'others' || column === 'procedures') one[column] = codes(text);
    else if (column === 'sex') one.sex = sexes[text] ?? text;
    else one[column] = text;
  });
  return { title: title || `第${at + 1}例`, case: one };
}

/**
 * Cases copied from a case file or a spreadsheet. Throws a sentence that says what is missing.
 */
export function readPasted(text: string): PastedCase[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [head] = lines;
  if (!head) throw new Error('没有内容');
  const separator = head.includes('\t') ? '\t' : ',';
  const rows = lines.map((line) => cells(line.replace(/^\uFEFF/, ''), separator));
  const named = (rows[0] ?? []).map((name) => headings[name.toLowerCase()]);
  const hasHeading = named.filter(Boolean).length >= 2;
  const columns = hasHeading ? named : usual.map((name) => headings[name]);
  if (!columns.includes('principal')) throw new Error('表头里没有主要诊断（principal_dx）一列');
  const found = rows.slice(hasHeading ? 1 : 0).map((row, at) => read(columns, row, at));
  if (found.length === 0) throw new Error('只有表头，没有病例');
  return found;
}
