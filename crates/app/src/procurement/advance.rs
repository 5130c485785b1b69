use ::store::{AdvancePartRow, AdvanceRow, Answer, PaymentOrderRow, ProviderCommit};
use money::{Decimal, Fen, Ratio};
use payment::Factor;
use payment::methods::advance::{Advance, advance};
use payment::methods::prepayment::{AheadBasis, MonthAhead, prepay_month};
use policy::FeeMonth;
use terms::Date;

use super::shown::AdvanceShown;
use super::{ADVANCE, APPROVED, PROPOSED, REJECTED, provider_funds, refused_by};
use crate::register::Actor;
use crate::{App, Error};

/// An advance somebody asks for (预付申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvanceAsked {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// From what the amount is made.
    pub basis: AdvanceBasis,
    /// The document it rests on.
    pub document: String,
}

/// From what the amount of an advance is made (预付依据).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvanceBasis {
    /// 周转预付金: so many months of what the fund paid last year.
    LastYear {
        /// The year it is for.
        year: i16,
        /// How many months; the rule says how many at most.
        months: Ratio,
        /// How many months the reserve of the fund lasts (可支付月数).
        reserve_months: Decimal<1>,
    },
    /// 月度预付: a share of a month's bills, taken back from the same month.
    MonthAhead {
        /// The month.
        month: FeeMonth,
        /// 预付比例.
        ratio: Ratio,
        /// 当月项目金额, as far as known.
        items: Fen,
    },
    /// 集采预付: a share of a procurement contract, taken back over some months.
    Contract {
        /// 合同金额.
        contract: Fen,
        /// 预付比例.
        ratio: Ratio,
        /// The first month from whose settlement it is taken back.
        first: FeeMonth,
        /// Over how many months.
        parts: u32,
    },
}

/// What an advance comes to.
struct Amount {
    kind: &'static str,
    year: i16,
    recovery: Vec<(FeeMonth, Fen)>,
    sentences: Vec<String>,
}

/// The last month from whose settlement an advance is taken back: it is paid within thirty working
/// days, and nothing may be open at the end of the year.
const LAST_MONTH: i32 = 10;

impl App {
    /// Proposes an advance (预付申请); nothing is paid by that.
    ///
    /// # Errors
    /// A refusal where the reserve of the fund does not last long enough, more months are asked for
    /// than the rule allows, an earlier year's advance has not come back, or one stands already.
    pub async fn propose_advance(
        &self,
        actor: &Actor,
        asked: &AdvanceAsked,
    ) -> Result<AdvanceShown, Error> {
        self.institution(&asked.institution)?;
        let amount = self.advance_amount(actor, asked).await?;
        self.refuse_open(actor, asked, &amount).await?;
        let number = self.numbers.named("YF");
        let whole: Fen = amount.recovery.iter().map(|(_, part)| *part).sum();
        if whole.is_zero() {
            let message = format!("{}没有可以预付的金额", asked.institution);
            return Err(Error::refused("nothing_to_advance", message));
        }
        let mut commit = ProviderCommit::new(actor.area);
        commit.advances.push(AdvanceRow {
            advance: number.clone(),
            kind: amount.kind.to_owned(),
            institution: asked.institution.clone(),
            book: asked.book.clone(),
            year: i64::from(amount.year),
            amount: whole,
            returned: Fen::ZERO,
            state: PROPOSED.to_owned(),
            document: asked.document.clone(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            checked_by: String::new(),
            checked_at: None,
            trace: serde_json::json!(amount.sentences).to_string(),
        });
        let parts = (1..).zip(amount.recovery);
        let parts = parts.map(|(part, (month, amount))| AdvancePartRow {
            advance: number.clone(),
            part,
            month: month.to_string(),
            amount,
            state: "open".to_owned(),
        });
        commit.parts = parts.collect();
        let access = actor.access(self, "propose_advance", &number, "done");
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => self.one_advance(actor, &number).await,
            _ => Err(Error::Busy),
        }
    }

    async fn advance_amount(&self, actor: &Actor, asked: &AdvanceAsked) -> Result<Amount, Error> {
        match &asked.basis {
            AdvanceBasis::LastYear {
                year,
                months,
                reserve_months,
            } => {
                let of = (*year, *months, *reserve_months);
                self.working_capital(actor, asked, of).await
            }
            AdvanceBasis::MonthAhead {
                month,
                ratio,
                items,
            } => {
                let basis = AheadBasis::Items(*items);
                let ahead = MonthAhead {
                    ratio: *ratio,
                    basis,
                };
                let paid = prepay_month(&ahead).map_err(refused_by)?;
                Ok(Amount {
                    kind: "month_ahead",
                    year: month.year(),
                    recovery: vec![(*month, paid.amount)],
                    sentences: paid.trace.into_iter().map(|step| step.sentence).collect(),
                })
            }
            AdvanceBasis::Contract {
                contract,
                ratio,
                first,
                parts,
            } => {
                // Twelve times the contract as a year's payment: a month of it is the contract.
                let whole = Advance {
                    last_year: *contract,
                    grade_factor: Factor::new(*ratio * Ratio::new(12, 1)),
                    cap: Some(*contract),
                    parts: *parts,
                };
                let made = advance(&whole).map_err(refused_by)?;
                let sentence = format!(
                    "合同金额{contract}元，预付{ratio}，计{}元，分{parts}期冲抵",
                    made.advance
                );
                Ok(Amount {
                    kind: "procurement",
                    year: first.year(),
                    recovery: months_from(*first, made.recovery),
                    sentences: vec![sentence],
                })
            }
        }
    }

    async fn working_capital(
        &self,
        actor: &Actor,
        asked: &AdvanceAsked,
        (year, months, reserve): (i16, Ratio, Decimal<1>),
    ) -> Result<Amount, Error> {
        let on = actor.at.date();
        let rule = provider_funds(&self.law, actor.area, &asked.book, on)?.advance;
        if reserve < rule.reserve_months {
            let message = format!(
                "基金可支付{reserve}个月，不足{}个月，不能预付",
                rule.reserve_months
            );
            return Err(Error::refused("reserve_too_low", message));
        }
        if months > rule.most_months {
            let message = format!("预付规模{months}超过规定的{}个月", rule.most_months);
            return Err(Error::refused("too_much_advance", message));
        }
        let day = |year, month| Date::new(year, month, 1);
        let span = day(year - 1, 1).and_then(|from| Ok((from, day(year, 1)?)));
        let span = span.map_err(|_| Error::refused("no_such_year", format!("没有{year}年")))?;
        let spent = self.store.provider_spending(actor.area, span).await?;
        let ours = spent
            .iter()
            .filter(|one| one.institution == asked.institution && one.book == asked.book);
        let last_year: Fen = ours.map(|one| one.amount).sum();
        let made = advance(&Advance {
            last_year,
            grade_factor: Factor::new(months),
            cap: None,
            parts: rule.parts,
        });
        let made = made.map_err(refused_by)?;
        let january = FeeMonth::of(span.1);
        let first = january.later(LAST_MONTH - i32::try_from(rule.parts).unwrap_or(1));
        Ok(Amount {
            kind: "working_capital",
            year,
            recovery: months_from(first, made.recovery),
            sentences: made.trace.into_iter().map(|step| step.sentence).collect(),
        })
    }

    /// An advance of an earlier year must have come back (S19); one of a kind stands at a time.
    async fn refuse_open(
        &self,
        actor: &Actor,
        asked: &AdvanceAsked,
        amount: &Amount,
    ) -> Result<(), Error> {
        let known = self.advances(actor.area, (&asked.institution, "")).await?;
        let year = i64::from(amount.year);
        for one in known {
            let row = &one.advance;
            let ours = row.book == asked.book && row.state != REJECTED && row.kind == amount.kind;
            if !ours || one.open().is_zero() {
                continue;
            }
            let (number, open) = (&row.advance, one.open());
            if row.year < year {
                let message = format!("{}年预付{number}还有{open}元没有收回", row.year);
                return Err(Error::refused("advance_open", message));
            }
            if row.kind == "working_capital" {
                let message = format!("{}年已有预付{number}，不能重复预付", row.year);
                return Err(Error::refused("advance_twice", message));
            }
        }
        Ok(())
    }

    /// Approves or rejects an advance (预付审批); approved, it becomes a payment order.
    ///
    /// # Errors
    /// [`Error::Denied`] to the proposer; a refusal where it is decided, or the institution has no
    /// account.
    pub async fn decide_advance(
        &self,
        actor: &Actor,
        advance: &str,
        approve: bool,
    ) -> Result<AdvanceShown, Error> {
        let row = self.one_advance(actor, advance).await?.advance;
        if row.state != PROPOSED {
            let message = format!("预付{advance}已经审批");
            return Err(Error::refused("advance_state", message));
        }
        if row.made_by == actor.name {
            let message = "预付由另一人审批：申请人不能审批自己的申请";
            return Err(Error::Denied(message.to_owned()));
        }
        let mut commit = ProviderCommit::new(actor.area);
        if approve {
            commit
                .clearing
                .orders
                .push(self.advance_order(actor, &row).await?);
        }
        let state = if approve { APPROVED } else { REJECTED };
        let to = AdvanceRow {
            state: state.to_owned(),
            checked_by: actor.name.clone(),
            checked_at: Some(actor.at),
            ..row
        };
        commit.advance_moves.push((PROPOSED.to_owned(), to));
        let access = actor.access(self, "decide_advance", advance, state);
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => self.one_advance(actor, advance).await,
            _ => Err(Error::Busy),
        }
    }

    async fn advance_order(
        &self,
        actor: &Actor,
        row: &AdvanceRow,
    ) -> Result<PaymentOrderRow, Error> {
        let payee = self.store.payee(actor.area, &row.institution).await?;
        let payee = payee.ok_or_else(|| {
            let message = format!("机构“{}”没有登记收款账户", row.institution);
            Error::refused("no_payee", message)
        })?;
        Ok(PaymentOrderRow {
            order: format!("{}-1", row.advance),
            source_kind: ADVANCE.to_owned(),
            source: row.advance.clone(),
            month: FeeMonth::of(actor.at.date()).to_string(),
            book: row.book.clone(),
            payee: payee.payee,
            payee_name: payee.name,
            bank: payee.bank,
            account: payee.account,
            amount: row.amount,
            state: "made".to_owned(),
            reissues: String::new(),
            file: String::new(),
            line_no: 0,
            made_by: actor.name.clone(),
            made_at: actor.at,
            paid_on: None,
            bank_reference: String::new(),
            note: String::new(),
        })
    }

    pub(super) async fn one_advance(
        &self,
        actor: &Actor,
        advance: &str,
    ) -> Result<AdvanceShown, Error> {
        let found = self.advances(actor.area, ("", advance)).await?.pop();
        found.ok_or_else(|| Error::missing("预付", advance))
    }
}

fn months_from(first: FeeMonth, parts: Vec<Fen>) -> Vec<(FeeMonth, Fen)> {
    let months = (0..).map(|nth| first.later(nth));
    months.zip(parts).collect()
}
