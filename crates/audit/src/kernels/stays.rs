use lines::{Data, Visits};

use crate::{Hit, Kernel};

/// Two stays of one person, one after the other (前后两次住院).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StayPair {
    /// The earlier stay.
    pub earlier: u32,
    /// The later stay.
    pub later: u32,
    /// Seconds from the earlier discharge to the later admission; negative when they overlap.
    pub gap: i64,
}

/// Judges every pair of a stay and a later one of the same person; the later one is the target
/// (前后住院). Stays whose settlement was taken back are entered anew and do not count.
pub fn consecutive_stays(
    judge: impl Fn(&Data, &StayPair) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    Kernel::People(Box::new(move |person, sheet| {
        let data = person.data;
        let stays: Vec<u32> = person
            .visits
            .iter()
            .copied()
            .filter(|&visit| data.visits.is_stay(visit) && settled(data, visit))
            .collect();
        for (at, &later) in stays.iter().enumerate().skip(1) {
            for &earlier in stays[..at].iter().rev() {
                let (begin, end) = (
                    data.visits.begin[later as usize],
                    data.visits.end[earlier as usize],
                );
                let pair = StayPair {
                    earlier,
                    later,
                    gap: begin.since(end),
                };
                if let Some(hit) = judge(data, &pair) {
                    sheet.visit(later, hit);
                    break;
                }
            }
        }
    }))
}

/// Judges every other visit that begins within a stay of the same person: the visit, the stay
/// (住院期间的其他就诊).
pub fn during_stay(
    judge: impl Fn(&Data, u32, u32) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    Kernel::People(Box::new(move |person, sheet| {
        if person.visits.len() < 2 {
            return;
        }
        let data = person.data;
        let (begin, end) = (&data.visits.begin, &data.visits.end);
        for &visit in person
            .visits
            .iter()
            .filter(|&&visit| !data.visits.is_stay(visit) && settled(data, visit))
        {
            let time = begin[visit as usize];
            let stays = person.visits.iter().copied().filter(|&stay| {
                let inside = begin[stay as usize] <= time && time <= end[stay as usize];
                inside && data.visits.is_stay(stay) && settled(data, stay)
            });
            if let Some(hit) = stays.into_iter().find_map(|stay| judge(data, visit, stay)) {
                sheet.visit(visit, hit);
            }
        }
    }))
}

/// Whether a visit's settlement stands, and was not taken back.
fn settled(data: &Data, visit: u32) -> bool {
    !data.visits.has(visit, Visits::REVERSED)
}
