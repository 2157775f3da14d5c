//! Boilerplate: which blocks a web page left around the article, and why.
//!
//! Each block is judged by its own phrases first ([`super::phrase`]); then its neighbours count: lists
//! of links, the line below a label, teasers below "Explore more", scraps between two such lines. All
//! of it errs on the side of the article: what may belong to the body stays. Not here: any phrase.

use std::ops::Range;

use super::block::{Block, End};
use super::phrase::{Verdict, judge};
use super::{Skip, View};

/// What boilerplate was found.
pub struct Found {
    /// Why each block is boilerplate, if it is.
    pub blocks: Vec<Option<&'static str>>,
    /// All boilerplate as token ranges, in text order.
    pub ranges: Vec<(Range<u32>, &'static str)>,
}

/// Reasons that the first line of a text, which is more likely its headline, is not given.
const NEVER_FIRST: [&str; 4] = ["related_links", "photo_credit", "comments", "author_box"];
/// The most words of a label's value ("Category" and below it "World news").
const LABEL_WORDS: u32 = 4;
/// The most words of a scrap between two lines of boilerplate.
const SCRAP_WORDS: u32 = 12;
/// So many lone links under each other are a list of links.
const LIST: usize = 3;

/// Finds the boilerplate of a text.
pub fn find(view: &View, blocks: &[Block]) -> Found {
    let verdicts: Vec<Verdict> = blocks.iter().map(|b| judge(view, b)).collect();
    let mut reasons: Vec<Option<&'static str>> = vec![None; blocks.len()];
    for (at, verdict) in verdicts.iter().enumerate() {
        if let Verdict::Line(reason) | Verdict::Label(reason) | Verdict::Section(reason) = verdict
            && (at > 0 || !NEVER_FIRST.contains(reason))
        {
            reasons[at] = Some(reason);
        }
    }
    labels(blocks, &verdicts, &mut reasons);
    sections(blocks, &verdicts, &mut reasons);
    weak(blocks, &verdicts, &mut reasons);
    scraps(blocks, &mut reasons);
    let mut ranges = Vec::new();
    for ((block, reason), verdict) in blocks.iter().zip(&reasons).zip(verdicts) {
        match (reason, verdict) {
            (Some(reason), _) => ranges.push((block.tokens.clone(), *reason)),
            (None, Verdict::Parts(parts)) => ranges.extend(parts),
            _ => {}
        }
    }
    Found { blocks: reasons, ranges }
}

/// The line below a label is its value.
fn labels(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    for at in 0..blocks.len() {
        if let (Verdict::Label(reason), Some(value)) = (&verdicts[at], blocks.get(at + 1))
            && !value.gap
            && value.words <= LABEL_WORDS
            && value.end == End::None
            && at + 2 < blocks.len()
        {
            reasons[at + 1] = Some(reason);
        }
    }
}

/// Marks the teasers below each section's heading: to the end of the text when all of the rest is
/// teasers, else the titles right below it.
fn sections(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    let headings: Vec<usize> =
        (0..blocks.len()).filter(|at| matches!(verdicts[*at], Verdict::Section(_)) && reasons[*at].is_some()).collect();
    let teasers = if headings.is_empty() { Vec::new() } else { all_teasers(blocks, reasons) };
    for heading in headings {
        let reason = reasons[heading];
        let end = if teasers[heading + 1] { blocks.len() } else { titles_end(blocks, reasons, heading + 1..blocks.len()) };
        for teaser in &mut reasons[heading + 1..end] {
            *teaser = teaser.or(reason);
        }
        if end == blocks.len() {
            return;
        }
    }
}

/// For each block whether all from it to the end are titles and what is left of the articles below
/// them, never the running text of one article: no two whole paragraphs together, the first after a
/// title, and at least one cut off.
fn all_teasers(blocks: &[Block], reasons: &[Option<&'static str>]) -> Vec<bool> {
    let whole = |b: &Block| b.is_paragraph() && b.end != End::Ellipsis;
    let cut = |b: &Block| b.words > 12 && matches!(b.end, End::None | End::Open | End::Ellipsis);
    let mut teasers = vec![true; blocks.len() + 1];
    let (mut apart, mut any_whole, mut any_cut) = (true, false, false);
    let mut first: Option<&Block> = None;
    for (at, block) in blocks.iter().enumerate().rev() {
        if reasons[at].is_none() {
            apart &= !(whole(block) && first.is_some_and(whole));
            any_whole |= whole(block);
            any_cut |= cut(block);
            first = Some(block);
        }
        teasers[at] = first.is_none_or(Block::is_title) && apart && (any_cut || !any_whole);
    }
    teasers
}

/// The end of the titles at the start of a range. The last of several that stand apart is left to
/// the article when a paragraph follows: it may be its subhead.
fn titles_end(blocks: &[Block], reasons: &[Option<&'static str>], range: Range<usize>) -> usize {
    let start = range.start;
    let mut end = range.clone().find(|at| !blocks[*at].is_title() || reasons[*at].is_some()).unwrap_or(range.end);
    let list = (start..end).take_while(|at| *at == start || !blocks[*at].gap).count();
    if list > 1 {
        return start + list;
    }
    if end - start > 1 && end < range.end && reasons[end].is_none() {
        end -= 1;
    }
    end
}

/// Lone links are boilerplate beside other boilerplate, or when there are several of them.
fn weak(blocks: &[Block], verdicts: &[Verdict], reasons: &mut [Option<&'static str>]) {
    let mut at = 0;
    while at < blocks.len() {
        let run = (at..blocks.len()).take_while(|i| matches!(verdicts[*i], Verdict::Weak(_))).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let beside = at > 0 && reasons[at - 1].is_some() || reasons.get(at + run).is_some_and(|r| r.is_some());
        if beside || run >= LIST {
            for i in at..at + run {
                if let (None, Verdict::Weak(reason)) = (reasons[i], &verdicts[i]) {
                    reasons[i] = Some(reason);
                }
            }
        }
        at += run;
    }
}

/// Short lines without a full stop between two lines of boilerplate, after the article has ended.
fn scraps(blocks: &[Block], reasons: &mut [Option<&'static str>]) {
    let body = |at: usize| reasons[at].is_none() && blocks[at].is_paragraph();
    let Some(last) = (0..blocks.len()).rev().find(|at| body(*at)) else { return };
    for at in last + 2..blocks.len().saturating_sub(1) {
        let scrap = blocks[at].words <= SCRAP_WORDS && blocks[at].end == End::None;
        if reasons[at].is_none() && scrap && reasons[at + 1].is_some() {
            reasons[at] = reasons[at - 1];
        }
    }
}

/// The boilerplate as spans, neighbours of one reason together.
pub fn skips(view: &View, found: &Found) -> Vec<Skip> {
    let mut skips: Vec<(Range<u32>, &'static str)> = Vec::new();
    for (range, reason) in &found.ranges {
        match skips.last_mut() {
            Some((last, same)) if same == reason && last.end == range.start => last.end = range.end,
            _ => skips.push((range.clone(), reason)),
        }
    }
    skips.into_iter().map(|(range, reason)| Skip { span: view.span(&range), reason }).collect()
}

#[cfg(test)]
mod tests {
    use crate::lang::Language;
    use crate::lang::pack::Pack;
    use crate::lang::user::UserLexicon;
    use crate::segment::segment;

    /// What is skipped of an article that holds `lines` after its headline and after its body.
    fn skipped(language: Language, headline: &str, paragraph: &str, lines: &str) -> Vec<(&'static str, String)> {
        let text = format!("{headline}\n\n{paragraph}\n\n{paragraph}\n\n{lines}\n");
        let segments = segment(&text, &Pack::open(language, UserLexicon::default()));
        segments.skipped.iter().map(|s| (s.reason, s.span.of(&text).to_owned())).collect()
    }

    fn skipped_en(lines: &str) -> Vec<(&'static str, String)> {
        let paragraph = "The harbour police said on Monday that they had found the boat near the old pier, empty and adrift.";
        skipped(Language::En, "Police find missing boat near old pier", paragraph, lines)
    }

    fn skipped_it(lines: &str) -> Vec<(&'static str, String)> {
        let paragraph = "La capitaneria di porto ha detto lunedì di avere ritrovato la barca vicino al vecchio molo, vuota e alla deriva.";
        skipped(Language::It, "Ritrovata la barca scomparsa vicino al molo", paragraph, lines)
    }

    /// Lines that are boilerplate as they stand, each of one reason.
    const EN: &[(&str, &str)] = &[
        ("related_links", "Read also: Boats vanish from the bay"),
        ("related_links", "READ MORE: Three held over stolen engines"),
        ("related_links", "Related articles\n– Fisherman fined\n– Pier to reopen in May"),
        ("related_links", "Explore more\n\nWho Owns the Harbour?\nA look at the companies that run the docks and what they pay for the"),
        ("related_links", "Most read"),
        ("related_links", "You may also like\nTen boats to see this summer\nWhy the pier is closed"),
        ("share_links", "Share this article"),
        ("share_links", "Share on Facebook"),
        ("share_links", "Share this article: Facebook Twitter WhatsApp Copy link"),
        (
            "share_links",
            "Share and Enjoy\n\n  • FacebookFacebook\n  • TwitterTwitter\n  • Add to favoritesAdd to favorites\n  • EmailEmail",
        ),
        ("share_links", "Facebook\nTwitter\nWhatsApp\nLinkedIn"),
        ("share_links", "Follow us on Telegram"),
        ("newsletter", "Sign up to our newsletter"),
        ("newsletter", "Subscribe"),
        ("newsletter", "Get the week’s best stories in your inbox every Friday."),
        ("newsletter", "Enjoyed this story? Subscribe to our newsletter and get 5 stories a day, free."),
        ("newsletter", "Support independent journalism from as little as £1"),
        ("cookies", "We use cookies. By continuing to browse you accept our Cookie Policy."),
        ("cookies", "This website uses cookies to improve your experience. Accept all | Reject | Manage preferences"),
        ("cookies", "We and our 842 partners use cookies to store and access information on your device."),
        ("cookies", "Manage preferences"),
        ("legal", "© 2023 Shoreline Media Group. All rights reserved. Registered in England No. 04412276."),
        ("legal", "Copyright © 2024 The Bay Herald"),
        ("legal", "All rights reserved"),
        ("legal", "The information does not constitute investment advice or an offer to invest."),
        ("legal", "Privacy Policy\nTerms of use"),
        ("reading_time", "Reading time: 2 minutes"),
        ("reading_time", "4 min read"),
        ("navigation", "Skip to main content\nMenu"),
        ("navigation", "Home › News › Politics"),
        ("navigation", "Home | World | Politics | Business | Sport"),
        ("navigation", "Tags: boats, police, harbour"),
        ("navigation", "Back to top"),
        ("navigation", "Contact us at +44 555 010 199 or write to 12 Pier Street."),
        ("advertisement", "ADVERTISEMENT"),
        ("advertisement", "Article continues below advertisement"),
        ("photo_credit", "Photo: Bay Herald"),
        ("photo_credit", "Image credit: Jane Smith/Getty Images"),
        ("photo_credit", "The pier at dawn (Leon Neal/Getty Images)"),
        ("author_box", "About the author: Jane Smith has covered the harbour since 1999."),
        ("comments", "Comments (17)"),
        ("comments", "5 comments"),
        ("comments", "Leave a comment"),
        ("comments", "Your email address will not be published. Required fields are marked *"),
    ];

    const IT: &[(&str, &str)] = &[
        ("related_links", "Leggi anche: Barche sparite nella baia"),
        ("related_links", "LEGGI ANCHE Motori rubati, tre fermi"),
        ("related_links", "Leggi anche\n\nMotori rubati, tre fermi"),
        ("related_links", "Articoli correlati\n- Multato un pescatore\n- Il molo riapre a maggio"),
        ("related_links", "Potrebbe interessarti anche\nDieci barche da vedere\nPerché il molo è chiuso"),
        ("related_links", "I più letti"),
        ("share_links", "Condividi"),
        ("share_links", "Condividi:\n• Facebook\n• Twitter\n• WhatsApp"),
        ("share_links", "Condividi questo articolo: Twitter Facebook LinkedIn Email"),
        ("share_links", "Condividi su Facebook"),
        ("share_links", "Seguici su Google News"),
        ("newsletter", "Iscriviti alla newsletter"),
        ("newsletter", "Iscriviti alla nostra newsletter // Seguici gratuitamente su Google News"),
        ("newsletter", "Sostieni il giornalismo locale: abbonati a 1 euro al mese"),
        ("newsletter", "Abbonati"),
        ("newsletter", "Per restare sempre aggiornato iscriviti alla nostra newsletter."),
        ("cookies", "Usiamo i cookie per offrirti la migliore esperienza possibile. Accetta Rifiuta"),
        ("cookies", "Questo sito utilizza cookie tecnici e di terze parti. Proseguendo la navigazione accetti la nostra informativa."),
        ("cookies", "Accetta tutti i cookie"),
        ("legal", "© RIPRODUZIONE RISERVATA"),
        ("legal", "Riproduzione riservata © Copyright Eco della Baia"),
        ("legal", "© Tutti i diritti riservati"),
        ("legal", "Eco della Baia è una testata registrata al Tribunale di Perugia n. 14 del 3 maggio 2011."),
        ("legal", "Le informazioni contenute in questa pagina non costituiscono sollecitazione al pubblico risparmio."),
        ("legal", "Fonte: traduzione automatica. Segnala un errore"),
        ("reading_time", "Tempo di lettura: 2 minuti."),
        ("reading_time", "3 minuti di lettura"),
        ("navigation", "Vai al contenuto principale"),
        ("navigation", "Home » Cronaca » Genova » Porto » Barche"),
        ("navigation", "Tag: barche, polizia, porto"),
        ("navigation", "Torna su"),
        ("navigation", "Cronaca\nPolitica\nEconomia\nSport"),
        ("advertisement", "PUBBLICITÀ"),
        ("advertisement", "Continua a leggere dopo la pubblicità"),
        ("photo_credit", "Foto: Ansa"),
        ("photo_credit", "Foto di repertorio"),
        ("photo_credit", "Credits: Jane Smith/Getty Images"),
        ("author_box", "L'autore: scrive del porto dal 1999."),
        ("author_box", "Tutti gli articoli di Livia Neri"),
        ("comments", "3 commenti"),
        ("comments", "Lascia un commento"),
        ("comments", "Il tuo indirizzo email non sarà pubblicato."),
    ];

    /// Lines that begin as boilerplate might, or hold its words, but belong to the article.
    const EN_BODY: &[&str] = &[
        "Share prices fell sharply after the news, and the bank asked for time.",
        "Shares of the company were suspended on Monday.",
        "Read more than a page of the report and the pattern is plain, the judge said.",
        "Related charges against two clerks were dropped in March.",
        "More than 200 people watched as the boat was towed away.",
        "Comments by the minister angered the unions.",
        "Follow the money, the prosecutor told the jury.",
        "Photo evidence was shown to the court on Tuesday.",
        "Subscribers to the service lost their savings.",
        "Cookies made by the prisoners were sold at the fair.",
        "Copyright law will be changed next year.",
        "Home Secretary Alun Prosser said the force had failed.",
        "Politics, not safety, closed the pier, he said.",
        "Sign language interpreters were called to the hearing.",
        "Back to work after a month, the crew found the engine gone.",
        "Facebook was fined 1.2 billion euros by the Irish regulator.",
        "Google and Facebook\n\nThe two companies denied the charge and said that they would appeal to the court in June.",
        "“Share this with your friends,” the message said, “and win a boat.”",
        "Advertisement spending fell by 12 percent in May.",
        "Support for the strike grew in the second week.",
        "Listen to the sailors, the mayor said.",
        "Image rights were worth two million euros, the club said.",
        "Getty Images sued the start-up in London.",
        "Next week the inquiry will hear from the captain.",
        "What to expect",
    ];

    const IT_BODY: &[&str] = &[
        "Condividere la barca con altri non gli era mai piaciuto.",
        "Leggi e decreti non bastano, ha detto il procuratore.",
        "Seguivano il furgone da tre giorni.",
        "Commenti negativi anche dai sindacati del porto.",
        "Iscritti al sindacato sono circa 3.000 lavoratori.",
        "Abbonati dimezzati in due anni, secondo il bilancio.",
        "Foto e video della rapina sono agli atti.",
        "Cronaca di una giornata difficile, quella di ieri al porto.",
        "Politica e affari si intrecciano nell'inchiesta.",
        "Accetta la proposta o perde il posto, gli avrebbero detto.",
        "Cookie e dati personali erano venduti a terzi, secondo il Garante della privacy.",
        "Tempo di bilanci per la giunta, che domani presenta i conti.",
        "Altre notizie di reato sono arrivate in procura nella notte.",
        "Torna a casa dopo tre anni il marinaio rapito.",
        "Facebook è stata multata per 1,2 miliardi di euro.",
        "Facebook e gli altri\n\nLe due società hanno respinto le accuse e annunciato ricorso al tribunale entro il mese di giugno.",
        "«Condividi su Facebook e vinci una barca», diceva il messaggio.",
        "Autore del furto è un uomo di 40 anni.",
        "Il tuo nome è nell'elenco, gli disse il capitano.",
        "Pubblicità ingannevole, multata la compagnia di navigazione.",
        "Partita Iva e fatture false: così funzionava la truffa.",
        "Video della rapina sequestrato dai carabinieri.",
        "Riproduzione di documenti falsi è l'accusa per due di loro.",
        "Guarda il mare e pensa al padre, racconta la figlia.",
        "Le ricerche",
    ];

    #[test]
    fn boilerplate_is_found() {
        let mut failed = Vec::new();
        for (table, skip) in [(EN, skipped_en as fn(&str) -> Vec<_>), (IT, skipped_it)] {
            for (reason, lines) in table {
                let found = skip(lines);
                if !found.iter().all(|(r, _)| r == reason) || found.iter().map(|(_, t)| t.len() + 2).sum::<usize>() < lines.len() {
                    failed.push(format!("{reason} {lines:?}: {found:?}"));
                }
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    #[test]
    fn the_body_stays() {
        for (table, skip) in [(EN_BODY, skipped_en as fn(&str) -> Vec<_>), (IT_BODY, skipped_it)] {
            for lines in table {
                assert_eq!(skip(lines), [], "{lines}");
                // … nor is it taken for a teaser or scrap where boilerplate stands around it.
                let among = skip(&format!("Facebook\n\n{lines}\n\nFacebook"));
                assert!(lines.split_whitespace().count() < 8 || among.iter().all(|(_, t)| t == "Facebook"), "{lines}: {among:?}");
            }
        }
    }

    #[test]
    fn a_section_within_the_article_ends_with_its_titles() {
        let body = "The captain was released in June and left the country with his family a week later, his lawyer said.";
        let text = format!("Read also\n\nBoats vanish from the bay\n\nWhat the captain said\n\n{body}\n\n{body}");
        assert_eq!(skipped_en(&text), [("related_links", "Read also\n\nBoats vanish from the bay".to_owned())]);
    }

    #[test]
    fn part_of_a_line_is_skipped() {
        assert_eq!(skipped_en("31 January 2025 • 3 minute read"), [("reading_time", "3 minute read".to_owned())]);
    }

    #[test]
    fn a_label_takes_its_value() {
        assert_eq!(skipped_it("Categorie\nEconomia\n\n© RIPRODUZIONE RISERVATA")[0], ("navigation", "Categorie\nEconomia".to_owned()));
    }
}
