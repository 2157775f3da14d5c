//! Weights that make the labels likely: penalised maximum likelihood of a softmax over the classes' sums.

use dispaccio::resolve::names::form::SENSES;

use crate::articles::Data;

const STEPS: usize = 400;
const RATE: f64 = 0.05;

/// Fits by Adam (Kingma and Ba 2015) over all rows at once; the penalty is the squared distance from the present
/// weights, so that a rule seen seldom stays where it is.
pub fn fit(data: &Data, pull: f64) -> Vec<f64> {
    let start: Vec<f64> = data.features.iter().map(|f| f.weight).collect();
    let mut weights = start.clone();
    let (mut mean, mut square) = (vec![0.0; weights.len()], vec![0.0; weights.len()]);
    for step in 1..=STEPS {
        let gradient = gradient(data, &weights, &start, pull);
        let (fade_mean, fade_square) = (1.0 - 0.9_f64.powi(step as i32), 1.0 - 0.999_f64.powi(step as i32));
        for (id, slope) in gradient.into_iter().enumerate().filter(|(id, _)| !data.features[*id].fixed) {
            mean[id] = 0.9 * mean[id] + 0.1 * slope;
            square[id] = 0.999 * square[id] + 0.001 * slope * slope;
            weights[id] -= RATE * (mean[id] / fade_mean) / ((square[id] / fade_square).sqrt() + 1e-8);
        }
    }
    weights
}

fn gradient(data: &Data, weights: &[f64], start: &[f64], pull: f64) -> Vec<f64> {
    let mut gradient: Vec<f64> = weights.iter().zip(start).map(|(w, s)| 2.0 * pull * (w - s)).collect();
    for row in &data.rows {
        let scores = row.scores(&data.features, weights);
        let most = scores.iter().copied().fold(f64::MIN, f64::max);
        let parts = scores.map(|s| (s - most).exp());
        let sum: f64 = parts.iter().sum();
        let answer: f64 = SENSES.iter().filter(|s| row.answer.agrees(**s)).map(|s| parts[*s as usize]).sum();
        for (id, share) in &row.features {
            let sense = data.features[*id].sense;
            let wanted = if row.answer.agrees(sense) { parts[sense as usize] / answer } else { 0.0 };
            gradient[*id] += row.weight * share * (parts[sense as usize] / sum - wanted);
        }
    }
    gradient
}
