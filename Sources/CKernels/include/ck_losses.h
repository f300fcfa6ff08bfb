#ifndef CK_LOSSES_H
#define CK_LOSSES_H

#include <stdint.h>

#include "ck_label.h"
#include "ck_layout.h"

// Losses of logits [N, K, H, W] in any layout against labels [N, H, W], at most CK_MAX_CLASSES
// classes. What is summed over pixels is summed in double within blocks of pixels of one image,
// and the blocks are added in their order: the bits depend neither on the layout nor on threads.

enum { CK_PIXEL_BLOCK = 4096 };

static inline int ck_image_pixel_blocks(ck_layout l) {
  return (int)((ck_area(l) + CK_PIXEL_BLOCK - 1) / CK_PIXEL_BLOCK);
}
static inline int ck_pixel_blocks(ck_layout l) { return l.n * ck_image_pixel_blocks(l); }

// counts [K + 1]: how often each class occurs, and behind them how many labels are ignored. Returns
// the first label that is neither, or -1.
int ck_label_counts(const ck_label *labels, long count, int classes, uint64_t *counts);

// sums [K]: Σ values at the pixels of each class.
void ck_label_sums(const ck_label *labels, const float *values, long count, int classes,
                   double *sums);

// Returns 1 where a pixel has the label, else 0.
int ck_has_label(const ck_label *labels, long count, int label);

// Whether any pixel is valid: 1 or 0.
int ck_has_valid(const ck_label *labels, long count);

// How many pixels are valid.
long ck_valid_count(const ck_label *labels, long count);

// Σ values over valid pixels.
double ck_valid_sum(const ck_label *labels, const float *values, long count);

// values[i] = table[labels[i]] [K], 0 where ignored.
void ck_label_values(const ck_label *labels, const float *table, int classes, long count,
                     float *values);

// Returns the sum over valid pixels of w · (−ln p[y]). Where gradient is not NULL,
// gradient_scale · w · (p − onehot(y)) is added to it. w is weights[y] of the pixel's image, times
// its pixel weight.
// weights: [K] for each image, weight_stride floats apart (0: the same for all); pixel_weights:
// [N, H, W], or NULL for ones; partials: [ck_pixel_blocks], overwritten.
double ck_cross_entropy(ck_layout l, const float *logits, const ck_label *labels,
                        const float *weights, long weight_stride, const float *pixel_weights,
                        float gradient_scale, float *gradient, double *partials, int threads);

// values [N, H, W] = −ln p[y] of each pixel, 0 where it is ignored.
void ck_negative_log_likelihood(ck_layout l, const float *logits, const ck_label *labels,
                                float *values, int threads);

// Returns the sum over valid pixels and classes of the binary cross-entropy of sigmoid(z[c])
// against c == y, times positive_weight where that is so; its gradient times gradient_scale is
// added. With `has_planes` labels are [N, K, H, W], and what it is against is whether that of plane
// c is 1; a pixel may be ignored in some planes and valid in others.
double ck_binary_cross_entropy(ck_layout l, const float *logits, const ck_label *labels,
                               int has_planes, float positive_weight, float gradient_scale,
                               float *gradient, double *partials, int threads);

// Region losses (Dice and its kin) are functions of two sums for each image and class:
// sums[n][0][c] = Σ p of class c over pixels labelled c, sums[n][1][c] = Σ p of class c, or Σ p²
// where `squared`, over valid pixels. sums: [N, 2, K]; partials: [ck_pixel_blocks, 2, K].
void ck_region_sums(ck_layout l, const float *logits, const ck_label *labels, int squared,
                    double *sums, double *partials, int threads);

// Adds to gradient, through the softmax, scale · ∂L/∂p, which at a pixel labelled y is
// ∂L/∂p[c] = everywhere[c] + slope[c] · p[c] + (c == y ? hit[c] : 0).
// The three lie as [3, K] for each image, image_stride floats apart (0: the same for all).
void ck_region_gradient(ck_layout l, const float *logits, const ck_label *labels,
                        const float *coefficients, long image_stride, float scale, float *gradient,
                        int threads);

// Losses with a factor for every pixel and class. `map` is [N, K, H, W]; what it holds at ignored
// pixels does not matter. Each returns the sum over valid pixels and classes, and adds its gradient
// through the softmax, times gradient_scale, where gradient is not NULL.
// partials: [ck_pixel_blocks].

// Σ map · p.
double ck_map_linear(ck_layout l, const float *logits, const ck_label *labels, const float *map,
                     float gradient_scale, float *gradient, double *partials, int threads);
// Σ map · (p − onehot(y))².
double ck_map_squared(ck_layout l, const float *logits, const ck_label *labels, const float *map,
                      float gradient_scale, float *gradient, double *partials, int threads);
// Σ factor · (p − onehot(y))² with factor hit[c] at the pixels labelled c and miss[c] elsewhere;
// the two lie as [2, K] for each image.
double ck_class_squared(ck_layout l, const float *logits, const ck_label *labels,
                        const float *factors, float gradient_scale, float *gradient,
                        double *partials, int threads);

// errors [N, K, H, W] = |p − onehot(y)| to the power of 1 or, where `squared`, 2; 0 where ignored.
void ck_softmax_errors(ck_layout l, const float *logits, const ck_label *labels, int squared,
                       float *errors, int threads);

// predictions [N, H, W] = the class whose probability is above one half, ignored where none is or the
// pixel is ignored.
void ck_confident_labels(ck_layout l, const float *logits, const ck_label *labels,
                         ck_label *predictions, int threads);

// errors [N, K, H, W] = max(0, 1 − z) at the pixels labelled c, max(0, 1 + z) at others; 0 where
// ignored. Returns 0, or NaN where a logit of a valid pixel is not finite. partials as above.
double ck_hinge_errors(ck_layout l, const float *logits, const ck_label *labels, float *errors,
                       double *partials, int threads);

// gradient += scale · map at valid pixels.
void ck_map_add(ck_layout l, const ck_label *labels, const float *map, float scale,
                float *gradient, int threads);

// The Lovász extension of the Jaccard loss for each class over `images` images.
// errors: [images, K, area], ≥ 0, become the extension's slopes by the score (probability, or logit
// of a hinge) times `share`; values: [K], the loss of each class; used: [K], classes with 0 have
// value and slopes 0. truth: [K] pixels labelled c. At most 2³² errors.
// scratch: [threads, 2, images · area].
void ck_lovasz(int images, int classes, long area, const ck_label *labels, const uint64_t *truth,
               const uint8_t *used, float share, float *errors, double *values, uint64_t *scratch,
               int threads);

// Keeps the values above `threshold` and, where they are fewer than `least`, the `least` greatest;
// of equals the first; NaN counts as greatest. Pixels that are ignored are not kept.
// weights [count] = 1 where kept, else 0. Returns the sum of those kept; *kept is their number.
double ck_keep_greatest(const float *values, const ck_label *labels, long count, long least,
                        float threshold, float *weights, long *kept);

// Repeated soft erosions of each plane: b_k = 2 · max(0, mean of b_{k−1} over a cross of five − ½),
// zero outside. values[plane] = Σ_k strength[k] Σ b_k for k = 1 … levels; the plane b_0 becomes its
// gradient. planes: [count, H, W]; those with used[plane % classes] == 0 get value and gradient 0.
// strength: [levels + 1]; scratch: [threads, levels + 2, (H + 2) · (W + 2)].
void ck_soft_erosion(int count, int classes, const uint8_t *used, int h, int w, int levels,
                     const float *strength, float *planes, double *values, float *scratch,
                     int threads);

// standardized = logits of each image less their mean, divided by their deviation + 1e-9, over its
// classes and valid pixels; 0 where ignored, and in an image of equal logits. In the layout of the
// logits, padding lanes left alone. moments: [N, 4], kept for the gradient; partials:
// [ck_pixel_blocks, 2].
void ck_standardize(ck_layout l, const float *logits, const ck_label *labels, float *standardized,
                    double *moments, double *partials, int threads);

// gradient += slopes by the standardized logits, passed on to the logits.
void ck_standardize_gradient(ck_layout l, const ck_label *labels, float *standardized,
                             const float *slopes, double *moments, float *gradient,
                             double *partials, int threads);

// Where classes meet. edges [N, H, W] = 0 at the pixels that have a pixel of another label whose
// distance, squared, is at most `reach`; 1 at others; ignored where the label is. Ignored pixels are of no
// label, and nothing lies outside of the image.
void ck_edge_labels(const ck_label *labels, int n, int h, int w, int reach, ck_label *edges,
                    int threads);

// attended [N, H, W] = the labels at the pixels whose logit is above `threshold`, ignored elsewhere.
// logits: [N, 1, H, W]. Returns 0, or NaN where a logit of a valid pixel is not finite.
// partials: [ck_pixel_blocks].
double ck_attended_labels(ck_layout l, const float *logits, const ck_label *labels, float threshold,
                          ck_label *attended, double *partials, int threads);

// p [N, K, H, W] = softmax(sharpness · logits); 0 where ignored.
void ck_softmax(ck_layout l, const float *logits, const ck_label *labels, float sharpness, float *p,
                int threads);

// gradient += scale · slopes by that p, passed on to the logits. slopes: [N, K, H, W].
void ck_softmax_gradient(ck_layout l, const float *logits, const ck_label *labels, float sharpness,
                         const float *slopes, float scale, float *gradient, int threads);

// The energy of a conditional random field over the pixels within a window. Pairs of pixels i and j ≠ i, at
// most `radius` apart along each axis and both in the image, add
//     w(i, j) · (1 − Σ_k p_i(k) p_j(k)),
//     w(i, j) = exp(−distance_factor · |(y, x)_i − (y, x)_j|² − colour_factor · |I_i − I_j|²).
typedef struct {
  int32_t radius;
  float distance_factor, colour_factor;
} ck_gated_crf_kernel;

typedef struct {
  int32_t images, classes, channels, height, width;
} ck_gated_crf_shape;

// Returns the sum over all pairs that begin at an open pixel i: at those that `gate` [N, H, W] ignores, or at
// all where it is NULL. slopes [N, K, H, W] become its slopes by p, unless it is NULL.
// images: [N, C, H, W]; p: [N, K, H, W]; partials: [N · H].
double ck_gated_crf(ck_gated_crf_shape shape, ck_gated_crf_kernel kernel, const float *images,
                    const float *p, const ck_label *gate, float *slopes, double *partials,
                    int threads);

// The gradient magnitude of each plane of p [N, K, H, W] and of the one-hot labels,
// ζ = √(dx² + dy² + 1e-6), with dx and dy half the difference between the neighbours to both sides,
// the whole difference to one where the other is ignored or outside of the image, 0 without any.
// Over valid pixels and classes, where the gradient magnitude of p is at least `threshold` and where that of
// the labels is:
typedef struct {
  double p_error, label_error;  // Σ |ζ(p) − ζ(labels)|
  double p_count, label_count;  // how many there are
} ck_gradient_magnitude_sums;

// Floats of scratch that each thread needs.
long ck_gradient_magnitude_scratch(int w);

// partials: [N · K].
ck_gradient_magnitude_sums ck_gradient_magnitude(ck_layout l, const ck_label *labels, const float *p, float threshold,
                               ck_gradient_magnitude_sums *partials, float *scratch, int threads);

// The slopes by p of p_factor · p_error + label_factor · label_error, which pixels count being
// constant, take the place of p.
void ck_gradient_magnitude_slopes(ck_layout l, const ck_label *labels, float *p, float threshold,
                         float p_factor, float label_factor, float *scratch, int threads);

// Soft skeletons (Shit et al., CVPR 2021) of planes p in 0…1: with e_0 = p, e_j the least of e_{j−1} in a
// cross of five and o_j the greatest of e_{j+1} in a square of nine, 1 − Π_j (1 − max(0, e_j − o_j)), j = 0 …
// levels. What lies beyond the image, and ignored pixels, take no part. Planes are [N, K, H, W]; those with
// used[k] == 0 are left out.
// Floats of scratch that each thread needs.
long ck_soft_skeleton_scratch(int h, int w, int levels);

// sums [N, K, 4]: Σ s·g and Σ s of the soft skeleton s of p, Σ t·p and Σ t of that t of the one-hot labels g.
// NaN where p is not a number at some pixel.
void ck_soft_skeleton_sums(int n, int classes, const uint8_t *used, int h, int w, int levels,
                           const float *p, const ck_label *labels, double *sums, float *scratch,
                           int threads);

// p becomes the slopes by p of the sum over pixels of hit · s·g + all · s + truth · t·p, these three of
// each plane in coefficients [N, K, 3]; 0 where not used. Of equals the first in the order of the pixels is the
// least or the greatest, and equals of the cross's two arms share.
void ck_soft_skeleton_slopes(int n, int classes, const uint8_t *used, int h, int w, int levels,
                             const float *coefficients, float *p, const ck_label *labels,
                             float *scratch, int threads);

// Persistence of planes p [N, K, H, W] in windows of at most `window` rows and columns that lie side by side from
// the upper left corner, ignored pixels being 0 and of no class. A component lives from its peak b to
// d, where it meets an older one, or to 0; a hole from b, where it is closed off, to its bottom d. As many of
// each as the class has in the truth, those of the greatest b − d, cost (1 − b)² + d², missing ones ½, and the
// others (b − d)²/2. What touches whom: ck_topology.h.
// values [N, rows of windows, columns]: the sum over used classes; −1 without a valid pixel; NaN where p is not
// a number. p becomes the slopes of these by p.
// Bytes of scratch that each thread needs.
long ck_persistence_loss_scratch(int classes, int h, int w, int window);
static inline int ck_windows_along(int extent, int window) { return (extent + window - 1) / window; }
void ck_persistence_loss(int n, int classes, const uint8_t *used, int h, int w, int window, float *p,
                         const ck_label *labels, double *values, void *scratch, int threads);

#endif
