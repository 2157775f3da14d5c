//! How many bytes a second each step takes, and the whole: `cargo bench`.
//!
//! Articles of 1 KB, of 5 KB, which is usual, and of 500 KB, in both languages, made by [`articles`]. What a step needs of
//! those before it is made outside the measure, so a row is the step's own work: `extract_counts` and `extract_dates`
//! have neither tokenising nor tagging in them, but their rules, from laying the tags out to the candidates. One thread.

mod articles;

use std::sync::LazyLock;
use std::time::Duration;

use articles::Articles;
use dispaccio::emit::json::{self, Style};
use dispaccio::emit::record::Line;
use dispaccio::extract::{self, Candidates};
use dispaccio::lang::Language;
use dispaccio::lang::pack::Pack;
use dispaccio::options::{Options, UserLexicon};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::read::jsonl::{Records, Settings};
use dispaccio::resolve;
use dispaccio::segment::{Segments, token};
use dispaccio::tag::Tags;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    // What is made outside the measure takes longest: a hundred samples of the large articles would take an hour.
    divan::Divan::default().max_time(Duration::from_secs(1)).config_with_args().main();
}

/// An article of the benches, and what the first steps make of it.
struct Article {
    name: &'static str,
    language: Language,
    text: String,
    pack: &'static Pack,
    segments: Segments,
}

const NAMES: [&str; 6] = ["en 1 KB", "en 5 KB", "en 500 KB", "it 1 KB", "it 5 KB", "it 500 KB"];
const SIZES: [usize; 3] = [1_000, 5_000, 500_000];

static PACKS: LazyLock<[Pack; 2]> = LazyLock::new(|| Language::ALL.map(|l| Pack::open(l, UserLexicon::default())));

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (language, names) in Language::ALL.into_iter().zip(NAMES.chunks(SIZES.len())) {
        let articles = Articles::of(language);
        let pack = &PACKS[language as usize];
        for (name, size) in names.iter().zip(SIZES) {
            let text = articles.article(size, size as u64);
            let segments = dispaccio::segment::segment(&text, pack);
            all.push(Article { name, language, text, pack, segments });
        }
    }
    all
});

impl Article {
    fn of(name: &str) -> &'static Self {
        ARTICLES.iter().find(|a| a.name == name).expect("an article of that name")
    }

    fn tags(&self) -> Tags<'_> {
        Tags::new(&self.text, &self.segments.tokens, self.segments.words.clone(), self.segments.ranges(false), self.pack)
    }

    fn source(&self) -> Source {
        Source::from_text("bench".into(), self.text.clone()).expect("a text")
    }

    fn pipeline() -> Pipeline {
        Pipeline::new(Options::default()).expect("a pipeline")
    }

    /// Measures `step` on what `before` makes of the article, its bytes being those of the text.
    fn measure<I, O>(&'static self, bencher: Bencher<'_, '_>, before: impl Fn() -> I, step: impl Fn(I) -> O) {
        bencher.counter(BytesCount::of_str(&self.text)).with_inputs(before).bench_local_values(step);
    }

    /// Measures an extractor on the tags that `before` leaves, and gives them back, as dropping them is no part of it.
    fn extractor<O>(
        &'static self,
        bencher: Bencher<'_, '_>,
        before: impl Fn(&mut Tags<'_>),
        step: impl Fn(&mut Tags<'static>, &'static Pack) -> O,
    ) {
        let ready = || {
            let mut tags = self.tags();
            before(&mut tags);
            tags
        };
        self.measure(bencher, ready, |mut tags| (step(&mut tags, self.pack), tags));
    }

    fn candidates(&self) -> (Candidates<'static>, Tags<'_>) {
        let mut tags = self.tags();
        (extract::extract(&mut tags, self.pack), tags)
    }
}

/// The bytes of a file decoded.
#[divan::bench(args = NAMES)]
fn read(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(bencher, || article.text.clone().into_bytes(), |bytes| Source::from_bytes("bench".into(), bytes).expect("a text"));
}

/// The bytes of a JSON Lines record read: its line found, its text unescaped.
#[divan::bench(args = NAMES)]
fn read_jsonl(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let line = serde_json::json!({"id": 1, "text": article.text}).to_string() + "\n";
    let settings =
        Settings { text: "text".into(), id: "id".into(), published: "published".into(), max_size: 64 << 20, ignore_language: false };
    article.measure(
        bencher,
        || (),
        |()| {
            let mut records = Records::new(line.as_bytes(), settings.clone()).expect("a stream");
            records.next_record().expect("read").expect("a record").source.expect("a text")
        },
    );
}

#[divan::bench(args = NAMES)]
fn detect(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(bencher, || (), |()| dispaccio::detect::detect(&article.text).expect("a language"));
}

/// The part of `segment` that cuts words.
#[divan::bench(args = NAMES)]
fn segment_tokens(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(bencher, || (), |()| token::tokenize(&article.text, article.pack));
}

#[divan::bench(args = NAMES)]
fn segment(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(bencher, || (), |()| dispaccio::segment::segment(&article.text, article.pack));
}

#[divan::bench(args = NAMES)]
fn tag(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(bencher, || (), |()| article.tags());
}

#[divan::bench(args = NAMES)]
fn extract_all(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.extractor(bencher, |_| (), |tags, pack| extract::extract(tags, pack));
}

#[divan::bench(args = NAMES)]
fn extract_countries(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.extractor(bencher, |_| (), |tags, pack| extract::countries::extract(tags, pack));
}

#[divan::bench(args = NAMES)]
fn extract_dates(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let before = |tags: &mut Tags<'_>| {
        extract::countries::extract(tags, article.pack);
    };
    article.extractor(bencher, before, |tags, pack| extract::dates::extract(tags, pack));
}

#[divan::bench(args = NAMES)]
fn extract_names(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let before = |tags: &mut Tags<'_>| {
        extract::countries::extract(tags, article.pack);
        extract::dates::extract(tags, article.pack);
    };
    article.extractor(bencher, before, |tags, pack| extract::names::extract(tags, pack));
}

#[divan::bench(args = NAMES)]
fn extract_counts(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let before = |tags: &mut Tags<'_>| {
        extract::countries::extract(tags, article.pack);
        extract::dates::extract(tags, article.pack);
        extract::names::extract(tags, article.pack);
    };
    article.extractor(bencher, before, |tags, pack| extract::counts::extract(tags, pack));
}

#[divan::bench(args = NAMES)]
fn resolve_all(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    article.measure(
        bencher,
        || article.candidates(),
        |(candidates, tags)| (resolve::resolve(candidates, None, &article.segments.sentences, &tags, article.pack), tags),
    );
}

/// The part of `resolve_all` that puts dates on the calendar.
#[divan::bench(args = NAMES)]
fn resolve_dates(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let day = jiff::civil::date(2024, 5, 2);
    article.measure(bencher, || article.candidates().0.dates, |dates| (resolve::calendar::resolve(&dates, Some(day)), dates));
}

/// The record put together and written as a line of JSON.
#[divan::bench(args = NAMES)]
fn emit(bencher: Bencher, name: &str) {
    use dispaccio::emit::assemble::{Header, assemble};
    let article = Article::of(name);
    let options = Options::default();
    let ready = || {
        let (candidates, tags) = article.candidates();
        resolve::resolve(candidates, None, &article.segments.sentences, &tags, article.pack)
    };
    article.measure(bencher, ready, |resolved| {
        let header = Header { id: "bench".into(), language: article.language, confidence: 1.0, published: None, encoding: "utf-8" };
        let record = assemble(&article.text, header, &resolved, &article.segments.skipped, &options);
        let mut line = Vec::new();
        json::write(&Line::Record(Box::new(record)), Style::Compact, &mut line).expect("written");
        (line, resolved)
    });
}

/// From a decoded text, its language unknown, to its record.
#[divan::bench(args = NAMES)]
fn whole(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let pipeline = Article::pipeline();
    article.measure(bencher, || article.source(), |source| pipeline.run(source).expect("a record"));
}
