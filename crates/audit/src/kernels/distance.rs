/// Metres of a degree of latitude.
const METRES_PER_DEGREE: i128 = 111_195;
/// Millionths of a degree.
const DEGREE: i128 = 1_000_000;

/// Metres between two places given in millionths of a degree, latitude first (两地距离).
///
/// The earth is taken as flat between them, with the width of a degree at the mean latitude; the
/// cosine is Bhāskara's approximation, wrong by less than a part in five hundred. Good for the
/// distances within a province that the rules ask about.
///
/// ```
/// use audit::kernels::metres_between;
/// let metres = metres_between((31_000_000, 117_000_000), (31_810_000, 117_000_000));
/// assert!((89_900..90_300).contains(&metres));
/// ```
pub fn metres_between(a: (i32, i32), b: (i32, i32)) -> i64 {
    let (north, east) = (i128::from(b.0 - a.0), i128::from(b.1) - i128::from(a.1));
    let middle = (i128::from(a.0) + i128::from(b.0)) / 2;
    // cos x ≈ (32400 − 4x²) / (32400 + x²), x in degrees; squares in 10⁻¹² degrees.
    let square = middle * middle;
    let unit = 32_400 * DEGREE * DEGREE;
    let east = east * (unit - 4 * square) / (unit + square);
    let metres = |span: i128| span * METRES_PER_DEGREE / DEGREE;
    let (x, y) = (metres(east), metres(north));
    i64::try_from((x * x + y * y).isqrt()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the formula of great circles on paper: a degree of longitude at 60° is 55.6 km.
    #[test]
    fn a_degree_of_longitude_narrows_to_the_north() {
        let degree = |latitude: i32| metres_between((latitude, 0), (latitude, 1_000_000));
        assert!((111_000..111_400).contains(&degree(0)));
        assert!((55_400..55_800).contains(&degree(60_000_000)));
        assert_eq!(metres_between((31, 117), (31, 117)), 0);
    }
}
