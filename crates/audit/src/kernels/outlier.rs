use std::collections::BTreeMap;

use lines::{Data, Day, Level, Visits};
use money::Fen;

/// Whether a value lies more than so many standard deviations above the mean of all (离群).
///
/// Exact: with n values of sum s and sum of squares q it compares (n·x − s)² with z²·(n·q − s²);
/// the deviation is that of the whole population. A sample without any spread has no outlier
/// unless the value itself stands above it.
pub fn beyond_deviations(all: &[i64], value: i64, z: i64) -> bool {
    let n = i128::try_from(all.len()).expect("a slice fits");
    let sum: i128 = all.iter().map(|&one| i128::from(one)).sum();
    let squares: i128 = all
        .iter()
        .map(|&one| i128::from(one) * i128::from(one))
        .sum();
    let above = n * i128::from(value) - sum;
    let spread = n * squares - sum * sum;
    above > 0 && above * above > i128::from(z) * i128::from(z) * spread
}

/// Whether the coefficient of variation is at most so many thousandths (费用接近).
pub fn alike(all: &[i64], thousandths: i64) -> bool {
    let n = i128::try_from(all.len()).expect("a slice fits");
    let sum: i128 = all.iter().map(|&one| i128::from(one)).sum();
    let squares: i128 = all
        .iter()
        .map(|&one| i128::from(one) * i128::from(one))
        .sum();
    // n·q − s² over s² is the square of the coefficient.
    let spread = n * squares - sum * sum;
    let limit = i128::from(thousandths);
    spread * 1_000_000 <= limit * limit * sum * sum
}

/// The median, when a value lies further above it than so many robust deviations
/// (中位数绝对偏差离群); `limit` counts ten thousandths.
///
/// Deviation: 1.4826 times the median of absolute differences. Without any spread only what does
/// not lie above the median is no outlier.
pub fn robustly_beyond(all: &[i64], value: i64, limit: i64) -> Option<i64> {
    let middle = median(all)?;
    let differences: Vec<i64> = all.iter().map(|one| (one - middle).abs()).collect();
    let deviation = median(&differences)?;
    let off = i128::from(value - middle) * 10_000 * 10_000;
    (off > i128::from(limit) * 14_826 * i128::from(deviation)).then_some(middle)
}

/// The lower middle of the values.
fn median(all: &[i64]) -> Option<i64> {
    let mut all = all.to_vec();
    all.sort_unstable();
    all.get(all.len().checked_sub(1)? / 2).copied()
}

/// The mean cost of a provider's stays that ended in a month (次均住院费用).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanCost {
    /// The provider.
    pub provider: u32,
    /// Its level.
    pub level: Level,
    /// The month, counted from year 0.
    pub month: i32,
    /// A day of the month.
    pub day: Day,
    /// Fen.
    pub mean: i64,
}

/// Whether a visit is a stay whose settlement stands.
fn stays_settled(data: &Data, visit: u32) -> bool {
    data.visits.is_stay(visit) && !data.visits.has(visit, Visits::REVERSED)
}

/// Mean costs of all providers, by month, level and provider.
pub fn mean_cost_of_stays(data: &Data) -> Vec<MeanCost> {
    let mut sums: BTreeMap<(i32, u8, u32), (Fen, i64, Day)> = BTreeMap::new();
    let providers = u32::try_from(data.providers.len()).expect("dictionary numbers");
    for provider in 0..providers {
        let visits = data.visits_at(provider).iter();
        for &visit in visits.filter(|&&visit| stays_settled(data, visit)) {
            let day = data.visits.end[visit as usize].day();
            let key = (
                day.month(),
                data.providers.level[provider as usize].0,
                provider,
            );
            let sum = sums.entry(key).or_insert((Fen::ZERO, 0, day));
            *sum = (sum.0 + amount_of(data, visit), sum.1 + 1, sum.2.min(day));
        }
    }
    let mean = |((month, level, provider), (amount, stays, day)): (_, (Fen, i64, Day))| MeanCost {
        provider,
        level: Level(level),
        month,
        day,
        mean: amount.get() / stays,
    };
    sums.into_iter().map(mean).collect()
}

/// The amount of a whole visit (就诊总额).
pub fn amount_of(data: &Data, visit: u32) -> Fen {
    let rows = data.lines_of(visit);
    rows.map(|row| data.lines.amount[row as usize]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and deviation 2.
    #[test]
    fn deviations_are_those_of_the_textbook() {
        let all = [2, 4, 4, 4, 5, 5, 7, 9];
        assert!(beyond_deviations(&all, 10, 2));
        assert!(!beyond_deviations(&all, 9, 2));
        assert!(alike(&all, 400));
        assert!(!alike(&all, 399));
    }

    /// 1, 1, 2, 2, 4, 6, 9: median 2, differences 1 1 0 0 2 4 7, their median 1.
    #[test]
    fn robust_deviations_too() {
        let all = [1, 1, 2, 2, 4, 6, 9];
        assert_eq!(robustly_beyond(&all, 9, 35_000), Some(2));
        assert_eq!(robustly_beyond(&all, 7, 35_000), None);
        assert_eq!(robustly_beyond(&all, -9, 35_000), None);
    }
}
