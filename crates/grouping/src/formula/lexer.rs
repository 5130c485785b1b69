use super::{Comparison, FormulaError};

/// A piece of a formula and the character it begins at, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word(String),
    Compare(Comparison),
    And,
    Or,
    Not,
    In,
    Cut,
    Comma,
    Open,
    Close,
    OpenBrace,
    CloseBrace,
}

/// Splits a formula; full-width punctuation of workbooks counts as its plain twin.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FormulaError> {
    let mut found = Vec::new();
    let mut rest = text.chars().enumerate().peekable();
    while let Some((index, c)) = rest.next() {
        let at = index + 1;
        let next = rest.peek().map(|(_, c)| plain(*c));
        let (kind, twice) = match plain(c) {
            c if c.is_whitespace() => continue,
            '(' => (Kind::Open, false),
            ')' => (Kind::Close, false),
            '{' => (Kind::OpenBrace, false),
            '}' => (Kind::CloseBrace, false),
            ',' => (Kind::Comma, false),
            '∩' => (Kind::Cut, false),
            '&' => (Kind::And, next == Some('&')),
            '|' => (Kind::Or, next == Some('|')),
            '!' if next == Some('=') => (Kind::Compare(Comparison::NotEqual), true),
            '!' => (Kind::Not, false),
            '=' => (Kind::Compare(Comparison::Equal), next == Some('=')),
            '≠' => (Kind::Compare(Comparison::NotEqual), false),
            '≤' => (Kind::Compare(Comparison::AtMost), false),
            '≥' => (Kind::Compare(Comparison::AtLeast), false),
            '<' if next == Some('=') => (Kind::Compare(Comparison::AtMost), true),
            '<' if next == Some('>') => (Kind::Compare(Comparison::NotEqual), true),
            '<' => (Kind::Compare(Comparison::Less), false),
            '>' if next == Some('=') => (Kind::Compare(Comparison::AtLeast), true),
            '>' => (Kind::Compare(Comparison::More), false),
            c if in_word(c) => {
                let mut word = String::from(c);
                while let Some((_, c)) = rest.next_if(|(_, c)| in_word(plain(*c))) {
                    word.push(plain(c));
                }
                (keyword(word), false)
            }
            other => {
                let message = format!("第{at}个字符“{other}”不能出现在规则里");
                return Err(FormulaError { at, message });
            }
        };
        if twice {
            rest.next();
        }
        found.push(Token { kind, at });
    }
    Ok(found)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@' | '/' | '*' | '+')
}

fn plain(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '｛' => '{',
        '｝' => '}',
        '，' | '、' => ',',
        '＝' => '=',
        '＜' => '<',
        '＞' => '>',
        '！' => '!',
        '＆' => '&',
        '｜' => '|',
        '⋂' => '∩',
        other => other,
    }
}

fn keyword(word: String) -> Kind {
    match word.to_ascii_lowercase().as_str() {
        "and" => Kind::And,
        "or" => Kind::Or,
        "not" => Kind::Not,
        "in" => Kind::In,
        _ => Kind::Word(word),
    }
}
