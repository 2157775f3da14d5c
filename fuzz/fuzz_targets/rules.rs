//! The parsers of what people write by hand: rules, tables, and a user's own words, which are then put to use.

#![no_main]

use dispaccio::lang::table::Table;
use dispaccio::options::{Options, UserLexicon};
use dispaccio::pipeline::Pipeline;
use dispaccio::read::Source;
use dispaccio::rule::syntax;
use libfuzzer_sys::fuzz_target;

const ARTICLE: &str = "Matteo Renzi met Antonio Tajani of the Squadra Falchi in Rome on 3 March 2024, and 5 people spoke to the press.";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = syntax::parse(text);
    let _ = Table::parse(text);
    if let Ok(lexicon) = UserLexicon::parse(text) {
        let pipeline = Pipeline::new(Options { lexicon: Some(lexicon), ..Options::default() }).expect("a pipeline");
        for text in [ARTICLE, text] {
            let _ = Source::from_text("x".into(), text.to_owned()).and_then(|source| pipeline.run(source));
        }
    }
});
