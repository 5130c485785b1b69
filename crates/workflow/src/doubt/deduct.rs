use money::Fen;

/// A line that a doubt covers, as a deduction sees it (涉及明细).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// The fund's share of the line: no more is ever taken of it.
    pub share: Fen,
    /// What other doubts took of it before.
    pub taken: Fen,
}

/// What a confirmed doubt takes of each of its lines (扣减分摊), same order.
///
/// The confirmed amount fills the lines in order, each up to its share; what other doubts took of a
/// line counts towards it. So a line hit by several rules is deducted once, by the largest of them
/// (knowledge-base.md §4), whichever comes first. `left` is what the bill's funds have left; a
/// doubt never takes more.
///
/// ```
/// use money::Fen;
/// use workflow::doubt::{Covered, take};
/// let line = Covered { share: Fen::yuan(50), taken: Fen::yuan(20) };
/// assert_eq!(take(Fen::yuan(30), &[line], Fen::yuan(900)), [Fen::yuan(10)]);
/// assert_eq!(take(Fen::yuan(20), &[line], Fen::yuan(900)), [Fen::ZERO]);
/// assert_eq!(take(Fen::yuan(80), &[line], Fen::yuan(900)), [Fen::yuan(30)]);
/// ```
pub fn take(confirmed: Fen, lines: &[Covered], left: Fen) -> Vec<Fen> {
    let (mut rest, mut left) = (confirmed, left.max(Fen::ZERO));
    let one = |line: &Covered| {
        let filled = rest.min(line.share).max(Fen::ZERO);
        rest -= filled;
        let taken = filled.minus_to_zero(line.taken).min(left);
        left -= taken;
        taken
    };
    lines.iter().map(one).collect()
}
