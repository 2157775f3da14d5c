//! Text made harmless: nothing of an article is ever markup.
//!
//! Control characters and code points that are no characters, which HTML must not have, are shown by the pictures that
//! Unicode has of them, or by the replacement character.

/// Writes text as the content of an element.
pub fn content(text: &str, out: &mut String) {
    escape(text, false, out);
}

/// Writes text as the value of an attribute in quotes.
pub fn attribute(text: &str, out: &mut String) {
    escape(text, true, out);
}

/// What [`attribute`] made of a text, undone; characters that it replaced stay replaced.
pub fn unescape(value: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#10;", "\n"), ("&#9;", "\t"), ("&amp;", "&")];
    plain.iter().fold(value.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !is_plain(*c)) {
        out.push_str(&text[from..at]);
        from = at + c.len_utf8();
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            '\'' if quoted => out.push_str("&#39;"),
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            // HTML reads every line end as this one.
            '\r' if text[from..].starts_with('\n') => {}
            '\r' if quoted => out.push_str("&#10;"),
            '\r' => out.push('\n'),
            '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            c if is_no_character(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push_str(&text[from..]);
}

/// Whether a character may stand anywhere as it is.
fn is_plain(c: char) -> bool {
    match c {
        '&' | '<' | '>' | '"' | '\'' | '\u{7f}' => false,
        ' '..'\u{7f}' => true,
        _ => c >= '\u{a0}' && !is_no_character(c),
    }
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let (mut inside, mut quoted) = (String::new(), String::new());
        content(text, &mut inside);
        attribute(text, &mut quoted);
        (inside, quoted)
    }

    #[test]
    fn markup_is_inert() {
        let (inside, quoted) = both("<script>alert(\"1\" & '2')</script>");
        assert_eq!(inside, "&lt;script&gt;alert(\"1\" &amp; '2')&lt;/script&gt;");
        assert_eq!(quoted, "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;");
        assert_eq!(unescape(&both("\"&lt;\" & '<\n\t>' &amp;#10;").1), "\"&lt;\" & '<\n\t>' &amp;#10;");
        assert_eq!(both("così, «Roma» 😀\u{a0}!").0, "così, «Roma» 😀\u{a0}!");
    }

    #[test]
    fn lines_and_what_cannot_be_written() {
        assert_eq!(both("a\r\nb\rc\n\td\r"), ("a\nb\nc\n\td\n".to_owned(), "a&#10;b&#10;c&#10;&#9;d&#10;".to_owned()));
        assert_eq!(both("a\0\u{1}\u{b}\u{1b}\u{7f}b").0, "a␀␁␋␛␡b");
        assert_eq!(both("\u{80}\u{9f}\u{fdd0}\u{fffe}\u{ffff}\u{1ffff}x").0, "\u{fffd}".repeat(6) + "x");
    }
}
