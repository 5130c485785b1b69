//! Just enough reading of Rust for the rules: code without comments, strings and tests.
//!
//! The rules ask three questions (which words stand in the code, which functions are how long,
//! where do the tests begin) and none needs a syntax tree. Blanked text keeps every character's
//! line, so a word found in it is reported where its author will look.

/// Rust source with comments and the insides of literals replaced by blanks, line for line.
pub fn code_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_of_line(&chars, at),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_block_comment(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' if begins_raw_string(&chars, at) => end_of_raw_string(&chars, at),
            '\'' => end_of_char(&chars, at),
            plain => {
                out.push(plain);
                at += 1;
                continue;
            }
        };
        out.extend(
            chars[at..end]
                .iter()
                .map(|c| if *c == '\n' { '\n' } else { ' ' }),
        );
        at = end;
    }
    out
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    (from..chars.len())
        .find(|at| chars[*at] == '\n')
        .unwrap_or(chars.len())
}

fn end_of_block_comment(chars: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0_usize, from);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => {
                depth += 1;
                at += 2;
            }
            ('*', Some('/')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn begins_raw_string(chars: &[char], at: usize) -> bool {
    let prefixed = at > 0 && matches!(chars[at - 1], 'b' | 'c');
    let before = if prefixed {
        at.checked_sub(2)
    } else {
        at.checked_sub(1)
    };
    if before.is_some_and(|before| is_word(chars[before])) {
        return false;
    }
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    chars.get(at + 1 + hashes) == Some(&'"')
}

fn end_of_raw_string(chars: &[char], from: usize) -> usize {
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let mut at = from + 2 + hashes;
    while at < chars.len() {
        let closing = chars[at] == '"'
            && chars[at + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes;
        if closing {
            return at + 1 + hashes;
        }
        at += 1;
    }
    chars.len()
}

/// A quote begins a character or a lifetime; a lifetime is kept as the single quote it is.
fn end_of_char(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => {
            let rest = chars[(from + 3).min(chars.len())..].iter();
            from + 3 + rest.take_while(|c| **c != '\'').count() + 1
        }
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
    .min(chars.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The same code with every `#[cfg(test)]` item blanked as well. Give it [`code_of`] something.
pub fn without_tests(code: &str) -> String {
    let marker = "#[cfg(test)]";
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(marker) {
        let end = start + marker.len() + end_of_item(&rest[start + marker.len()..]);
        out.push_str(&rest[..start]);
        out.extend(
            rest[start..end]
                .chars()
                .map(|c| if c == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the item that begins here ends: after its closing brace, or after its semicolon.
fn end_of_item(code: &str) -> usize {
    let (mut braces, mut others) = (0_i32, 0_i32);
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => others += 1,
            ')' | ']' => others -= 1,
            '{' => braces += 1,
            '}' => {
                braces -= 1;
                if braces == 0 && others == 0 {
                    return at + 1;
                }
            }
            ';' if braces == 0 && others == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// A word of the code and the line it stands on, counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Letters, digits and underscores.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub at: usize,
    /// Line counted from one.
    pub line: usize,
}

/// Every maximal run of letters, digits and underscores, in order.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let mut begin = None;
        for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
            match (is_word(c), begin) {
                (true, None) => begin = Some(at),
                (false, Some(from)) => {
                    found.push(Word {
                        text: &line[from..at],
                        at: start + from,
                        line: index + 1,
                    });
                    begin = None;
                }
                _ => {}
            }
        }
    }
    found
}

/// A function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name, without the module.
    pub name: String,
    /// Line of the `fn` keyword.
    pub line: usize,
    /// Lines from `fn` to the closing brace, both counted.
    pub lines: usize,
}

/// Every function with a body, nested ones too. Give it [`code_of`] something.
pub fn functions(code: &str) -> Vec<Function> {
    let words = words(code);
    let mut found = Vec::new();
    for pair in words.windows(2).filter(|pair| pair[0].text == "fn") {
        let between = &code[pair[0].at + 2..pair[1].at];
        if !between.trim().is_empty() {
            continue; // a function pointer type: `fn(Fen) -> Fen`
        }
        let body = &code[pair[0].at..];
        let body = &body[..end_of_item(body)];
        if body.ends_with('}') {
            let lines = body.matches('\n').count() + 1;
            found.push(Function {
                name: pair[1].text.to_owned(),
                line: pair[0].line,
                lines,
            });
        }
    }
    found
}

/// The part of `code` between the brace that opens after `from` and its partner, without them.
pub fn body_after(code: &str, from: usize) -> &str {
    let rest = &code[from..];
    let Some(open) = rest.find('{') else {
        return "";
    };
    let item = &rest[open..open + end_of_item(&rest[open..])];
    item.strip_prefix('{')
        .and_then(|item| item.strip_suffix('}'))
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(&code_of(text))
            .iter()
            .map(|word| word.text.to_owned())
            .collect()
    }

    #[test]
    fn comments_and_literals_are_not_code() {
        let text = r####"
            let a = "f64 // \" still text"; // f64
            /* f64 /* nested f64 */ f64 */
            let b = r#"f64 " f64"#; let c = b"f64"; let d = 'f'; let e = '\''; let f: &'static str;
        "####;
        let words = plain(text);
        assert!(!words.contains(&"f64".to_owned()), "{words:?}");
        assert!(
            words.ends_with(&["static".to_owned(), "str".to_owned()]),
            "{words:?}"
        );
    }

    #[test]
    fn lines_survive_blanking() {
        let text = "/* one\ntwo */ let x = \"a\nb\";\nlet y;";
        let code = code_of(text);
        assert_eq!(code.matches('\n').count(), 3);
        assert_eq!(words(&code).last().map(|word| word.line), Some(4));
    }

    #[test]
    fn tests_are_cut_out_to_their_closing_brace() {
        let code = code_of("fn a() {}\n#[cfg(test)]\nmod tests { fn b() { } }\nfn c() {}");
        let kept: Vec<_> = functions(&without_tests(&code))
            .into_iter()
            .map(|f| f.name)
            .collect();
        assert_eq!(kept, ["a", "c"]);
    }

    #[test]
    fn functions_are_measured_from_keyword_to_brace() {
        let code = code_of(
            "type F = fn(u8) -> u8;\ntrait T { fn none(&self); }\n\
             fn long(\n  a: [u8; 2],\n) {\n}\n",
        );
        assert_eq!(
            functions(&code),
            [Function {
                name: "long".into(),
                line: 3,
                lines: 4
            }]
        );
    }
}
