use crate::Fen;

/// Shares `pool` by integer weights so that the parts add up exactly (最大余额法).
///
/// Each part is the floor of its exact share; the fen left over go one each to the largest
/// remainders, ties to the earlier position. With no positive weight everything stays with the
/// first part. Shape: one part per weight, same order.
///
/// ```
/// use money::{Fen, share_by_weight};
/// assert_eq!(share_by_weight(Fen::new(10), &[1, 1, 1]), [4, 3, 3].map(Fen::new));
/// ```
///
/// # Panics
/// When a weight is negative.
pub fn share_by_weight(pool: Fen, weights: &[i64]) -> Vec<Fen> {
    assert!(weights.iter().all(|w| *w >= 0), "a weight is not negative");
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    let mut parts = vec![Fen::ZERO; weights.len()];
    if total == 0 {
        if let Some(first) = parts.first_mut() {
            *first = pool;
        }
        return parts;
    }
    let mut remainders = Vec::with_capacity(weights.len());
    let mut left = pool;
    for (position, weight) in weights.iter().enumerate() {
        let product = i128::from(pool.get()) * i128::from(*weight);
        let floor = product.div_euclid(total);
        parts[position] = Fen::new(i64::try_from(floor).expect("a share is within the pool"));
        left -= parts[position];
        remainders.push((product.rem_euclid(total), position));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, position) in remainders
        .into_iter()
        .take(usize::try_from(left.get()).unwrap_or(0))
    {
        parts[position] += Fen::new(1);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_always_sum_to_the_pool(
            pool in -1_000_000_000_i64..1_000_000_000,
            weights in prop::collection::vec(0_i64..1_000_000, 1..40),
        ) {
            let parts = share_by_weight(Fen::new(pool), &weights);
            prop_assert_eq!(parts.iter().copied().sum::<Fen>(), Fen::new(pool));
        }
    }
}
