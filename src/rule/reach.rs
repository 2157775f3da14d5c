//! Finds, for all places of a block at once, where what remains of a pattern can match.
//!
//! For each node of a layer's graph the set of places is computed from which the pattern can go on to its end: from
//! the end of the pattern to its beginning, so that each node asks only the nodes after it. Repeats are bounded, so the
//! graph has no cycle and each node is computed once, for every rule that shares it. The set of a rule's first node
//! is then exactly the places where the rule matches: rules that match nowhere are never walked
//! ([`super::matcher`]), and a walk never takes a way that leads nowhere.

use super::block::{Block, EMPTY, ENDS, Map, MapId, STARTS, WIDTH, has};
use super::program::{Entry, Layer, Node, Spans, Vocabulary};

/// The sets of one block and layer, in memory that is used again for the next.
#[derive(Debug, Default)]
pub struct Reach {
    /// The maps; the first is the empty one, the second that of all places.
    maps: Vec<Map>,
    /// For each node the turn in which its map was computed, and the map.
    known: Vec<(u32, MapId)>,
    /// Counts the blocks and layers, to tell which maps are of this one.
    turn: u32,
}

/// Every place, the end of the block too.
const EVERYWHERE: MapId = 1;

/// One layer on one block.
pub struct Ground<'b> {
    /// The layer.
    pub layer: &'static Layer,
    /// The block.
    pub block: &'b mut Block,
    /// What the language's rules ask.
    pub vocabulary: &'static Vocabulary,
}

impl Reach {
    /// Begins a layer on a block.
    pub fn begin(&mut self, nodes: usize) {
        if self.turn == u32::MAX {
            *self = Self::default();
        }
        self.turn += 1;
        self.maps.clear();
        self.maps.extend([[0; WIDTH], [u64::MAX; WIDTH]]);
        if self.known.len() < nodes {
            self.known.resize(nodes, (0, EMPTY));
        }
    }

    /// The places where a rule matches, as a map for [`Self::map`].
    pub fn find(&mut self, entry: &Entry, ground: &mut Ground<'_>) -> MapId {
        if ground.block.sentences_with(entry.needs, ground.vocabulary) == 0 {
            return EMPTY;
        }
        for node in entry.nodes {
            if self.known[*node as usize].0 != self.turn {
                let map = self.node(ground.layer.nodes[*node as usize], ground);
                self.known[*node as usize] = (self.turn, map);
            }
        }
        self.of(entry.node)
    }

    /// A map.
    pub fn map(&self, map: MapId) -> &Map {
        &self.maps[map as usize]
    }

    /// Whether the pattern can go on from a node at a place.
    pub fn can(&self, node: u16, place: u32) -> bool {
        has(self.map(self.of(node)), place)
    }

    /// The map of a node that was computed in this turn.
    fn of(&self, node: u16) -> MapId {
        self.known[node as usize].1
    }

    /// Keeps a map, unless it is empty.
    fn keep(&mut self, map: Map) -> MapId {
        if map.iter().fold(0, |all, word| all | word) == 0 {
            return EMPTY;
        }
        self.maps.push(map);
        self.maps.len() as MapId - 1
    }

    /// Computes a node's map; those of the nodes after it are there.
    fn node(&mut self, node: Node, ground: &mut Ground<'_>) -> MapId {
        match node {
            Node::Accept => EVERYWHERE,
            Node::Save(_, next) => self.of(next),
            Node::Split(one, other) => match (self.of(one), self.of(other)) {
                (one, EMPTY) => one,
                (EMPTY, other) => other,
                (one, other) if one == other => one,
                (one, other) => {
                    let map = merged(self.map(one), self.map(other), |one, other| one | other);
                    self.keep(map)
                }
            },
            Node::Token { places, next } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.step(places, next, ground),
            },
            Node::Span { spans, next, .. } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.spans(&[spans], ground.vocabulary.spans[spans as usize].ones, next, ground),
            },
            Node::Either { spans, ones, next } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.spans(spans, ones, next, ground),
            },
            Node::Behind { negative, places, spans, next } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.behind(negative, places, spans, next, ground),
            },
            Node::Ahead { negative, look, next } => match (self.of(look), self.of(next)) {
                (_, EMPTY) => EMPTY,
                (EMPTY, next) => {
                    if negative {
                        next
                    } else {
                        EMPTY
                    }
                }
                (look, next) => {
                    let flip = if negative { u64::MAX } else { 0 };
                    let map = merged(self.map(look), self.map(next), |look, next| (look ^ flip) & next);
                    self.keep(map)
                }
            },
            Node::Start(next) => self.only(ground.block.map(STARTS), next),
            Node::End(next) => self.only(ground.block.map(ENDS), next),
        }
    }

    /// The places of a node's map that are among some others.
    fn only(&mut self, these: &Map, next: u16) -> MapId {
        let map = merged(these, self.map(self.of(next)), |this, next| this & next);
        self.keep(map)
    }

    /// The places of a set after which `next` can go on.
    fn step(&mut self, places: u16, next: MapId, ground: &mut Ground<'_>) -> MapId {
        match ground.block.map_of(places, ground.vocabulary) {
            EMPTY => EMPTY,
            places => {
                let map = before(ground.block.map(places), self.map(next));
                self.keep(map)
            }
        }
    }

    /// The places where one of some annotations begins after which `next` can go on; `ones` is where one of a single
    /// token stands.
    fn spans(&mut self, spans: &[u16], ones: u16, next: MapId, ground: &mut Ground<'_>) -> MapId {
        let vocabulary = ground.vocabulary;
        let mut map = match ground.block.map_of(ones, vocabulary) {
            EMPTY => [0; WIDTH],
            ones => before(ground.block.map(ones), self.map(next)),
        };
        for spans in spans.iter().map(|s| &vocabulary.spans[*s as usize]) {
            for number in 0..ground.block.longer(spans.sort).len() {
                let (from, to) = ground.block.longer(spans.sort)[number];
                if has(self.map(next), to) && !has(&map, from) && passes(spans, from, to, ground) {
                    map[from as usize / 64] |= 1 << (from % 64);
                }
            }
        }
        self.keep(map)
    }

    /// The places of `next` before which one of these stands, or none of them.
    fn behind(&mut self, negative: bool, places: Option<u16>, spans: &[u16], next: MapId, ground: &mut Ground<'_>) -> MapId {
        let vocabulary = ground.vocabulary;
        let mut map = [0; WIDTH];
        for places in places.into_iter().chain(spans.iter().map(|s| vocabulary.spans[*s as usize].ones)) {
            let places = ground.block.map_of(places, vocabulary);
            if places == EMPTY {
                continue;
            }
            let mut carry = 0;
            for (to, place) in map.iter_mut().zip(ground.block.map(places)) {
                *to |= place << 1 | carry;
                carry = place >> 63;
            }
        }
        for spans in spans.iter().map(|s| &vocabulary.spans[*s as usize]) {
            for number in 0..ground.block.longer(spans.sort).len() {
                let (from, to) = ground.block.longer(spans.sort)[number];
                if passes(spans, from, to, ground) {
                    map[to as usize / 64] |= 1 << (to % 64);
                }
            }
        }
        let flip = if negative { u64::MAX } else { 0 };
        let map = merged(&map, self.map(next), |before, next| (before ^ flip) & next);
        self.keep(map)
    }
}

/// Two maps made one, word by word.
fn merged(one: &Map, other: &Map, with: impl Fn(u64, u64) -> u64) -> Map {
    let mut map = [0; WIDTH];
    for (to, (one, other)) in map.iter_mut().zip(one.iter().zip(other)) {
        *to = with(*one, *other);
    }
    map
}

/// The places of a set just after which one of another set is.
fn before(places: &Map, next: &Map) -> Map {
    let mut map = [0; WIDTH];
    // The place after one is the bit above; that of the last bit of a word is in the next word.
    for word in 0..WIDTH - 1 {
        map[word] = places[word] & (next[word] >> 1 | next[word + 1] << 63);
    }
    map[WIDTH - 1] = places[WIDTH - 1] & next[WIDTH - 1] >> 1;
    map
}

/// Whether an annotation of two tokens or more is what a pattern asks for.
pub fn passes(spans: &Spans, from: u32, to: u32, ground: &mut Ground<'_>) -> bool {
    let Ground { block, vocabulary, .. } = ground;
    spans.first.iter().all(|(places, negative)| block.has(*places, from, vocabulary) != *negative)
        && spans.same.iter().all(|(sort, negative)| block.longer(*sort).contains(&(from, to)) != *negative)
        && spans.last.iter().all(|(places, negative)| block.has(*places, to - 1, vocabulary) != *negative)
}
