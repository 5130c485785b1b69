import type { LedgerTransfer } from '../api/client';
import { Amount } from './amount';

/** A transfer of the books: its number, the two accounts, the day. */
export function TransferNote({ of }: { of: LedgerTransfer | null | undefined }) {
  if (!of) return <span className="quiet">清算单审批后记账</span>;
  return (
    <span className="transfer" title={`记账日期 ${of.on}`}>
      <code>{of.id}</code> 借 {of.debit} 贷 {of.credit} <Amount value={of.amount} />
    </span>
  );
}
