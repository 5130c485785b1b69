use money::{Fen, share_by_weight};

/// Twelve quotas that together make a target (月度限额), in the proportion of what was spent in the
/// months of the year before; even where nothing was. Says which.
pub(super) fn quotas(target: Fen, history: &[Fen; 12]) -> ([Fen; 12], &'static str) {
    let weights = history.map(|month| month.get().max(0));
    let spent = weights.iter().any(|weight| *weight > 0);
    let weights = if spent { weights } else { [1; 12] };
    let mut quotas = [Fen::ZERO; 12];
    for (place, part) in share_by_weight(target, &weights).into_iter().enumerate() {
        quotas[place] = part;
    }
    (quotas, if spent { "history" } else { "even" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_follow_the_season_and_make_the_target() {
        let mut history = [Fen::yuan(100); 12];
        history[1] = Fen::yuan(50);
        history[11] = Fen::yuan(150);
        let (quotas, season) = quotas(Fen::new(120_000_001), &history);
        assert_eq!(season, "history");
        assert_eq!(quotas.iter().copied().sum::<Fen>(), Fen::new(120_000_001));
        assert_eq!(
            (quotas[1], quotas[2]),
            (Fen::yuan(50_000), Fen::yuan(100_000))
        );
        let (even, season) = super::quotas(Fen::yuan(12), &[Fen::ZERO; 12]);
        assert_eq!((even, season), ([Fen::yuan(1); 12], "even"));
    }
}
