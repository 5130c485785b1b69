use terms::Word;

use super::Fact;

impl Fact {
    /// The fact in a few 中文 words, for a clerk; `name` gives the 中文 name of a declared word.
    ///
    /// ```
    /// use enrolment::register::Fact;
    /// let fact = Fact::Name { name: "张三".into() };
    /// assert_eq!(fact.sentence(|word| word.to_string()), "张三");
    /// ```
    pub fn sentence(&self, name: impl Fn(&Word) -> String) -> String {
        match self {
            Self::Name { name } => name.clone(),
            Self::Sex { sex } => sex.zh().to_owned(),
            Self::Birth { birth } => birth.to_string(),
            Self::Death => "已死亡".to_owned(),
            Self::Document { document, number } => format!("{document} {number}"),
            Self::Card { number } | Self::Credential { number } => number.clone(),
            Self::Contact { phone, address } => [phone.as_str(), address.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            Self::County { county } => county.to_string(),
            Self::Household {
                household,
                relation,
            } => format!("{household}（{}）", name(relation)),
            Self::Relative {
                person_no,
                relation,
            } => format!("{} {person_no}", name(relation)),
            Self::Employment { employer } => employer.clone(),
            Self::Mark { mark } => name(mark),
            Self::Identity { identity } => name(identity),
            Self::Merged { into } => format!("并入{into}"),
            _ => self.about_cover(name),
        }
    }

    fn about_cover(&self, name: impl Fn(&Word) -> String) -> String {
        match self {
            Self::Period {
                scheme,
                category,
                state,
                ..
            } => format!("{scheme} {category} {state}"),
            Self::EnrolledSince { scheme, since } => format!("{scheme} 自{since}"),
            Self::Cover { event, .. } if event.concerns_every_scheme() => event.zh().to_owned(),
            Self::Cover { scheme, event } => format!("{scheme} {}", event.zh()),
            Self::Recognition { code, name, .. } => format!("{name}（{code}）"),
            Self::Registration {
                class,
                state,
                destination,
                ..
            } => format!("{} {} {destination}", name(class), name(state))
                .trim_end()
                .to_owned(),
            Self::Grant {
                sponsor, relation, ..
            } => format!("{} {sponsor}", name(relation)),
            Self::Hold { hold, reason } if hold.as_str() == "account" => {
                format!("个人账户：{reason}")
            }
            Self::Hold { hold, reason } => format!("{}：{reason}", name(hold)),
            _ => String::new(),
        }
    }
}
