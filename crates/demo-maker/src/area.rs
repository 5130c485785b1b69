use std::collections::VecDeque;

use crate::household::household;
use crate::institution::institutions;
use crate::maker::Maker;
use crate::samples::samples;
use crate::staff::{console_accounts, operators};
use crate::{ConsoleAccount, Institution, Operator, Person, Recipe, Sample};

/// An invented pooling area (示范统筹区): what fits in memory, and a stream of its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoArea {
    /// What it was made from.
    pub recipe: Recipe,
    /// 定点医药机构: those of the area, then two elsewhere.
    pub institutions: Vec<Institution>,
    /// People at the institutions who send bills.
    pub operators: Vec<Operator>,
    /// Console users.
    pub accounts: Vec<ConsoleAccount>,
}

/// Makes an area; the same recipe gives the same area, down to the byte.
pub fn area(recipe: Recipe) -> DemoArea {
    let institutions = institutions(&recipe);
    DemoArea {
        operators: operators(&recipe, &institutions),
        accounts: console_accounts(&recipe, &institutions),
        institutions,
        recipe,
    }
}

impl DemoArea {
    /// Everybody, one after the other: first the hand-picked people, then household by household.
    pub fn people(&self) -> People<'_> {
        let mut maker = Maker::new(&self.recipe, &self.institutions);
        let waiting: VecDeque<Person> = samples(&mut maker)
            .into_iter()
            .map(|sample| sample.person)
            .collect();
        let left = waiting.len().max(self.recipe.people as usize);
        People {
            maker,
            waiting,
            left,
        }
    }

    /// The hand-picked people with a note each; the same people head [`DemoArea::people`].
    pub fn samples(&self) -> Vec<Sample> {
        samples(&mut Maker::new(&self.recipe, &self.institutions))
    }
}

/// The people of an area as they are made; holds one household at a time.
#[derive(Debug, Clone)]
pub struct People<'a> {
    maker: Maker<'a>,
    waiting: VecDeque<Person>,
    left: usize,
}

impl Iterator for People<'_> {
    type Item = Person;

    fn next(&mut self) -> Option<Person> {
        self.left = self.left.checked_sub(1)?;
        if self.waiting.is_empty() {
            self.waiting = household(&mut self.maker, self.left + 1).into();
        }
        self.waiting.pop_front()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for People<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_as_many_people_as_asked() {
        for people in [0, 30, 1000] {
            let area = area(Recipe::fictional().with_people(people));
            let made = area.people().count();
            assert_eq!(made, (people as usize).max(area.samples().len()));
        }
    }
}
