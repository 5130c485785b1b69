use ::store::{AdjustmentMoved, AdjustmentRow, Answer, ClearingCommit};
use bookkeeping::{Unpostable, fits};
use money::Fen;
use policy::FeeMonth;
use terms::{AdjustmentKind, BenefitClass};

use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// Something that shall change what an institution gets (清算调整申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAdjustment {
    /// 调整编号, the same each time the same thing is proposed: proposing it again changes nothing.
    pub adjustment: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// What it is spent on.
    pub class: BenefitClass,
    /// Why.
    pub kind: AdjustmentKind,
    /// Signed: below zero takes money from the institution.
    pub amount: Fen,
    /// The first month whose statement may take it.
    pub first_month: FeeMonth,
    /// The document it rests on (依据).
    pub document: String,
    /// What it is, in 中文, as the statement shows it.
    pub text: String,
}

/// How the numbers of statements begin, and of what follows from a statement.
pub(super) const STATEMENT_PREFIX: &str = "QS";
const OPEN: &str = "open";
const WITHDRAWN: &str = "withdrawn";

impl App {
    /// Proposes something that changes what an institution gets; the next statement built for its
    /// book takes it. Proposing the same number with the same content again changes nothing.
    ///
    /// # Errors
    /// What [`App::checked_adjustment`] refuses; `adjustment_differs` where the number was used for
    /// something else.
    pub async fn propose_adjustment(
        &self,
        actor: &Actor,
        new: &NewAdjustment,
    ) -> Result<AdjustmentRow, Error> {
        let row = self.checked_adjustment(actor, new)?;
        for _ in 0..ATTEMPTS {
            let known = self
                .store
                .clearing_adjustment(actor.area, &row.adjustment)
                .await?;
            if let Some(known) = known {
                return same(&row, known);
            }
            let mut commit = ClearingCommit::new(actor.area);
            let access = actor.access(self, "propose_adjustment", &row.adjustment, "done");
            commit.access = Some(access);
            commit.adjustments.push(row.clone());
            if self.store.record_clearing(&commit).await? == Answer::Done {
                return Ok(row);
            }
        }
        Err(Error::Busy)
    }

    /// The row of an adjustment that may be recorded, for those who record it together with
    /// something else of theirs.
    ///
    /// # Errors
    /// `fine_not_in_fund` for an administrative fine, `class_not_in_book` for aid outside the aid
    /// book and the like, `adjustment_amount` for nothing or the wrong sign, `adjustment_blank`
    /// where number, document or text are missing, [`Error::Missing`] for an unknown institution.
    pub fn checked_adjustment(
        &self,
        actor: &Actor,
        new: &NewAdjustment,
    ) -> Result<AdjustmentRow, Error> {
        self.institution(&new.institution)?;
        check(new)?;
        Ok(AdjustmentRow {
            adjustment: new.adjustment.clone(),
            institution: new.institution.clone(),
            book: new.book.clone(),
            class: new.class.word().to_owned(),
            kind: new.kind.word().to_owned(),
            amount: new.amount,
            first_month: new.first_month.to_string(),
            document: new.document.clone(),
            text: new.text.clone(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            state: OPEN.to_owned(),
            statement: String::new(),
            transfer: String::new(),
        })
    }

    /// Takes back an adjustment that no statement has taken yet (撤回调整).
    ///
    /// # Errors
    /// [`Error::Missing`]; `adjustment_taken` where a statement has it or it was taken back before.
    pub async fn withdraw_adjustment(
        &self,
        actor: &Actor,
        adjustment: &str,
    ) -> Result<AdjustmentRow, Error> {
        let found = self.store.clearing_adjustment(actor.area, adjustment);
        let row = found.await?;
        let mut row = row.ok_or_else(|| Error::missing("清算调整", adjustment))?;
        let taken = || {
            let message = format!("清算调整{adjustment}已列入清算单或已撤回，不能撤回");
            Error::refused("adjustment_taken", message)
        };
        if row.state != OPEN {
            return Err(taken());
        }
        let mut commit = ClearingCommit::new(actor.area);
        commit.adjustment_moves.push(AdjustmentMoved {
            adjustment: adjustment.to_owned(),
            from_state: OPEN.to_owned(),
            to_state: WITHDRAWN.to_owned(),
        });
        let access = actor.access(self, "withdraw_adjustment", adjustment, "done");
        commit.access = Some(access);
        match self.store.record_clearing(&commit).await? {
            Answer::Done => {
                WITHDRAWN.clone_into(&mut row.state);
                Ok(row)
            }
            _ => Err(taken()),
        }
    }
}

fn check(new: &NewAdjustment) -> Result<(), Error> {
    if new.kind == AdjustmentKind::AdministrativeFine {
        return Err(unpostable(&Unpostable::Fine));
    }
    fits(&new.book, new.class).map_err(|cause| unpostable(&cause))?;
    let (kind, amount) = (new.kind, new.amount);
    let wrong = |why: &str| {
        let message = format!("“{kind}”的金额{amount}元不对：{why}");
        Err(Error::refused("adjustment_amount", message))
    };
    match kind.sign() {
        _ if amount.is_zero() => return wrong("不能为零"),
        Some(true) if amount.is_negative() => return wrong("应为正数"),
        Some(false) if !amount.is_negative() => return wrong("应为负数"),
        _ => {}
    }
    if new.adjustment.starts_with(STATEMENT_PREFIX) {
        let number = &new.adjustment;
        let message = format!("调整编号{number}不得以{STATEMENT_PREFIX}开头，那是清算单的编号");
        return Err(Error::refused("adjustment_number", message));
    }
    let fields = [
        ("编号", &new.adjustment),
        ("依据", &new.document),
        ("说明", &new.text),
    ];
    match fields.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((name, _)) => Err(Error::refused(
            "adjustment_blank",
            format!("清算调整没有{name}"),
        )),
        None => Ok(()),
    }
}

/// What the books refuse, as a refusal of ours.
pub(super) fn unpostable(cause: &Unpostable) -> Error {
    Error::refused(cause.code(), cause.to_string())
}

fn same(row: &AdjustmentRow, known: AdjustmentRow) -> Result<AdjustmentRow, Error> {
    let content = |row: &AdjustmentRow| {
        let (institution, book) = (row.institution.clone(), row.book.clone());
        let (class, kind) = (row.class.clone(), row.kind.clone());
        (institution, book, class, kind, row.amount)
    };
    if content(row) == content(&known) {
        return Ok(known);
    }
    let number = &row.adjustment;
    let message = format!("调整编号{number}已用于另一笔调整");
    Err(Error::refused("adjustment_differs", message))
}
