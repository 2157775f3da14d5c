//! The words of a page, by language: what a record's codes are called where people read them.
//!
//! They stand in each language's `page.labels`. Not here: the words that articles are searched for.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::Language;

/// The files, in the order of [`Language::ALL`].
const FILES: [&str; Language::ALL.len()] = [include_str!("en/page.labels"), include_str!("it/page.labels")];

static LABELS: LazyLock<[HashMap<&'static str, &'static str>; Language::ALL.len()]> = LazyLock::new(|| FILES.map(read));

fn read(file: &'static str) -> HashMap<&'static str, &'static str> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

/// A language's labels.
#[derive(Clone, Copy, Debug)]
pub struct Labels(Language);

impl Labels {
    /// The labels of `language`.
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language itself.
    pub fn language(self) -> Language {
        self.0
    }

    /// The words of a key. One that no file has goes by its own last part, for there are reasons and kinds yet to come.
    pub fn get(self, key: &str) -> Cow<'static, str> {
        match LABELS[self.0 as usize].get(key) {
            Some(words) => Cow::Borrowed(words),
            None => Cow::Owned(key.rsplit('.').next().unwrap_or(key).replace('_', " ")),
        }
    }

    /// The words of a key, said of `value`.
    pub fn say(self, key: &str, value: &str) -> String {
        self.get(key).replace("{}", value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_language_has_the_same_labels_once() {
        let keys = |file: &'static str| file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
        let first: BTreeSet<&str> = keys(FILES[0]).map(|(key, _)| key).collect();
        for file in FILES {
            let own: Vec<&str> = keys(file).map(|(key, _)| key).collect();
            assert!(own.is_sorted() && own.len() == first.len(), "sorted, none twice");
            assert_eq!(own.into_iter().collect::<BTreeSet<_>>(), first);
            assert!(keys(file).all(|(_, words)| !words.trim().is_empty()));
        }
        for (key, words) in keys(FILES[0]) {
            let holes = Language::ALL.map(|l| Labels::of(l).get(key).matches("{}").count());
            assert!(holes.iter().all(|n| *n == words.matches("{}").count()), "{key}");
        }
    }

    #[test]
    fn what_has_no_label_goes_by_its_own_name() {
        let english = Labels::of(Language::En);
        assert_eq!(english.get("reason.paid_content"), "paid content");
        assert_eq!(english.say("skipped_as", "cookies"), "skipped: cookies");
    }
}
