/// Procedures that a row of the directory asks for: `a/b+c` is (a or b) and c. Each stands for
/// every code that begins so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    terms: Vec<Vec<String>>,
}

impl Expression {
    /// Reads an expression; `|` between alternatives is the same as `/`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let term = |term: &str| -> Result<Vec<String>, String> {
            let alternatives = term.split(['/', '|']).map(|code| code.trim().to_owned());
            let alternatives: Vec<String> = alternatives.collect();
            if alternatives.iter().any(String::is_empty) {
                return Err(format!("手术操作表达式“{text}”中有空的编码"));
            }
            Ok(alternatives)
        };
        let terms: Result<_, _> = text.split('+').map(term).collect();
        Ok(Self { terms: terms? })
    }

    /// How many procedures it asks for together.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Every code it names.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().flatten().map(String::as_str)
    }

    /// The procedures that fulfil it, each once; `None` when one of the terms is not fulfilled.
    /// `sorted` holds each procedure of the case once, in order.
    pub fn matched<'c>(&self, sorted: &[&'c str]) -> Option<Vec<&'c str>> {
        let mut found = Vec::new();
        for term in &self.terms {
            let before = found.len();
            for prefix in term {
                let from = sorted.partition_point(|code| *code < prefix.as_str());
                let rest = sorted.get(from..).unwrap_or_default();
                found.extend(
                    rest.iter()
                        .take_while(|code| code.starts_with(prefix.as_str())),
                );
            }
            if found.len() == before {
                return None;
            }
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_and_companions_are_told_apart() {
        let both = Expression::parse("36.06/36.07+00.66").unwrap();
        assert_eq!(both.terms(), 2);
        assert_eq!(
            both.matched(&["00.6600", "36.0700"]),
            Some(vec!["00.6600", "36.0700"])
        );
        assert_eq!(both.matched(&["36.0600", "36.0700"]), None);
        assert_eq!(both.matched(&[]), None);
        assert!(Expression::parse("36.06+").is_err());
    }

    #[test]
    fn one_procedure_may_fulfil_two_terms() {
        let twice = Expression::parse("36.0+36.06").unwrap();
        assert_eq!(twice.matched(&["36.0600"]), Some(vec!["36.0600"]));
    }
}
