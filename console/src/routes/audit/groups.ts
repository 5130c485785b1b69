import type { DoubtCount } from '../../api/client';
import { addAmounts } from '../../parts/amount';

/** Doubts of one rule at one institution. */
export interface Group {
  id: string;
  rule: string;
  ruleName: string;
  institution: string;
  institutionName: string;
  doubts: number;
  amount: string;
}

/** The counts of some states, added up by rule and institution, the most money first. */
export function groupsOf(counts: DoubtCount[], states: string[]): Group[] {
  const found = new Map<string, Group>();
  for (const one of counts) {
    if (states.length > 0 && !states.includes(one.state)) continue;
    const id = `${one.rule}|${one.institution}`;
    const before = found.get(id);
    found.set(id, {
      id,
      rule: one.rule,
      ruleName: one.rule_name,
      institution: one.institution,
      institutionName: one.institution_name,
      doubts: (before?.doubts ?? 0) + one.doubts,
      amount: addAmounts(before?.amount ?? '0.00', one.amount),
    });
  }
  return [...found.values()].sort((one, other) => Number(other.amount) - Number(one.amount));
}

/** How many doubts, and what the fund paid of them. */
export interface Sum {
  doubts: number;
  amount: string;
}

/** What the counts of some states come to; of every state where none is named. */
export function sumOf(counts: DoubtCount[], states: string[] = []): Sum {
  const groups = groupsOf(counts, states);
  return {
    doubts: groups.reduce((sum, one) => sum + one.doubts, 0),
    amount: groups.reduce((sum, one) => addAmounts(sum, one.amount), '0.00'),
  };
}
