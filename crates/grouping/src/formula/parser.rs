use std::fmt;

use super::lexer::{Kind, Token, tokens};
use super::{Comparison, Fact, Formula, Part, Severity, Side};

/// Why a text is not a rule, in 中文, and the character where reading stopped (规则有误).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// From 1; one past the end when something is missing there.
    pub at: usize,
    /// One sentence.
    pub message: String,
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormulaError {}

/// Brackets deeper than this are a mistake, not a rule.
const DEEPEST: usize = 60;

/// Reads a rule. An empty text always holds.
///
/// # Errors
/// [`FormulaError`] with the first thing that cannot be understood.
///
/// ```
/// use grouping::formula::{Comparison, Fact, Formula, Part, parse};
/// let table = parse("PDX(D) & AGEDAYS<=28").unwrap();
/// let workbook = parse("ZYZD in D and XSRTL <= 28").unwrap();
/// assert_eq!(table, workbook);
/// assert_eq!(
///     table,
///     Formula::All(vec![
///         Formula::In(Part::Principal, "D".to_owned()),
///         Formula::Compare(Fact::AgeDays, Comparison::AtMost, 28),
///     ])
/// );
/// ```
pub fn parse(text: &str) -> Result<Formula, FormulaError> {
    let mut reader = Reader {
        tokens: tokens(text)?,
        next: 0,
        end: text.chars().count() + 1,
        depth: 0,
    };
    if reader.tokens.is_empty() {
        return Ok(Formula::Always);
    }
    let formula = reader.any()?;
    match reader.peek() {
        None => Ok(formula),
        Some(_) => Err(reader.wrong("多出的内容")),
    }
}

struct Reader {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn take(&mut self) -> Option<Kind> {
        let kind = self.peek().cloned();
        self.next += 1;
        kind
    }

    fn take_if(&mut self, wanted: &Kind) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }

    fn need(&mut self, wanted: &Kind, name: &str) -> Result<(), FormulaError> {
        if self.take_if(wanted) {
            return Ok(());
        }
        Err(self.wrong(&format!("此处应为“{name}”")))
    }

    fn wrong(&self, what: &str) -> FormulaError {
        let at = self
            .tokens
            .get(self.next)
            .map_or(self.end, |token| token.at);
        FormulaError {
            at,
            message: format!("规则第{at}个字符处读不懂：{what}"),
        }
    }

    fn any(&mut self) -> Result<Formula, FormulaError> {
        let mut parts = vec![self.all()?];
        while self.take_if(&Kind::Or) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Formula::Any))
    }

    fn all(&mut self) -> Result<Formula, FormulaError> {
        let mut parts = vec![self.unary()?];
        while self.take_if(&Kind::And) {
            parts.push(self.unary()?);
        }
        Ok(one_or(parts, Formula::All))
    }

    fn unary(&mut self) -> Result<Formula, FormulaError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(&format!("括号超过{DEEPEST}层")));
        }
        let formula = if self.take_if(&Kind::Not) {
            Formula::Not(Box::new(self.unary()?))
        } else if self.take_if(&Kind::Open) {
            let inside = self.any()?;
            self.need(&Kind::Close, ")")?;
            inside
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(formula)
    }

    /// One test: a call, a comparison, a membership or a bare word.
    fn test(&mut self) -> Result<Formula, FormulaError> {
        if self.peek() == Some(&Kind::OpenBrace) {
            let part = self.part()?;
            return self.membership(part);
        }
        let word = self.word("列表、数值或条件")?;
        match self.peek() {
            Some(Kind::Open) => self.call(&word),
            Some(Kind::In | Kind::Not) => {
                let part = part_of(&word).ok_or_else(|| self.unknown(&word))?;
                self.membership(part)
            }
            Some(Kind::Compare(_)) => self.comparison(&word),
            _ => bare(&word).ok_or_else(|| self.unknown(&word)),
        }
    }

    /// `PDX`, or `{ZYSS, QTSS}` for any of them.
    fn part(&mut self) -> Result<Part, FormulaError> {
        if !self.take_if(&Kind::OpenBrace) {
            let word = self.word("诊断或手术操作")?;
            return part_of(&word).ok_or_else(|| self.unknown(&word));
        }
        let mut named = Vec::new();
        loop {
            let word = self.word("诊断或手术操作")?;
            named.push(part_of(&word).ok_or_else(|| self.unknown(&word))?);
            if !self.take_if(&Kind::Comma) {
                break;
            }
        }
        self.need(&Kind::CloseBrace, "}")?;
        together(&named).ok_or_else(|| self.wrong("诊断和手术操作不能放在同一个花括号里"))
    }

    /// `in S`, `not in S`, `in {S1, S2}`.
    fn membership(&mut self, part: Part) -> Result<Formula, FormulaError> {
        let negated = self.take_if(&Kind::Not);
        self.need(&Kind::In, "in")?;
        let mut lists = Vec::new();
        if self.take_if(&Kind::OpenBrace) {
            loop {
                lists.push(self.word("集合名")?);
                if !self.take_if(&Kind::Comma) {
                    break;
                }
            }
            self.need(&Kind::CloseBrace, "}")?;
        } else {
            lists.push(self.word("集合名")?);
        }
        let tests = lists.into_iter().map(|list| in_list(part, list)).collect();
        let found = one_or(tests, Formula::Any);
        Ok(if negated {
            Formula::Not(Box::new(found))
        } else {
            found
        })
    }

    /// `NAME(list)`, `length(S ∩ {…}) >= n`.
    fn call(&mut self, word: &str) -> Result<Formula, FormulaError> {
        self.need(&Kind::Open, "(")?;
        let name = word.to_ascii_uppercase();
        if name == "LENGTH" {
            return self.length();
        }
        let argument = self.word("列表名")?;
        self.need(&Kind::Close, ")")?;
        if name == "NOPROC" {
            let any = Formula::In(Part::AnyProcedure, argument);
            return Ok(Formula::Not(Box::new(any)));
        }
        if let Some(part) = name.strip_suffix("PREFIX").and_then(part_of) {
            return Ok(Formula::Prefix(part, argument));
        }
        let part = part_of(&name).ok_or_else(|| self.unknown(word))?;
        Ok(in_list(part, argument))
    }

    fn length(&mut self) -> Result<Formula, FormulaError> {
        let (part, list) = if self.peek() == Some(&Kind::OpenBrace) {
            let part = self.part()?;
            self.need(&Kind::Cut, "∩")?;
            (part, self.word("集合名")?)
        } else {
            let list = self.word("集合名")?;
            self.need(&Kind::Cut, "∩")?;
            (self.part()?, list)
        };
        self.need(&Kind::Close, ")")?;
        let (comparison, number) = self.compared()?;
        Ok(Formula::Count(part, list, comparison, number))
    }

    fn comparison(&mut self, word: &str) -> Result<Formula, FormulaError> {
        if word.eq_ignore_ascii_case("DEPT") {
            let comparison = self.take();
            let formula = Formula::Department(self.word("科室编码")?);
            return match comparison {
                Some(Kind::Compare(Comparison::Equal)) => Ok(formula),
                Some(Kind::Compare(Comparison::NotEqual)) => Ok(Formula::Not(Box::new(formula))),
                _ => Err(self.wrong("科室只能用 = 或 !=")),
            };
        }
        let fact = fact_of(word).ok_or_else(|| self.unknown(word))?;
        let (comparison, number) = self.compared()?;
        Ok(Formula::Compare(fact, comparison, number))
    }

    fn compared(&mut self) -> Result<(Comparison, i64), FormulaError> {
        let Some(Kind::Compare(comparison)) = self.take() else {
            self.next -= 1;
            return Err(self.wrong("此处应为 =、!=、<、<=、> 或 >="));
        };
        let word = self.word("整数")?;
        let number = word.parse().map_err(|_| {
            self.next -= 1;
            self.wrong(&format!("“{word}”不是整数"))
        })?;
        Ok((comparison, number))
    }

    fn word(&mut self, wanted: &str) -> Result<String, FormulaError> {
        match self.take() {
            Some(Kind::Word(word)) => Ok(word),
            _ => {
                self.next -= 1;
                Err(self.wrong(&format!("此处应为{wanted}")))
            }
        }
    }

    /// Points at the word itself, which has been read already.
    fn unknown(&mut self, word: &str) -> FormulaError {
        let read = self.tokens.get(..self.next).unwrap_or_default();
        let is_it = |token: &Token| token.kind == Kind::Word(word.to_owned());
        self.next = read.iter().rposition(is_it).unwrap_or(self.next);
        self.wrong(&format!("不认识“{word}”"))
    }
}

fn one_or(mut parts: Vec<Formula>, several: fn(Vec<Formula>) -> Formula) -> Formula {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            several(parts)
        }
        (_, None) => Formula::Always,
    }
}

/// The complications of a case are those its exclusions leave, so these two names are no lists.
fn in_list(part: Part, list: String) -> Formula {
    match (part, list.as_str()) {
        (Part::Other, "MCC") => Formula::Complication(Severity::Mcc),
        (Part::Other, "CC") => Formula::Complication(Severity::Cc),
        _ => Formula::In(part, list),
    }
}

fn bare(word: &str) -> Option<Formula> {
    match word.to_ascii_uppercase().as_str() {
        "TRUE" | "ALWAYS" => Some(Formula::Always),
        "MCC" => Some(Formula::Complication(Severity::Mcc)),
        "CC" => Some(Formula::Complication(Severity::Cc)),
        "MCC_OR_CC" => Some(Formula::Any(vec![
            Formula::Complication(Severity::Mcc),
            Formula::Complication(Severity::Cc),
        ])),
        "DIED" => Some(Formula::Compare(
            Fact::DischargeStatus,
            Comparison::Equal,
            5,
        )),
        _ => None,
    }
}

fn part_of(word: &str) -> Option<Part> {
    Some(match word.to_ascii_uppercase().as_str() {
        "PDX" | "ZYZD" => Part::Principal,
        "SECDX" | "QTZD" => Part::Other,
        "ANYDX" => Part::AnyDiagnosis,
        "MAINPROC" | "ZYSS" => Part::Main,
        "SECPROC" | "QTSS" => Part::OtherProcedure,
        "ANYPROC" => Part::AnyProcedure,
        _ => return None,
    })
}

fn together(named: &[Part]) -> Option<Part> {
    let first = *named.first()?;
    if named.iter().all(|part| *part == first) {
        return Some(first);
    }
    if named.iter().any(|part| part.side() != first.side()) {
        return None;
    }
    Some(match first.side() {
        Side::Diagnosis => Part::AnyDiagnosis,
        Side::Procedure => Part::AnyProcedure,
    })
}

fn fact_of(word: &str) -> Option<Fact> {
    Some(match word.to_ascii_uppercase().as_str() {
        "AGE" | "NL" => Fact::AgeYears,
        "AGEDAYS" | "XSRTL" => Fact::AgeDays,
        "WEIGHT" | "XSRTZ" => Fact::BirthWeight,
        "SEX" | "XB" => Fact::Sex,
        "LOS" => Fact::StayDays,
        "VENTILATION" => Fact::VentilatorHours,
        "DISCHARGE" => Fact::DischargeStatus,
        "TRAUMA_SITES" => Fact::TraumaSites,
        "CCI" => Fact::ComorbidityPoints,
        _ => return None,
    })
}
