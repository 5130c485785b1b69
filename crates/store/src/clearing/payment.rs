//! What is remembered of payment: accounts, orders, files to the bank and from it.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// An account that money is paid to (收款账户); the highest version counts.
    PayeeRow, PAYEES "payees" at Home::Column("payee"), {
        /// 收款方编号: an institution, or a supplier.
        payee: text "payee",
        /// 1 for the first.
        version: int "version",
        /// 户名.
        name: text "name",
        /// 开户银行.
        bank: text "bank",
        /// 账号.
        account: text "account",
        /// The document it rests on.
        document: text "document",
        /// Who entered it.
        changed_by: text "changed_by",
        /// When.
        changed_at: time "changed_at",
    }
}

row! {
    /// A payment order of one book to one payee (支付凭单).
    PaymentOrderRow, ORDERS "payment_orders" at Home::Column("order_id"), {
        /// 凭单号.
        order: text "order_id",
        /// What is paid: `statement`, or the word of another kind of document.
        source_kind: text "source_kind",
        /// Its number.
        source: text "source",
        /// The month it belongs to.
        month: text "month",
        /// 账套.
        book: text "book",
        /// 收款方编号.
        payee: text "payee",
        /// 户名.
        payee_name: text "payee_name",
        /// 开户银行.
        bank: text "bank",
        /// 账号.
        account: text "account",
        /// 金额, above zero.
        amount: fen "amount_fen",
        /// `made`, `sent`, `paid`, `returned` or `reissued`.
        state: text "state",
        /// The order this one pays again after the bank sent it back, or empty.
        reissues: text "reissues",
        /// The bank file it went out in, or empty.
        file: text "file",
        /// Its line in that file, from 1; 0 before.
        line_no: int "line_no",
        /// Who made it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// The day the bank paid or returned it.
        paid_on: maybe_date "paid_on",
        /// 银行流水号.
        bank_reference: text "bank_reference",
        /// Why it came back, or empty.
        note: text "note",
    }
}

row! {
    /// A file of orders handed to the bank (银行付款文件).
    BankFileRow, FILES "bank_files" at Home::Column("file"), {
        /// 文件号.
        file: text "file",
        /// 账套.
        book: text "book",
        /// 清算年月.
        month: text "month",
        /// 笔数.
        lines: int "lines",
        /// 合计金额.
        total: fen "total_fen",
        /// The hash of its lines.
        hash: text "hash",
        /// `sent` or `answered`.
        state: text "state",
        /// Who made it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
    }
}

row! {
    /// A file the bank answers with (银行回单文件).
    BankReceiptRow, RECEIPTS "bank_receipts" at Home::Column("receipt"), {
        /// SHA-256 of the file, hexadecimal.
        receipt: text "receipt",
        /// Its name.
        name: text "name",
        /// The file of orders it answers.
        file: text "file",
        /// 笔数.
        lines: int "lines",
        /// 合计金额.
        total: fen "total_fen",
        /// 已付金额.
        paid: fen "paid_fen",
        /// 退回金额.
        returned: fen "returned_fen",
        /// Who imported it.
        imported_by: text "imported_by",
        /// When.
        imported_at: time "imported_at",
    }
}

row! {
    /// One line of such a file (回单明细).
    BankReceiptLineRow, RECEIPT_LINES "bank_receipt_lines" at Home::Column("receipt"), {
        /// The file.
        receipt: text "receipt",
        /// Line of the file, from 1.
        line_no: int "line_no",
        /// 凭单号.
        order: text "order_id",
        /// 金额.
        amount: fen "amount_fen",
        /// `paid` or `returned`.
        outcome: text "outcome",
        /// 记账日期.
        settled_on: date "settled_on",
        /// 银行流水号.
        bank_reference: text "bank_reference",
        /// Why it came back, or empty.
        reason: text "reason",
    }
}
