use super::{ChangeKind, Days, Held};

/// One span of an identity while the rows of a list take effect.
#[derive(Debug, Clone)]
struct Span {
    before: Option<Days>,
    now: Option<Days>,
    rows: Vec<u32>,
}

/// What is believed of one person, identity and bureau while the rows of a list take effect.
#[derive(Debug, Clone, Default)]
pub(super) struct Belief(Vec<Span>);

/// What came of asking for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// It was so already.
    Nothing,
    /// A span changed, and how.
    Changed(ChangeKind, Days),
    /// There is nothing that could end.
    NothingThere,
    /// All there is begins later than it should end.
    AllLater(terms::Date),
    /// Several spans stand in the way.
    Several(Vec<Days>),
}

impl Belief {
    pub fn new<'h>(held: impl Iterator<Item = &'h Held>) -> Self {
        let span = |held: &Held| Span {
            before: Some(held.days),
            now: Some(held.days),
            rows: Vec::new(),
        };
        let mut spans: Vec<Span> = held.map(span).collect();
        spans.sort_by_key(|span| span.now);
        Self(spans)
    }

    /// The identity is held over these days: a span that overlaps is carried on, never cut at its
    /// beginning.
    pub fn hold(&mut self, days: Days, row: u32) -> Effect {
        let mut meeting = self
            .0
            .iter_mut()
            .filter(|span| span.now.is_some_and(|now| now.meets(&days)));
        let Some(span) = meeting.next() else {
            self.0.push(Span {
                before: None,
                now: Some(days),
                rows: vec![row],
            });
            return Effect::Changed(ChangeKind::Starts, days);
        };
        let others: Vec<Days> = meeting.filter_map(|span| span.now).collect();
        let was = span.now.unwrap_or(days);
        if !others.is_empty() {
            return Effect::Several(std::iter::once(was).chain(others).collect());
        }
        let now = Days::new(was.from.min(days.from), days.to);
        span.now = Some(now);
        span.rows.push(row);
        match ChangeKind::between(Some(was), Some(now)) {
            Some(kind) => Effect::Changed(kind, now),
            None => Effect::Nothing,
        }
    }

    /// The span that runs over a day, or the last one before it, ends with the day.
    pub fn end(&mut self, last: terms::Date, row: u32) -> Effect {
        let standing = self.0.iter_mut().filter(|span| span.now.is_some());
        let mut spans: Vec<&mut Span> = standing.collect();
        let Some(first) = spans
            .iter()
            .filter_map(|span| span.now)
            .map(|now| now.from)
            .min()
        else {
            return Effect::NothingThere;
        };
        let begun = |span: &&mut &mut Span| span.now.is_some_and(|now| now.from <= last);
        let Some(span) = spans.iter_mut().filter(begun).max_by_key(|span| span.now) else {
            return Effect::AllLater(first);
        };
        let Some(was) = span.now else {
            return Effect::NothingThere;
        };
        span.rows.push(row);
        if was.to.is_some_and(|to| to <= last) {
            return Effect::Nothing;
        }
        let now = Days::new(was.from, Some(last));
        span.now = Some(now);
        Effect::Changed(ChangeKind::Ends, now)
    }

    /// What began on a day was never held.
    pub fn withdraw(&mut self, from: terms::Date, row: u32) -> Effect {
        let begins = |span: &&mut Span| span.now.is_some_and(|now| now.from == from);
        let Some(span) = self.0.iter_mut().find(begins) else {
            return Effect::NothingThere;
        };
        let was = span.now.take().unwrap_or(Days::new(from, None));
        span.rows.push(row);
        Effect::Changed(ChangeKind::Withdrawn, was)
    }

    /// Whoever is not on a full list of a day held the identity until the day before; what only
    /// began on that day was never held.
    pub fn end_before(&mut self, day: terms::Date) {
        for span in &mut self.0 {
            let Some(now) = span.now.filter(|now| now.holds(day)) else {
                continue;
            };
            span.now = match day.yesterday() {
                Ok(last) if now.from <= last => Some(Days::new(now.from, Some(last))),
                _ => None,
            };
        }
    }

    /// Whether anything is held on a day.
    pub fn holds(&self, day: terms::Date) -> bool {
        let mut now = self.0.iter().filter_map(|span| span.now);
        now.any(|now| now.holds(day))
    }

    /// What is different from before, with the rows that did it.
    pub fn changes(self) -> impl Iterator<Item = Altered> {
        self.0.into_iter().filter_map(|span| {
            let kind = ChangeKind::between(span.before, span.now)?;
            Some(Altered {
                before: span.before,
                after: span.now,
                kind,
                rows: span.rows,
            })
        })
    }
}

/// A span that is different from before.
pub(super) struct Altered {
    pub before: Option<Days>,
    pub after: Option<Days>,
    pub kind: ChangeKind,
    pub rows: Vec<u32>,
}
