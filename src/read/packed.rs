//! Compressed inputs, read as what they hold: gzip and Zstandard, told by their first bytes and not
//! by their names.
//!
//! Members or frames that follow each other are one stream, as `gzip` and `zstd` have it. What is
//! cut short or damaged is an error that says so. Not here: the size limit, which counts what comes
//! out.

use std::io::{self, BufRead, BufReader, Chain, Cursor, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How names end that stand for a compressed file.
pub const EXTENSIONS: [&str; 2] = ["gz", "zst"];

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// The first bytes of a skippable frame but for the very first, which is `0x50` to `0x5f`.
const SKIPPABLE: &[u8] = b"\x2a\x4d\x18";

/// The largest window that a Zstandard frame may ask for: what `zstd` itself accepts unless told.
const LARGEST_WINDOW: u64 = 128 << 20;

/// How much is read from below at a time.
const BUFFER: usize = 1 << 16;

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// A stream, unpacked where it was packed.
pub enum Unpacked<R: Read> {
    /// It is what it is.
    Plain(Whole<R>),
    /// gzip.
    Gzip(Box<MultiGzDecoder<BufReader<Whole<R>>>>),
    /// Zstandard.
    Zstd(Box<Frames<BufReader<Whole<R>>>>),
}

impl<R: Read> Unpacked<R> {
    /// Reads the first bytes of `input`, and no more of them than it takes to tell.
    pub fn new(mut input: R) -> io::Result<Self> {
        let mut head = Vec::with_capacity(ZSTD.len());
        while is_beginning(&head) && head.len() < ZSTD.len() {
            // What the terminal or the pipe gives at once would be lost in a larger buffer.
            let mut byte = [0; 4];
            let room = ZSTD.len() - head.len();
            match input.read(&mut byte[..room]) {
                Ok(0) => break,
                Ok(n) => head.extend_from_slice(&byte[..n]),
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        let (gzip, zstd) = (head.starts_with(GZIP), head == ZSTD || head.len() == ZSTD.len() && is_skippable(&head));
        let whole = Cursor::new(head).chain(input);
        Ok(match () {
            () if gzip => Self::Gzip(Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, whole)))),
            () if zstd => Self::Zstd(Box::new(Frames::new(BufReader::with_capacity(BUFFER, whole)))),
            () => Self::Plain(whole),
        })
    }
}

/// Whether more bytes could make `head` the beginning of a compressed stream.
fn is_beginning(head: &[u8]) -> bool {
    let skippable = head.first().is_none_or(|b| b & 0xf0 == 0x50) && SKIPPABLE.starts_with(head.get(1..).unwrap_or_default());
    !head.starts_with(GZIP) && (GZIP.starts_with(head) || ZSTD.starts_with(head) || skippable)
}

fn is_skippable(head: &[u8]) -> bool {
    head[0] & 0xf0 == 0x50 && head[1..] == *SKIPPABLE
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Gzip(input) => input.read(buffer).map_err(|e| damaged("gzip", &e)),
            Self::Zstd(input) => input.read(buffer),
        }
    }
}

/// What a person is told of a stream that cannot be unpacked. The reasons of the operating system
/// stay as they are.
fn damaged(format: &str, reason: &io::Error) -> io::Error {
    let kind = reason.kind();
    let message = match kind {
        ErrorKind::UnexpectedEof => format!("its {format} data are cut short"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::Other => format!("its {format} data are damaged: {reason}"),
        _ => reason.to_string(),
    };
    io::Error::new(kind, message)
}

/// The frames of a Zstandard stream, one after the other.
pub struct Frames<R> {
    input: R,
    decoder: FrameDecoder,
    /// Whether a frame is being read.
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { input, decoder, inside: false }
    }

    /// Opens the next frame that holds something; says whether there is one.
    fn open(&mut self) -> io::Result<bool> {
        loop {
            if self.input.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.input) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut (&mut self.input).take(length.into()), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(damaged("zstd", &ErrorKind::UnexpectedEof.into()));
                    }
                }
                Err(e) => return Err(self.refused(e)),
            }
        }
    }

    /// Why the decoder refuses: mostly because there is no more to read.
    fn refused(&mut self, reason: FrameDecoderError) -> io::Error {
        if self.input.fill_buf().is_ok_and(<[u8]>::is_empty) {
            return damaged("zstd", &ErrorKind::UnexpectedEof.into());
        }
        damaged("zstd", &io::Error::new(ErrorKind::InvalidData, reason.to_string()))
    }

    fn close(&mut self) -> io::Result<()> {
        self.inside = false;
        let (told, found) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        if told.is_some() && told != found {
            return Err(damaged("zstd", &io::Error::new(ErrorKind::InvalidData, "its checksum is another")));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside {
                self.inside = self.open()?;
                if !self.inside {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                if let Err(e) = self.decoder.decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1)) {
                    return Err(self.refused(e));
                }
            }
            match self.decoder.read(buffer)? {
                0 if self.decoder.is_finished() && !buffer.is_empty() => self.close()?,
                n => return Ok(n),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).expect("written");
        encoder.finish().expect("finished")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unpacked::new(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    /// Gives one byte at a time.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(buffer.len()).min(1);
            self.0.read(&mut buffer[..n])
        }
    }

    #[test]
    fn packed_or_not_the_same_bytes() {
        let text = "Così è la vita. ".repeat(20_000).into_bytes();
        let skippable = [&b"\x5a\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd(&text)].concat();
        for packed in [text.clone(), gzip(&text), zstd(&text), skippable] {
            assert!(unpacked(&packed).expect("unpacked") == text);
            let mut out = Vec::new();
            Unpacked::new(Slow(&packed)).and_then(|mut u| u.read_to_end(&mut out)).expect("unpacked");
            assert!(out == text, "a byte at a time");
        }
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        assert_eq!(unpacked(&[gzip(b"Roma "), gzip(b""), gzip(b"Milano")].concat()).expect("gzip"), b"Roma Milano");
        assert_eq!(unpacked(&[zstd(b"Roma "), zstd(b""), zstd(b"Milano")].concat()).expect("zstd"), b"Roma Milano");
    }

    #[test]
    fn short_texts_are_no_packed_ones() {
        for text in [&b""[..], b"(", b"\x1f", b"(\xb5", b"P", b"P*", b"\x28\xb5\x2f", b"{\"text\""] {
            assert_eq!(unpacked(text).expect("as it is"), text);
        }
    }

    #[test]
    fn what_is_cut_or_damaged_says_so() {
        let text = "La polizia ha arrestato tre uomini a Collemarino. ".repeat(2000).into_bytes();
        for (packed, format) in [(gzip(&text), "gzip"), (zstd(&text), "zstd")] {
            for kept in [5, 12, packed.len() / 2, packed.len() - 1] {
                let error = unpacked(&packed[..kept]).expect_err("cut").to_string();
                assert_eq!(error, format!("its {format} data are cut short"), "{kept} of {}", packed.len());
            }
            let mut wrong = packed.clone();
            wrong[packed.len() / 2] ^= 0x55;
            let error = unpacked(&wrong).expect_err("damaged").to_string();
            assert!(error.starts_with(&format!("its {format} data are damaged: ")), "{error}");
        }
    }
}
