//! Batches: many threads, files of their own, compressed inputs, and whatever ends a run early.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{ARTICLE, Ran, dispaccio, dispaccio_in, write};
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).expect("written");
    encoder.finish().expect("finished")
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}

/// Articles of very different lengths, some of which are no records.
fn articles(count: usize) -> String {
    let sentences = [ARTICLE, "Il 3 marzo 2024 la polizia di Collemarino ha arrestato 12 persone.", "Over 40 officers searched the port."];
    let line = |n: usize| match n % 23 {
        7 => "{\"text\":".to_owned(),
        11 => json!({"id": n, "text": 5}).to_string(),
        13 => String::new(),
        rest => json!({"id": n, "text": sentences[n % 3].repeat(1 + rest * rest)}).to_string(),
    };
    (0..count).map(|n| line(n) + "\n").collect()
}

/// The paths below a folder, hidden ones included.
fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).expect("a folder").map(|e| e.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn spawn(args: &[&str], folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dispaccio"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

#[test]
fn the_same_for_any_number_of_jobs() {
    let input = articles(300);
    let one = dispaccio(&["--input", "jsonl", "--jobs", "1"], input.as_str());
    assert_eq!(one.out.lines().count(), input.lines().filter(|l| !l.is_empty()).count());
    for jobs in ["2", "7"] {
        let many = dispaccio(&["--input", "jsonl", "--jobs", jobs], input.as_str());
        assert_eq!((many.status, many.told()), (1, one.told()), "{jobs}: messages are in order too");
        assert!(many.out == one.out, "{jobs} jobs give another output");
    }
}

#[test]
fn files_are_in_order_for_any_number_of_jobs() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..40 {
        write(&folder.path().join(format!("in/{n:02}.txt")), ARTICLE.repeat(1 + (n * 7) % 30));
    }
    write(&folder.path().join("in/20.txt"), "");
    let one = dispaccio_in(folder.path(), &["-j1", "in", "missing.txt", "in"]);
    let many = dispaccio_in(folder.path(), &["-j5", "in", "missing.txt", "in"]);
    assert_eq!(one.out.lines().count(), 81);
    assert!(many.out == one.out && many.told() == one.told());
    assert_eq!(one.told().lines().count(), 3, "{}", one.told());
}

#[test]
fn wrong_numbers_of_jobs() {
    for args in [&["--jobs", "0"][..], &["--jobs", "many"], &["--skip-existing"], &["--progress", "sometimes"]] {
        assert_eq!(dispaccio(args, ARTICLE).status, 2, "{args:?}");
    }
}

#[test]
fn a_tree_of_records() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["in/b.txt", "in/a/c.txt", "in/a/d.TXT", "in/e.txt.gz", "in/notes.md"] {
        write(&folder.path().join(name), if name.ends_with("gz") { gzip(ARTICLE) } else { ARTICLE.into() });
    }
    write(&folder.path().join("in/empty.txt"), "");
    let ran = dispaccio_in(folder.path(), &["--output", "out", "in"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    let out = folder.path().join("out");
    assert_eq!(below(&out), ["a/c.json", "a/d.json", "b.json", "e.json", "empty.json"]);
    let record = |name: &str| serde_json::from_str::<Value>(&fs::read_to_string(out.join(name)).expect("a file")).expect("JSON");
    assert_eq!(record("a/c.json")["id"], "in/a/c.txt");
    assert_eq!(record("e.json")["people"][0]["name"], "Matteo Renzi");
    assert_eq!(record("empty.json")["error"]["kind"], "empty", "a failure has its file too");
    let alone = dispaccio_in(folder.path(), &["in/a/c.txt"]);
    assert_eq!(fs::read_to_string(out.join("a/c.json")).expect("a file"), alone.out);
}

#[test]
fn places_of_records() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["x/a.txt", "y/a.txt", "y/z/x/a.txt", "top.txt", "notes.md"] {
        write(&folder.path().join(name), ARTICLE);
    }
    let places = |args: &[&str], expected: &[&str]| {
        let ran = dispaccio_in(folder.path(), &[&["--output", "out"], args].concat());
        assert_eq!((ran.status, ran.told().as_str()), (0, ""), "{args:?}");
        assert_eq!(below(&folder.path().join("out")), expected, "{args:?}");
        fs::remove_dir_all(folder.path().join("out")).expect("removed");
    };
    places(&["x"], &["a.json"]);
    places(&["x/a.txt"], &["a.json"]);
    places(&["x", "y/"], &["x/a.json", "y/a.json", "y/z/x/a.json"]);
    places(&["x", "top.txt", "notes.md"], &["notes.md.json", "top.json", "x/a.json"]);
}

#[test]
fn records_that_would_share_a_place() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["x/a.txt", "y/x/b.txt", "z/a.txt"] {
        write(&folder.path().join(name), ARTICLE);
    }
    write(&folder.path().join("x/a.txt.gz"), gzip(ARTICLE));
    let ran = dispaccio_in(folder.path(), &["--output", "out", "x"]);
    let message = "dispaccio: x/a.txt.gz: its record would be out/a.json, as another input's is\n";
    assert_eq!((ran.status, ran.told().as_str()), (1, message));
    let ran = dispaccio_in(folder.path(), &["--output", "out2", "x/a.txt", "z/a.txt"]);
    assert!(ran.status == 1 && ran.err.contains("z/a.txt: its record would be out2/a.json"), "{}", ran.err);
    let ran = dispaccio_in(folder.path(), &["--output", "out3", "x", "y/x"]);
    assert!(ran.status == 2 && ran.err.contains("two folders are called x"), "{}", ran.err);
}

#[test]
fn a_tree_of_json_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = articles(30);
    write(&folder.path().join("in/2023/a.jsonl"), &lines);
    write(&folder.path().join("in/2024/b.jsonl.zst"), zstd(&lines));
    write(&folder.path().join("in/cut.jsonl.gz"), &gzip(&lines)[..60]);
    for output in ["out", "in/out"] {
        let ran = dispaccio_in(folder.path(), &["--input", "jsonl", "--output", output, "in"]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
        let out = folder.path().join(output);
        assert_eq!(below(&out), ["2023/a.jsonl", "2024/b.jsonl", "cut.jsonl"]);
        let expected = dispaccio(&["--input", "jsonl"], lines.as_str()).out;
        for name in ["2023/a.jsonl", "2024/b.jsonl"] {
            assert!(fs::read_to_string(out.join(name)).expect("a file") == expected, "{output}/{name}");
        }
        let cut = fs::read_to_string(out.join("cut.jsonl")).expect("a file");
        assert!(cut.lines().last().expect("a line").contains("its gzip data are cut short"), "{cut}");
    }
    let over = dispaccio_in(folder.path(), &["--input", "jsonl", "--output", "in", "in"]);
    assert!(over.status == 2 && over.err.contains("read and written at once"), "{}", over.err);
    let over = dispaccio_in(folder.path(), &["--input", "jsonl", "--output", "in/2023", "in/2023/a.jsonl"]);
    assert!(over.status == 1 && over.err.contains("a.jsonl: its record would be written over it"), "{}", over.err);
    assert_eq!(fs::read_to_string(folder.path().join("in/2023/a.jsonl")).expect("a file"), lines);
}

#[test]
fn what_is_there_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..6 {
        write(&folder.path().join(format!("in/{n}.txt")), ARTICLE);
    }
    write(&folder.path().join("out/2.json"), "mine");
    let ran = dispaccio_in(folder.path(), &["--output", "out", "--skip-existing", "in"]);
    assert!(ran.err.contains("5 articles, 0 failed, 1 skipped, "), "{}", ran.err);
    let second = || fs::read_to_string(folder.path().join("out/2.json")).expect("a file");
    assert_eq!((second().as_str(), below(&folder.path().join("out")).len()), ("mine", 6));
    assert_eq!(dispaccio_in(folder.path(), &["--output", "out", "in"]).status, 0);
    assert!(second().starts_with("{\"schema\""), "without the option it is made anew");
}

#[test]
fn compressed_inputs_are_read_as_they_are() {
    let plain = dispaccio(&[], ARTICLE).out;
    for packed in [gzip(ARTICLE), zstd(ARTICLE), [gzip(&ARTICLE[..20]), gzip(&ARTICLE[20..])].concat()] {
        assert_eq!(dispaccio(&[], packed).out, plain);
    }
    let lines = articles(40);
    let expected = dispaccio(&["--input", "jsonl"], lines.as_str()).out;
    for packed in [gzip(&lines), zstd(&lines)] {
        assert!(dispaccio(&["--input", "jsonl"], packed).out == expected);
    }
    let folder = tempfile::tempdir().expect("a folder");
    // It is the first bytes that tell, not the name.
    for (name, bytes) in [("a.txt.gz", ARTICLE.into()), ("b.txt", zstd(ARTICLE)), ("c.txt.zst", gzip(ARTICLE)), ("d.gz", gzip(ARTICLE))] {
        write(&folder.path().join("in").join(name), bytes);
    }
    let ran = dispaccio_in(folder.path(), &["in"]);
    let ids: Vec<_> = ran.records().iter().map(|r| (r["id"].clone(), r["people"][0]["name"].clone())).collect();
    assert_eq!(ids, ["in/a.txt.gz", "in/b.txt", "in/c.txt.zst"].map(|id| (json!(id), json!("Matteo Renzi"))));
}

#[test]
fn damaged_compressed_inputs_are_unreadable() {
    let text = "La polizia ha arrestato tre uomini a Collemarino. ".repeat(500);
    for (packed, format) in [(gzip(&text), "gzip"), (zstd(&text), "zstd")] {
        let ran = dispaccio(&[], &packed[..packed.len() - 3]);
        let message = format!("cannot be read: its {format} data are cut short");
        assert_eq!(ran.record()["error"], json!({"kind": "unreadable", "message": message}));
        let large = dispaccio(&["--max-size", "20K"], packed);
        assert_eq!(large.record()["error"]["kind"], "too_large", "the limit is that of the text");
    }
    let mut lines = gzip(articles(100));
    lines.truncate(lines.len() - 4);
    let ran = dispaccio(&["--input", "jsonl"], lines);
    let last = ran.records().pop().expect("a record");
    assert_eq!((&last["id"], &last["error"]["kind"]), (&json!("stdin"), &json!("unreadable")));
    assert_eq!(last["error"]["message"], "after line 100: cannot be read: its gzip data are cut short");
}

#[test]
fn quiet_and_progress() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    assert_eq!(dispaccio_in(folder.path(), &["a.txt"]).err, "", "one input is not summed up");
    assert!(dispaccio_in(folder.path(), &["a.txt", "a.txt"]).err.contains("2 articles, 0 failed, 0.0 MB in "));
    assert_eq!(dispaccio_in(folder.path(), &["--quiet", "--progress", "always", "a.txt", "b.txt"]).err, "");
    for (progress, lines) in [("always", 2), ("auto", 1), ("never", 1)] {
        let mut child = spawn(&["--input", "jsonl", "--progress", progress], folder.path());
        let mut stdin = child.stdin.take().expect("a pipe");
        writeln!(stdin, "{}", json!({"text": ARTICLE})).expect("sent");
        std::thread::sleep(Duration::from_millis(1100));
        writeln!(stdin, "{}", json!({"text": ARTICLE})).expect("sent");
        drop(stdin);
        let err = String::from_utf8(child.wait_with_output().expect("it ends").stderr).expect("UTF-8");
        assert_eq!(err.lines().filter(|l| l.starts_with("dispaccio: 2 articles, 0 failed, ")).count(), lines, "{progress}: {err}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn signal(child: &Child, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Interrupts a run while its input is still open, once it has answered.
    fn interrupted(args: &[&str], folder: &Path, name: &str) -> Ran {
        let mut child = spawn(args, folder);
        let mut stdin = child.stdin.take().expect("a pipe");
        for n in 0..20 {
            writeln!(stdin, "{}", json!({"id": n, "text": ARTICLE})).expect("sent");
        }
        let mut out = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let wanted = if args.contains(&"--output") { 0 } else { 20 };
        for _ in 0..wanted {
            stdout.read_line(&mut out).expect("a record");
        }
        // One file is whole, and another begun.
        let begun = || folder.join("out").is_dir() && below(&folder.join("out")).len() == 2;
        for _ in (0..2000).take_while(|_| wanted == 0 && !begun()) {
            std::thread::sleep(Duration::from_millis(10));
        }
        write!(stdin, "{{\"id\":20,\"te").expect("sent");
        signal(&child, name);
        stdout.read_to_string(&mut out).expect("its end");
        let output = child.wait_with_output().expect("it ends");
        Ran { status: output.status.code().expect("a status"), out, err: String::from_utf8(output.stderr).expect("UTF-8") }
    }

    #[test]
    fn an_interrupted_batch_ends_on_a_whole_record() {
        let folder = tempfile::tempdir().expect("a folder");
        for jobs in ["1", "3"] {
            let ran = interrupted(&["--input", "jsonl", "--jobs", jobs], folder.path(), "INT");
            let message = "dispaccio: interrupted: 20 records were written whole, the last that of stdin line 20: give the inputs after it to go on\n";
            assert_eq!((ran.status, ran.err.as_str()), (130, message));
            assert_eq!(ran.records().len(), 20);
            assert!(ran.out.ends_with("}\n"));
            let ran = interrupted(&["--input", "jsonl", "--jobs", jobs], folder.path(), "TERM");
            assert_eq!((ran.status, ran.records().len()), (143, 20));
        }
    }

    #[test]
    fn nothing_half_written_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        write(&folder.path().join("in.jsonl"), format!("{}\n", json!({"text": ARTICLE})));
        let ran = interrupted(&["--input", "jsonl", "--output", "out", "in.jsonl", "-"], folder.path(), "INT");
        let message = "dispaccio: interrupted: 1 record was written whole; the same command with --skip-existing goes on from there\n";
        assert_eq!((ran.status, ran.err.as_str()), (130, message));
        assert_eq!(below(&folder.path().join("out")), ["in.jsonl"]);
    }

    #[test]
    fn inputs_that_vanish_or_cannot_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["in/a.txt", "in/locked.txt", "in/sub/c.txt"] {
            write(&folder.path().join(name), ARTICLE);
        }
        symlink(folder.path().join("in"), folder.path().join("in/sub/loop")).expect("a link");
        symlink("nowhere", folder.path().join("in/gone.txt")).expect("a link");
        fs::set_permissions(folder.path().join("in/locked.txt"), fs::Permissions::from_mode(0o0)).expect("locked");
        let locked = fs::read(folder.path().join("in/locked.txt")).is_err();
        let ran = dispaccio_in(folder.path(), &["in"]);
        let records = ran.records();
        let ids: Vec<_> = records.iter().map(|r| r["id"].as_str().expect("an id")).collect();
        assert_eq!(ids, ["in/a.txt", "in/gone.txt", "in/locked.txt", "in/sub/c.txt"]);
        assert_eq!((&records[1]["error"]["kind"], ran.status), (&json!("unreadable"), 1));
        // Whoever is root reads what is locked.
        assert_eq!(records[2]["error"]["kind"] == "unreadable", locked);
        fs::set_permissions(folder.path().join("in/locked.txt"), fs::Permissions::from_mode(0o600)).expect("unlocked");
    }

    #[test]
    fn a_closed_pipe_ends_many_jobs_quietly() {
        let folder = tempfile::tempdir().expect("a folder");
        for jobs in ["1", "3"] {
            let mut child = spawn(&["--input", "jsonl", "--jobs", jobs], folder.path());
            drop(child.stdout.take());
            let mut stdin = child.stdin.take().expect("a pipe");
            // The input stays open: it is the output that ends the run.
            let _ = (0..500).try_for_each(|_| writeln!(stdin, "{}", json!({"text": ARTICLE})));
            let output = child.wait_with_output().expect("it ends");
            drop(stdin);
            assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{jobs}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_a_batch() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("in.jsonl"), articles(60));
    for jobs in ["1", "3"] {
        let full = fs::File::options().write(true).open("/dev/full").expect("a full disk");
        let output = Command::new(env!("CARGO_BIN_EXE_dispaccio"))
            .args(["--quiet", "--input", "jsonl", "--jobs", jobs, "in.jsonl"])
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        let expected =
            "dispaccio: stopped: 0 records were written whole\ndispaccio: cannot write the output: No space left on device (os error 28)\n";
        assert_eq!((output.status.code(), err.as_ref()), (Some(1), expected), "{jobs}");
    }
}

#[test]
fn an_output_that_cannot_be_made() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("a.txt"), ARTICLE);
    write(&folder.path().join("out/a.json/x"), "in the way");
    let ran = dispaccio_in(folder.path(), &["--output", "out", "a.txt", "a.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("cannot write out/a.json"), "{}", ran.err);
    assert_eq!(below(&folder.path().join("out")), ["a.json/x"]);
    let ran = dispaccio_in(folder.path(), &["--output", "a.txt", "a.txt"]);
    assert!(ran.status == 1 && ran.err.contains("cannot make a.txt"), "{}", ran.err);
}
