//! How many bytes a second each step takes, and the whole: `cargo bench`.
//!
//! Small is one fixture of the language, large all of them together. What a step needs of those before it
//! is made outside the measure.

use std::path::Path;
use std::sync::LazyLock;

use dispaccio::lang::Language;
use dispaccio::lang::pack::Pack;
use dispaccio::options::{Options, UserLexicon};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::segment::{Segments, token};
use dispaccio::tag::Tags;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// An article of the benches.
struct Article {
    name: &'static str,
    language: Language,
    text: String,
    pack: &'static Pack,
    segments: Segments,
}

static PACKS: LazyLock<[Pack; 2]> = LazyLock::new(|| Language::ALL.map(|l| Pack::open(l, UserLexicon::default())));

const NAMES: [&str; 4] = ["en small", "en large", "it small", "it large"];

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (language, names) in Language::ALL.into_iter().zip(NAMES.chunks(2)) {
        let texts = fixtures(language);
        let pack = &PACKS[language as usize];
        for (name, text) in names.iter().zip([texts[0].clone(), texts.join("\n\n")]) {
            let segments = dispaccio::segment::segment(&text, pack);
            all.push(Article { name, language, text, pack, segments });
        }
    }
    all
});

fn fixtures(language: Language) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(language.code());
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("fixtures").map(|e| e.expect("a file").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|p| std::fs::read_to_string(p).expect("a text")).collect()
}

impl Article {
    fn of(name: &str) -> &'static Self {
        ARTICLES.iter().find(|a| a.name == name).expect("an article of that name")
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::of_str(&self.text)
    }

    fn tags(&self) -> Tags<'_> {
        Tags::new(&self.text, &self.segments.tokens, self.segments.words.clone(), self.segments.ranges(false), self.pack)
    }
}

#[divan::bench(args = NAMES)]
fn detect(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    bencher.counter(article.bytes()).bench(|| dispaccio::detect::detect(&article.text).expect("a language"));
}

#[divan::bench(args = NAMES)]
fn tokenize(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    bencher.counter(article.bytes()).bench(|| token::tokenize(&article.text, article.pack));
}

#[divan::bench(args = NAMES)]
fn segment(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    bencher.counter(article.bytes()).bench(|| dispaccio::segment::segment(&article.text, article.pack));
}

#[divan::bench(args = NAMES)]
fn tag(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    bencher.counter(article.bytes()).bench(|| article.tags());
}

#[divan::bench(args = NAMES)]
fn extract(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let bencher = bencher.counter(article.bytes()).with_inputs(|| article.tags());
    bencher.bench_local_values(|mut tags| dispaccio::extract::extract(&mut tags, article.pack));
}

#[divan::bench(args = NAMES)]
fn dates(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let bencher = bencher.counter(article.bytes()).with_inputs(|| article.tags());
    bencher.bench_local_values(|mut tags| dispaccio::extract::dates::extract(&mut tags, article.pack));
}

#[divan::bench(args = NAMES)]
fn resolve(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let ready = || {
        let mut tags = article.tags();
        (dispaccio::extract::extract(&mut tags, article.pack), tags)
    };
    let bencher = bencher.counter(article.bytes()).with_inputs(ready);
    bencher.bench_local_values(|(candidates, tags)| {
        dispaccio::resolve::resolve(candidates, None, &article.segments.sentences, &tags, article.pack)
    });
}

#[divan::bench(args = NAMES)]
fn pipeline(bencher: Bencher, name: &str) {
    let article = Article::of(name);
    let pipeline = Pipeline::new(Options { language: Some(article.language), ..Options::default() }).expect("a pipeline");
    let source = || Source::from_text("bench".into(), article.text.clone()).expect("a text");
    bencher.counter(article.bytes()).with_inputs(source).bench_values(|source| pipeline.run(source).expect("a record"));
}
