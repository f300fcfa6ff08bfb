#ifndef CK_DENSE_CRF_H
#define CK_DENSE_CRF_H

// Inference in a conditional random field (CRF) that connects all pairs of an image's pixels
// (Krähenbühl & Koltun, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials",
// NIPS 2011).

enum { CK_DENSE_CRF_MAX_CHANNELS = 16 };

// Two kernels say how much a pixel i asks of another one j to be of the same class:
//
//   bilateral_weight · exp(-|p_i - p_j|² / 2 bilateral_deviation² - |I_i - I_j|² / 2 colour_deviation²)
//   gaussian_weight  · exp(-|p_i - p_j|² / 2 gaussian_deviation²)
//
// with positions p in pixels and the values I of the image's channels. A kernel of weight 0 is left
// out. Weights are at least 0, deviations at least 0.01.
typedef struct {
  float bilateral_weight, bilateral_deviation, colour_deviation;
  float gaussian_weight, gaussian_deviation;
  int iterations;
} ck_dense_crf_parameters;

// The mean-field approximation after `iterations` parallel updates of all pixels:
//
//   Q_i(k) ∝ exp(ln max(P_i(k), 1e-5) + Σ_m w_m Σ_j k̃_m(i, j) Q_j(k)),
//
// beginning without the sum over m. This is Potts compatibility: what agreement gains and what
// disagreement costs differ by a constant of the pixel. Kernels are normalized symmetrically,
//
//   k̃(i, j) = k(i, j) / √(n_i n_j),  n_i = Σ_j k(i, j),
//
// as in the authors' later code ("Parameter Learning and Convergent Inference for Dense Random
// Fields", ICML 2013); that of 2011 divides by n_i alone. The sums hold j = i, as in that code; they
// are approximated on a permutohedral lattice (Adams, Baek & Davis, Eurographics 2010). The bound
// 1e-5 lets no class be impossible.
//
// probabilities [K, H, W]: P, which become Q; those of a pixel then sum to 1. A NaN spreads to the
// pixels that see it. K is at most CK_MAX_CLASSES, H and W at most 65535.
// image [H, W, channels]: values in 0...255; others count as the nearest of these, NaN as 0.
// Threads do not change a bit of the result.
//
// Returns 0; -1 where memory does not suffice, the probabilities being what they were.
int ck_dense_crf(float *probabilities, int classes, int h, int w, const float *image, int channels,
                 ck_dense_crf_parameters parameters, int threads);

#endif
