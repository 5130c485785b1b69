use std::collections::HashMap;

use jiff::ToSpan;
use terms::{AreaCode, Date, Sex};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// How many people of one sex one day can number in one county.
const PER_DAY: u16 = 500;

/// The check character of a resident number (公民身份号码校验码, GB 11643), from its 17 digits.
///
/// ```
/// assert_eq!(demo_maker::checksum_of("99130219800101001"), Some('2'));
/// assert_eq!(demo_maker::checksum_of("9913"), None);
/// ```
pub fn checksum_of(digits: &str) -> Option<char> {
    let values: Option<Vec<u32>> = digits.chars().map(|c| c.to_digit(10)).collect();
    let values = values.filter(|values| values.len() == WEIGHTS.len())?;
    let sum: u32 = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    Some(char::from(CHECKS[(sum % 11) as usize]))
}

/// Gives out resident numbers, each once.
///
/// The division code is 99 and the last four digits of the county. No province has the number 99,
/// and a foreigner's permanent residence number, which does begin with 9, would continue with a
/// province as well; so nobody can carry one of these numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    taken: HashMap<(AreaCode, Date, Sex), u16>,
}

impl Numbers {
    /// A number for somebody born on that day, or on the first earlier day with a number left.
    pub(crate) fn resident(&mut self, county: AreaCode, born: Date, sex: Sex) -> (Date, String) {
        let mut day = born;
        loop {
            let taken = self.taken.entry((county, day, sex)).or_insert(0);
            if *taken < PER_DAY {
                let order = *taken * 2 + u16::from(sex == Sex::Male);
                *taken += 1;
                return (day, resident_number(county, day, order));
            }
            day = day.saturating_sub(1.day());
        }
    }
}

fn resident_number(county: AreaCode, born: Date, order: u16) -> String {
    let place = 990_000 + county.get() % 10_000;
    let (year, month, day) = (born.year(), born.month(), born.day());
    let mut digits = format!("{place}{year:04}{month:02}{day:02}{order:03}");
    digits.push(checksum_of(&digits).expect("17 digits were just written"));
    digits
}

/// The person's number in the register (人员编号): the area and ten digits.
pub(crate) fn person_number(area: AreaCode, sequence: u32) -> String {
    format!("{area}{sequence:010}")
}

/// A social security card number (社会保障卡号): a letter and eight digits.
pub(crate) fn card_number(sequence: u32) -> String {
    format!("Z{sequence:08}")
}

/// A telephone number; subscriber numbers begin with 13 to 19, so 12 reaches nobody.
pub(crate) fn phone(sequence: u32) -> String {
    format!("120{:08}", sequence % 100_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        // The example printed in GB 11643-1999.
        assert_eq!(checksum_of("11010519491231002"), Some('X'));
        assert_eq!(checksum_of("44052418800101001"), Some('4'));
    }

    #[test]
    fn a_crowded_day_gives_different_numbers() {
        let county = crate::recipe::area_code("421302");
        let mut numbers = Numbers::default();
        let born = date(1980, 1, 1);
        let all: Vec<(Date, String)> = (0..501)
            .map(|_| numbers.resident(county, born, Sex::Female))
            .collect();
        let distinct: std::collections::BTreeSet<&String> = all.iter().map(|(_, n)| n).collect();
        assert_eq!(distinct.len(), 501);
        assert_eq!(all[500].0, date(1979, 12, 31));
        assert!(all[500].1.starts_with("99130219791231000"));
    }
}
