//! An article's text with its mentions marked, one inside the other where they are so.
//!
//! Where two overlap with neither inside the other, the second is closed and opened again at the first one's end; only
//! its first part can be linked and focused.

use std::cmp::Reverse;
use std::fmt::Write;
use std::ops::Range;

use super::View;
use super::escape::{attribute, content};
use super::said;
use crate::emit::placed::Placed;
use crate::lang::pack::Pack;
use crate::segment::{Zone, segment};
use crate::span::Span;

/// Something that a part of the text is.
#[derive(Clone, Copy)]
enum Layer<'a> {
    /// Boilerplate, and its number.
    Skipped(usize, &'a str),
    /// A headline (the first one, or a later one) or a byline.
    Zone(&'static str),
    /// A mention, and its number.
    Mention(usize, &'a Placed<'a>),
}

/// Writes the article's text.
pub fn text(view: &View, out: &mut String) {
    let mut layers: Vec<(Span, Layer)> = Vec::new();
    layers.extend(view.skipped.iter().enumerate().map(|(i, (span, reason))| (*span, Layer::Skipped(i + 1, reason))));
    layers.extend(zones(view));
    layers.extend(view.placed.iter().enumerate().map(|(i, p)| (p.span, Layer::Mention(i + 1, p))));
    layers.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
    let mut writer = Writer { view, out, at: 0, open: Vec::new() };
    for (span, layer) in layers {
        writer.close(span.start);
        writer.text(span.start);
        writer.begin(layer, true);
        writer.open.push((span, layer));
    }
    let end = view.text.len() as u32;
    writer.close(end);
    writer.text(end);
}

/// Headlines and bylines, each sentence by itself.
fn zones<'a>(view: &View) -> Vec<(Span, Layer<'a>)> {
    let segments = segment(view.text, &Pack::open(view.record.language, Default::default()));
    let span = |tokens: &Range<u32>| match &segments.tokens[tokens.start as usize..tokens.end as usize] {
        [first, .., last] => Span::new(first.start, last.end),
        [only] => Span::new(only.start, only.end),
        [] => Span::default(),
    };
    let mut body = false;
    let mut zones = Vec::new();
    for sentence in &segments.sentences {
        let class = match sentence.zone {
            Zone::Headline if !body => "title",
            Zone::Headline => "head",
            Zone::Byline => "byline",
            zone => {
                body |= zone == Zone::Body;
                continue;
            }
        };
        zones.push((span(&sentence.tokens), Layer::Zone(class)));
    }
    zones
}

struct Writer<'a, 'o> {
    view: &'a View<'a>,
    out: &'o mut String,
    /// How much of the text is written.
    at: u32,
    /// The layers that are open, the outermost first.
    open: Vec<(Span, Layer<'a>)>,
}

impl<'a> Writer<'a, '_> {
    /// Writes the text up to `end`.
    fn text(&mut self, end: u32) {
        let text = Span::new(self.at, end).of(self.view.text);
        // A line end that a layer's end cuts in two is still one.
        let text = if self.view.text[end as usize..].starts_with('\n') { text.strip_suffix('\r').unwrap_or(text) } else { text };
        content(text, self.out);
        self.at = end;
    }

    /// Closes every layer that ends at or before `limit`; one opened inside such a layer that goes on is opened again.
    fn close(&mut self, limit: u32) {
        while let Some(end) = self.open.iter().map(|(span, _)| span.end).min().filter(|end| *end <= limit) {
            self.text(end);
            let first = self.open.iter().position(|(span, _)| span.end == end).unwrap_or(0);
            let above = self.open.split_off(first);
            for (_, layer) in above.iter().rev() {
                self.out.push_str(if matches!(layer, Layer::Mention(..)) { "</mark>" } else { "</span>" });
            }
            for (span, layer) in above.into_iter().filter(|(span, _)| span.end > end) {
                self.begin(layer, false);
                self.open.push((span, layer));
            }
        }
    }

    /// Opens a layer, or, when it is not the `first` time, the rest of it, which has no name to be linked by.
    fn begin(&mut self, layer: Layer<'a>, first: bool) {
        let labels = self.view.labels;
        // Writing to a string cannot fail.
        let _ = match layer {
            Layer::Zone(class) => write!(self.out, "<span class=\"{class}"),
            Layer::Skipped(number, reason) if first => {
                let _ = write!(self.out, "<span id=\"s{number}\" data-reason=\"");
                attribute(&labels.say("skipped_as", &labels.get(&format!("reason.{reason}"))), self.out);
                write!(self.out, "\" class=\"skipped")
            }
            Layer::Skipped(..) => write!(self.out, "<span class=\"skipped"),
            Layer::Mention(number, mention) => {
                let list = mention.what.category().name();
                self.out.push_str("<mark ");
                if first {
                    let _ = write!(self.out, "id=\"m{number}\" tabindex=\"0\" aria-describedby=\"{list}-{}\" ", mention.entry + 1);
                }
                let _ = write!(self.out, "class=\"{list}\" data-tip=\"");
                attribute(&said::tip(mention, self.view), self.out);
                Ok(())
            }
        };
        self.out.push_str("\">");
    }
}
