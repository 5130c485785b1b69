use std::collections::{BTreeMap, BTreeSet};

use terms::Word;

use super::belief::{Altered, Belief, Effect};
use super::claim::{Asks, Claim, normal};
use super::twins::Group;
use super::{Change, ChangeKind, Held, Intake, KnownPerson, ListKind, ListLaw, RawRow};
use super::{ReceivedList, Rejection, RowResult, RowState};

/// The list set against the register, row group by row group.
pub(super) struct Matching<'a> {
    list: &'a ReceivedList,
    law: &'a ListLaw<'a>,
    people: &'a [KnownPerson],
    by_document: BTreeMap<String, usize>,
    /// By person and identity: what is believed of this bureau's statements.
    beliefs: BTreeMap<(usize, Word), Belief>,
    /// Who is on the list with which identity, even where the row is sent back.
    listed: BTreeSet<(usize, Word)>,
    /// Documents and names of rows whose identity could not be understood.
    unclear: BTreeSet<String>,
    rows: Vec<RowResult>,
}

impl<'a> Matching<'a> {
    pub fn new(list: &'a ReceivedList, people: &'a [KnownPerson], law: &'a ListLaw<'a>) -> Self {
        let mut by_document = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            for document in &person.documents {
                by_document.insert(normal(document), place);
            }
        }
        let mut held: BTreeMap<(usize, Word), Vec<&Held>> = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            for one in &person.held {
                if states(list, law, one) {
                    let key = (place, one.identity.clone());
                    held.entry(key).or_default().push(one);
                }
            }
        }
        let beliefs = held
            .into_iter()
            .map(|(key, held)| (key, Belief::new(held.into_iter())))
            .collect();
        Self {
            list,
            law,
            people,
            by_document,
            beliefs,
            listed: BTreeSet::new(),
            unclear: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    /// A row that cannot be understood; whoever it may mean is not taken for missing.
    pub fn reject(&mut self, row: &RawRow, rejection: Rejection) {
        self.unclear.insert(normal(&row.document));
        self.unclear.insert(row.name.trim().to_owned());
        let known = self.by_document.get(&normal(&row.document)).copied();
        self.push(row, known, RowState::Rejected(rejection), None);
    }

    /// The rows of one document and identity.
    pub fn group(&mut self, group: Group<'_>) {
        for (row, rejection) in group.rejected {
            self.reject(row, rejection);
        }
        for claim in &group.claims {
            self.claim(claim);
        }
        for (row, of) in group.repeats {
            let known = self.by_document.get(&normal(&row.document)).copied();
            let text = format!("与第{of}行相同");
            self.push(row, known, RowState::Repeated, Some(text));
        }
    }

    fn claim(&mut self, claim: &Claim<'_>) {
        let Some(place) = self.by_document.get(&claim.document).copied() else {
            let propose_enrolment = claim.rule.enrol && matches!(claim.asks, Asks::Hold { .. });
            let rejection = Rejection::NotInRegister { propose_enrolment };
            self.push(claim.row, None, RowState::Rejected(rejection), None);
            return;
        };
        let key = (place, claim.rule.identity.clone());
        self.listed.insert(key.clone());
        if let Err(rejection) = fits(&self.people[place], claim) {
            self.push(claim.row, Some(place), RowState::Rejected(rejection), None);
            return;
        }
        let belief = self.beliefs.entry(key).or_default();
        let row = claim.row.row;
        let effect = match claim.asks {
            Asks::Hold { days, .. } => belief.hold(days, row),
            Asks::End(last) => belief.end(last, row),
            Asks::Withdraw(from) => belief.withdraw(from, row),
        };
        let identity = self.law.zh(&claim.rule.identity);
        let (state, text) = judged(effect, claim, identity);
        self.push(claim.row, Some(place), state, text);
    }

    fn push(&mut self, row: &RawRow, place: Option<usize>, state: RowState, text: Option<String>) {
        let reason = match &state {
            RowState::Rejected(rejection) => rejection.to_string(),
            _ => text.unwrap_or_else(|| "与登记一致".to_owned()),
        };
        self.rows.push(RowResult {
            row: row.row,
            person_no: place.map(|place| self.people[place].person_no.clone()),
            state,
            reason,
        });
    }

    /// Ends what a full list no longer names, and collects what changed.
    pub fn finish(mut self) -> Intake {
        let mut intake = Intake::default();
        if self.list.kind == ListKind::Full {
            (intake.held_before, intake.ended) = self.end_missing();
        }
        intake.needs_second_person = intake.ended_share() > self.law.rule.second_person_above;
        let beliefs = std::mem::take(&mut self.beliefs);
        for ((place, identity), belief) in beliefs {
            for altered in belief.changes() {
                intake.changes.push(self.change(place, &identity, altered));
            }
        }
        intake.changes.sort_by(|a, b| {
            let key = |change: &Change| {
                let days = change.after.or(change.before);
                (change.person_no.clone(), change.identity.clone(), days)
            };
            key(a).cmp(&key(b))
        });
        self.rows.sort_by_key(|row| row.row);
        intake.rows = self.rows;
        intake
    }

    /// How many held the identities of the list on its day, and how many of them end.
    fn end_missing(&mut self) -> (usize, usize) {
        let day = self.list.day;
        let covers = self.covers();
        let (mut held, mut ended) = (0, 0);
        for (key, belief) in &mut self.beliefs {
            let (place, identity) = key;
            let person = &self.people[*place];
            let mut known = person.held.iter();
            let before = known.any(|one| {
                one.identity == *identity && one.days.holds(day) && states(self.list, self.law, one)
            });
            if !before || !covers.contains(identity) {
                continue;
            }
            held += 1;
            let mut names = person.documents.iter().map(|one| normal(one));
            let unclear = self.unclear.contains(person.name.trim())
                || names.any(|document| self.unclear.contains(&document));
            if unclear || self.listed.contains(key) {
                continue;
            }
            belief.end_before(day);
            ended += usize::from(!belief.holds(day));
        }
        (held, ended)
    }

    /// The identities that the list speaks for.
    fn covers(&self) -> BTreeSet<Word> {
        if !self.list.covers.is_empty() {
            return self.list.covers.iter().cloned().collect();
        }
        self.list
            .rows
            .iter()
            .filter_map(|row| {
                let text = row.identity.trim();
                let named = |word: &Word| {
                    *word == *text || self.law.words.get(word).is_some_and(|zh| zh == text)
                };
                let rules = self.law.rule.identities.iter();
                rules.map(|rule| &rule.identity).find(|word| named(word))
            })
            .cloned()
            .collect()
    }

    fn change(&self, place: usize, identity: &Word, altered: Altered) -> Change {
        let person = &self.people[place];
        let Altered {
            before,
            after,
            kind,
            rows,
        } = altered;
        let shown = after.or(before);
        let days = shown.map_or_else(String::new, |days| days.to_string());
        let name = self.law.zh(identity);
        let reason = match (kind, rows.is_empty()) {
            (_, true) => format!("不在全量名单中，{name}退出，登记改为{days}"),
            (ChangeKind::Withdrawn, false) => format!("{name}{days}撤销"),
            (kind, false) => format!("{name}{}，登记为{days}", kind.zh()),
        };
        Change {
            person_no: person.person_no.clone(),
            identity: identity.clone(),
            kind,
            before,
            after,
            rows,
            enrol_from: self.enrol_from(person, identity, after),
            subsidy_years: self.subsidy_years(before, after),
            reason,
        }
    }

    /// Somebody without cover on the day from which an identity counts this year is enrolled.
    fn enrol_from(
        &self,
        person: &KnownPerson,
        identity: &Word,
        after: Option<super::Days>,
    ) -> Option<terms::Date> {
        let (_, rule) = self.law.rule.of(identity.as_str())?;
        let after = after.filter(|after| rule.enrol && after.holds(self.list.day))?;
        let year = terms::Date::new(self.list.day.year(), 1, 1).ok()?;
        let day = after.from.max(year);
        let covered = person.covers.iter().any(|cover| cover.holds(day));
        (!covered).then_some(day)
    }

    /// The years up to that of the list in which something else is believed than before.
    fn subsidy_years(&self, before: Option<super::Days>, after: Option<super::Days>) -> Vec<i16> {
        let this = self.list.day.year();
        let both = [before, after].into_iter().flatten();
        let Some(first) = both.map(|days| days.from.year()).min() else {
            return Vec::new();
        };
        let first_day = |year: i16| terms::Date::new(year, 1, 1).unwrap_or(self.list.day);
        let last_day = |year: i16| terms::Date::new(year, 12, 31).unwrap_or(self.list.day);
        let within = |days: Option<super::Days>, year: i16| {
            let days = days?;
            let whole = super::Days::new(first_day(year), Some(last_day(year)));
            let to = days.to.map_or(last_day(year), |to| to.min(last_day(year)));
            days.meets(&whole)
                .then(|| (days.from.max(first_day(year)), to))
        };
        (first..=this)
            .filter(|year| within(before, *year) != within(after, *year))
            .collect()
    }
}

/// Whether an identity counts as stated by the list's bureau: it stated it, or nobody is known to
/// have and it is entitled to.
fn states(list: &ReceivedList, law: &ListLaw<'_>, held: &Held) -> bool {
    match &held.bureau {
        Some(bureau) => *bureau == list.bureau,
        None => law
            .rule
            .of(held.identity.as_str())
            .is_some_and(|(_, rule)| rule.bureaus.contains(&list.bureau)),
    }
}

/// Whether the row can be about the person of its document.
fn fits(person: &KnownPerson, claim: &Claim<'_>) -> Result<(), Rejection> {
    if person.name.trim() != claim.name {
        return Err(Rejection::NameDiffers);
    }
    let Asks::Hold { recognised, days } = claim.asks else {
        return Ok(());
    };
    if person.birth.is_some_and(|birth| recognised < birth) {
        return Err(Rejection::BeforeBirth { from: recognised });
    }
    let outlives = |death: &terms::Date| days.to.is_none_or(|to| to > *death);
    match person.death.filter(outlives) {
        Some(death) => Err(Rejection::Dead { death }),
        None => Ok(()),
    }
}

/// What an effect makes of a row.
fn judged(effect: Effect, claim: &Claim<'_>, identity: String) -> (RowState, Option<String>) {
    match effect {
        Effect::Nothing => (RowState::Unchanged, None),
        Effect::Changed(kind, days) => {
            let mut text = format!("{identity}{}，{days}", kind.zh());
            if let Asks::Hold { recognised, .. } = claim.asks
                && days.from > recognised
            {
                text.push_str(&format!("；认定日期{recognised}早于可计日期"));
            }
            (RowState::Accepted(kind), Some(text))
        }
        Effect::NothingThere => {
            let rejection = Rejection::NothingToEnd { identity };
            (RowState::Rejected(rejection), None)
        }
        Effect::AllLater(from) => {
            let to = match claim.asks {
                Asks::End(last) => last,
                _ => from,
            };
            let rejection = Rejection::EndsBeforeStart { from, to };
            (RowState::Rejected(rejection), None)
        }
        Effect::Several(held) => {
            let rejection = Rejection::BridgesHeld { held };
            (RowState::Rejected(rejection), None)
        }
    }
}
