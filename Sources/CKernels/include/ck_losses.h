#ifndef CK_LOSSES_H
#define CK_LOSSES_H

#include <stdint.h>

#include "ck_layout.h"

// Losses of logits [N, K, H, W] in any layout against labels [N, H, W] (255: ignored), at most 255
// classes. What is summed over pixels is summed in double within blocks of pixels of one image,
// and the blocks are added in their order: the bits depend neither on the layout nor on threads.

enum { CK_PIXEL_BLOCK = 4096 };

static inline int ck_image_pixel_blocks(ck_layout l) {
  return (int)((ck_area(l) + CK_PIXEL_BLOCK - 1) / CK_PIXEL_BLOCK);
}
static inline int ck_pixel_blocks(ck_layout l) { return l.n * ck_image_pixel_blocks(l); }

// counts[y] = how often label y occurs.
void ck_label_counts(const uint8_t *labels, long count, uint64_t counts[256]);

// Returns the sum over valid pixels of w[y] · (−ln p[y]). Where gradient is not NULL,
// gradient_scale · w[y] · (p − onehot(y)) is added to it.
// weights: [K]; partials: [ck_pixel_blocks], overwritten.
double ck_cross_entropy(ck_layout l, const float *logits, const uint8_t *labels,
                        const float *weights, float gradient_scale, float *gradient,
                        double *partials, int threads);

// Region losses (Dice and its kin) are functions of two sums for each image and class:
// sums[n][0][c] = Σ p of class c over pixels labelled c, sums[n][1][c] = Σ p of class c, or Σ p²
// where `squared`, over valid pixels. sums: [N, 2, K]; partials: [ck_pixel_blocks, 2, K].
void ck_region_sums(ck_layout l, const float *logits, const uint8_t *labels, int squared,
                    double *sums, double *partials, int threads);

// Adds to gradient, through the softmax, scale · ∂L/∂p, which at a pixel labelled y is
// ∂L/∂p[c] = everywhere[c] + slope[c] · p[c] + (c == y ? hit[c] : 0).
// The three lie as [3, K] for each image, image_stride floats apart (0: the same for all).
void ck_region_gradient(ck_layout l, const float *logits, const uint8_t *labels,
                        const float *coefficients, long image_stride, float scale, float *gradient,
                        int threads);

#endif
