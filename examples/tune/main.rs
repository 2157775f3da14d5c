//! Weighs the rules of names against labelled articles: which help, which hurt, and what weights would fit better.
//!
//! Run by hand, never by the build:
//!
//! ```text
//! cargo run --release --example tune -- ARTICLES.jsonl… [--pull N] [--write] [--wrong]
//! ```
//!
//! Each line of a file is `{"text":…, "lang":…, "gold":[{"start":…, "end":…, "label":…}]}`, offsets in Unicode
//! scalar values, labels `person`, `organization`, `agency`, `place` (`location`, `country`) or anything else.
//!
//! Each written form of an article is a row: its evidence as features, the class that its labels give it as the
//! answer. A row is right when the class with the most evidence is that answer. `helps` counts the rows that would
//! go wrong without the rule, `hurts` those that would come right. The fitted weights maximise the likelihood of the
//! answers under a softmax of the classes' sums, pulled towards the present weights (`--pull`, 2 unless told);
//! `--write` puts them into the rule files, `--wrong` lists the rows that are wrong, with their evidence. Not here: whether mentions and entities come out right, which is for
//! an end-to-end score to say.

mod articles;
mod fit;
mod rewrite;

use std::collections::BTreeMap;

use anyhow::{Result, bail};

/// Where the rule files are.
const RULES: &str = "src/lang";
/// How strongly weights are held where they are.
const PULL: f64 = 2.0;

fn main() -> Result<()> {
    let (mut paths, mut pull, mut write, mut wrong) = (Vec::new(), PULL, false, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--write" => write = true,
            "--wrong" => wrong = true,
            "--pull" => pull = args.next().unwrap_or_default().parse()?,
            _ => paths.push(arg),
        }
    }
    if paths.is_empty() {
        bail!("usage: tune ARTICLES.jsonl… [--pull N] [--write] [--wrong]");
    }
    let data = articles::read(&paths, rewrite::stated(RULES)?)?;
    if wrong {
        list_wrong(&data);
        return Ok(());
    }
    let weights = fit::fit(&data, pull);
    report(&data, &weights);
    if write {
        let named: BTreeMap<(String, String), f64> = data.features.iter().zip(&weights).map(|(f, w)| (f.key(), *w)).collect();
        rewrite::rewrite(RULES, &named)?;
    }
    Ok(())
}

/// A line for each rule and class, the harmful first, then the share of rows that are right before and after.
fn report(data: &articles::Data, fitted: &[f64]) {
    let now: Vec<f64> = data.features.iter().map(|f| f.weight).collect();
    let mut lines: Vec<(i64, String)> = Vec::new();
    for (id, feature) in data.features.iter().enumerate() {
        let mut without = now.clone();
        without[id] = 0.0;
        let (mut helps, mut hurts) = (0, 0);
        for row in data.rows_with(id) {
            match (row.is_right(&data.features, &now), row.is_right(&data.features, &without)) {
                (true, false) => helps += 1,
                (false, true) => hurts += 1,
                _ => {}
            }
        }
        let (rule, class) = feature.key();
        let line = format!(
            "{rule:<50} {class:<14} rows {:>6}  helps {helps:>5}  hurts {hurts:>5}  weight {:>5.1}  fitted {:>5.1}",
            data.rows_with(id).count(),
            feature.weight,
            fitted[id]
        );
        lines.push((i64::from(helps - hurts), line));
    }
    lines.sort();
    lines.iter().for_each(|(_, line)| println!("{line}"));
    println!("right now {:.4}, with the fitted weights {:.4}", data.share_right(&now), data.share_right(fitted));
}

/// A line for each row that is wrong: answer, winner, form, evidence.
fn list_wrong(data: &articles::Data) {
    let now: Vec<f64> = data.features.iter().map(|f| f.weight).collect();
    for row in &data.rows {
        let winner = row.winner(&data.features, &now);
        if !row.answer.agrees(winner) {
            let evidence: Vec<String> = row
                .features
                .iter()
                .map(|(id, share)| {
                    let feature = &data.features[*id];
                    let (rule, class) = feature.key();
                    format!("{rule} {class} {:.1}", feature.weight * share)
                })
                .collect();
            println!("{:?} not {winner:?}\t{}\t{}", row.answer, row.form, evidence.join("; "));
        }
    }
}
